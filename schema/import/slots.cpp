#include "schema/import/slots.h"

#include <map>
#include <set>
#include <tuple>

#include "schema/commands/course.h"
#include "schema/import/folding.h"
#include "schema/query.h"

namespace zimnik::journal {

using sync::Command;
using sync::Statement;

namespace {

struct SlotNow {
  Slot slot;
  std::optional<Date> until;
  std::string room;
};
using SlotKey = std::tuple<std::int64_t, int, int>;  ///< course, weekday, number

/// Those of the year that hold on `since` or begin later.
std::multimap<SlotKey, SlotNow> slots_now(Planning& planning, Date since) {
  std::multimap<SlotKey, SlotNow> slots;
  each_row(planning.database(),
           "SELECT t.course, t.weekday, t.number, t.since, t.until, t.room FROM timetable t "
           "JOIN course c ON c.id = t.course JOIN school_class k ON k.id = c.school_class "
           "WHERE k.year = ? AND (t.until IS NULL OR t.until >= ?) "
           "ORDER BY t.weekday, t.number, t.course, t.since",
           {std::int64_t{planning.options().year}, date_value(since)}, [&](const Statement& row) {
             const auto starts = date_at(row, 3);
             if (!starts) return;
             const Slot slot{row.integer(0), static_cast<int>(row.integer(1)),
                             static_cast<int>(row.integer(2)), *starts};
             slots.emplace(SlotKey{slot.course, slot.weekday, slot.number},
                           SlotNow{slot, date_at(row, 4), string_at(row, 5)});
           });
  return slots;
}

const char* weekday_pattern(int weekday) {
  static constexpr const char* kPatterns[] = {
      "понедельник, урок {1}: {2}", "вторник, урок {1}: {2}", "среда, урок {1}: {2}",
      "четверг, урок {1}: {2}",     "пятница, урок {1}: {2}", "суббота, урок {1}: {2}",
      "воскресенье, урок {1}: {2}"};
  return kPatterns[weekday - 1];
}

sync::Phrase title_of(const Planning& planning, const CourseNow& course, int weekday, int number) {
  return {weekday_pattern(weekday), {std::to_string(number), course_text(planning, course)}};
}

/// False, and a fault, where the lesson can't stand beside those before it.
bool fits(Planning& planning, const SlotWish& wish, const std::vector<SlotWish>& before) {
  for (const auto& other : before) {
    const bool meets = other.weekday == wish.weekday && other.number == wish.number &&
                       other.course.school_class == wish.course.school_class;
    if (!meets) continue;
    if (other.course.id == wish.course.id) {
      planning.fault(wish.line, {"повторяет строку {1}", {std::to_string(other.line)}});
      return false;
    }
    if (!other.course.group || !wish.course.group || other.course.group == wish.course.group) {
      planning.fault(wish.line,
                     {"в этот урок уже стоит {1}, строка {2}",
                      {course_text(planning, other.course), std::to_string(other.line)}});
      return false;
    }
  }
  return true;
}

/// A slot that goes on as it is, or in another room.
void plan_kept(Planning& planning, const SlotWish& wish, const SlotNow& now) {
  Change change{wish.line, Effect::same,
                title_of(planning, wish.course, wish.weekday, wish.number)};
  if (!wish.room.empty() && wish.room != now.room) {
    change.effect = Effect::changed;
    note_difference(change.details, "кабинет: {1} → {2}", now.room, wish.room);
    change.write = [=, room = wish.room](Command& command) {
      set_slot(command, now.slot, room, now.until);
    };
  }
  planning.add(std::move(change));
}

void plan_new(Planning& planning, const SlotWish& wish, Date since) {
  const Slot slot{wish.course.id, wish.weekday, wish.number, since};
  Change change{wish.line, Effect::added,
                title_of(planning, wish.course, wish.weekday, wish.number)};
  change.details.push_back({"с {1}", {since.russian()}});
  change.write = [slot, room = wish.room](Command& command) { set_slot(command, slot, room); };
  planning.add(std::move(change));
}

void plan_ended(Planning& planning, const CourseNow& course, const SlotNow& now, Date since) {
  Change change{0, Effect::removed, title_of(planning, course, now.slot.weekday, now.slot.number)};
  const auto last_day = since.plus(-1);
  if (now.slot.since > last_day) {
    change.write = [slot = now.slot](Command& command) { remove_slot(command, slot); };
  } else {
    change.details.push_back({"последний день: {1}", {last_day.russian()}});
    change.write = [slot = now.slot, last_day](Command& command) {
      end_slot(command, slot, last_day);
    };
  }
  planning.add(std::move(change));
}

}  // namespace

std::optional<int> weekday_from(std::string_view text) {
  static constexpr const char* kNames[][2] = {{"по", "mo"}, {"вт", "tu"}, {"ср", "we"},
                                              {"че", "th"}, {"пя", "fr"}, {"су", "sa"},
                                              {"во", "su"}};
  static const std::map<std::string, int> kShort = {
      {"пн", 1}, {"чт", 4}, {"пт", 5}, {"сб", 6}, {"вс", 7}};
  const auto word = bare(text);
  if (const auto found = kShort.find(word); found != kShort.end()) return found->second;
  for (int day = 1; day <= 7; ++day) {
    for (const auto* beginning : kNames[day - 1]) {
      if (word.starts_with(beginning)) return day;
    }
  }
  const auto number = whole_number_from(word);
  return number && *number >= 1 && *number <= 7 ? number : std::nullopt;
}

std::string course_text(const Planning& planning, const CourseNow& course) {
  const auto& school = planning.school();
  const auto group = course.group ? " (" + school.group_name(*course.group) + ")" : "";
  return school.class_name(course.school_class) + ", " + school.subject_name(course.subject) +
         group;
}

void plan_slots(Planning& planning, const std::vector<SlotWish>& wishes) {
  const auto since = first_day_for(planning.database(), "timetable", planning.options());
  auto now = slots_now(planning, since);
  std::set<std::int64_t> classes;
  std::vector<SlotWish> good;
  for (const auto& wish : wishes) {
    classes.insert(wish.course.school_class);
    if (!fits(planning, wish, good)) continue;
    good.push_back(wish);
    const auto [first, last] = now.equal_range({wish.course.id, wish.weekday, wish.number});
    auto held = first;
    while (held != last && held->second.slot.since > since) ++held;
    if (held == last) {
      plan_new(planning, wish, since);
    } else {
      plan_kept(planning, wish, held->second);
      now.erase(held);
    }
  }
  for (const auto& course : planning.school().courses()) {
    if (!classes.contains(course.school_class)) continue;
    for (const auto& [key, slot] : now) {
      if (std::get<0>(key) == course.id) plan_ended(planning, course, slot, since);
    }
  }
}

}  // namespace zimnik::journal
