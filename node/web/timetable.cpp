#include "node/web/timetable.h"

#include "node/web/years.h"
#include "schema/commands/course.h"
#include "schema/commands/put.h"
#include "schema/commands/reschedule.h"
#include "schema/read/off_timetable.h"
#include "schema/read/timetable.h"
#include "schema/read/years.h"

namespace zimnik::node {

namespace {

constexpr int kMoveDays = 56;
constexpr const char* kWeekdays[] = {"понедельник", "вторник", "среда",      "четверг",
                                     "пятница",     "суббота", "воскресенье"};

web::List classes_values(const std::vector<journal::ClassTitle>& classes, std::int64_t chosen) {
  web::List values;
  for (const auto& it : classes) {
    values.push_back(web::Values{
        {"id", std::to_string(it.id)}, {"text", it.text()}, {"is_here", it.id == chosen}});
  }
  return values;
}

web::List weekday_choices(const web::Translator& translate) {
  web::List values;
  for (const std::string name : kWeekdays) {
    values.push_back(
        web::Values{{"value", std::to_string(values.size() + 1)}, {"text", translate(name)}});
  }
  return values;
}

web::Values slot_values(const journal::TimetableSlot& slot, journal::Date today,
                        std::size_t counter) {
  return {{"counter", std::to_string(counter)},
          {"course", std::to_string(slot.course.id)},
          {"subject", slot.course.subject_name},
          {"group", slot.course.group_name},
          {"teacher", slot.course.teacher_name.brief()},
          {"weekday", std::to_string(slot.weekday)},
          {"number", std::to_string(slot.number)},
          {"since", slot.since.text()},
          {"begins", slot.since > today ? slot.since.russian() : std::string()},
          {"ends", slot.until ? slot.until->russian() : std::string()},
          {"room", slot.room}};
}

/// A section for each weekday that has lessons.
web::List days_values(const std::vector<journal::TimetableSlot>& slots, journal::Date today,
                      const web::Translator& translate) {
  web::List days;
  std::size_t counter = 1;
  for (std::int64_t weekday = 1; weekday <= std::ssize(kWeekdays); ++weekday) {
    web::List lines;
    for (const auto& slot : slots) {
      if (slot.weekday == weekday) lines.push_back(slot_values(slot, today, ++counter));
    }
    if (lines.empty()) continue;
    const std::string name = kWeekdays[weekday - 1];
    days.push_back(web::Values{{"weekday_name", translate(name)}, {"slots", lines}});
  }
  return days;
}

web::List course_choices(const std::vector<journal::CourseTitle>& courses) {
  web::List values;
  for (const auto& it : courses) {
    values.push_back(web::Values{{"id", std::to_string(it.id)}, {"text", it.text()}});
  }
  return values;
}

journal::Slot slot_from(const net::Fields& form) {
  return {number_from(form.get("course")), static_cast<int>(number_from(form.get("weekday"))),
          static_cast<int>(number_from(form.get("number"))),
          journal::checked_date(form.get("since"), "Первый день")};
}

std::string back_to(const net::Request& request) {
  const auto form = request.form().value_or(net::Fields());
  return "/timetable?class=" + std::to_string(number_from(form.get("class")));
}

web::Values move_values(const journal::OffTimetable& off, std::size_t counter) {
  web::List vacant;
  for (const auto& it : off.vacant) {
    vacant.push_back(web::Values{{"value", it.date.text() + "#" + std::to_string(it.number)},
                                 {"day", it.date.russian()},
                                 {"hour", std::to_string(it.number)}});
  }
  return {{"counter", std::to_string(counter)}, {"course", std::to_string(off.course.id)},
          {"course_title", off.course.text()},  {"date", off.lesson.date.text()},
          {"day", off.lesson.date.russian()},   {"number", std::to_string(off.lesson.number)},
          {"has_vacant", !vacant.empty()},      {"vacant", vacant}};
}

/// «2025-09-01#2» of that course.
journal::LessonKey planned_from(std::int64_t course, const std::string& text) {
  const auto hash = text.find('#');
  if (hash == std::string::npos) journal::refuse("Выберите урок по расписанию");
  return {course, journal::checked_date(text.substr(0, hash), "День урока"),
          number_from(text.substr(hash + 1))};
}

}  // namespace

net::Response timetable_page(Site& site, const net::Request& request, const Visitor& visitor) {
  auto values = site.frame(request, visitor);
  const auto& translate = site.pages().translator(request);
  const auto today = site.today();
  site.journal().read([&](sync::Database& database) {
    auto chosen = number_from(request.query.get("class"));
    const auto title = journal::class_title(database, chosen);
    const int asked = shown_year(values, database, request, today);
    const int year = title ? title->year : asked;
    add_years(values, journal::years_of_school(database, today), year, request.path);
    const auto classes = journal::classes_of_year(database, year);
    if (chosen == 0 && !classes.empty()) chosen = classes.front().id;
    values["classes"] = classes_values(classes, chosen);
    values["school_class"] = std::to_string(chosen);
    const auto slots = journal::timetable_of_class(database, chosen, today);
    values["empty"] = slots.empty();
    values["days"] = days_values(slots, today, translate);
    values["courses"] = course_choices(journal::courses_of_class(database, chosen));
  });
  values["is_head"] = visitor.is_head();
  values["weekdays"] = weekday_choices(translate);
  values["today"] = today.text();
  return site.page(request, "timetable", "Расписание", std::move(values));
}

net::Response add_slot(Site& site, const net::Request& request, const Visitor& visitor) {
  return site.submit(request, visitor, visitor.role(), back_to(request),
                     [&](sync::Command& command, const net::Fields& form) {
                       journal::set_slot(command, slot_from(form),
                                         journal::trimmed(form.get("room")));
                     });
}

net::Response end_slot(Site& site, const net::Request& request, const Visitor& visitor) {
  return site.submit(request, visitor, visitor.role(), back_to(request),
                     [&](sync::Command& command, const net::Fields& form) {
                       journal::end_slot(
                           command, slot_from(form),
                           journal::checked_date(form.get("last_day"), "Последний день"));
                     });
}

net::Response moves_page(Site& site, const net::Request& request, const Visitor& visitor) {
  auto values = site.frame(request, visitor);
  const auto today = site.today();
  const auto teacher = visitor.is_head() ? std::nullopt : std::optional(visitor.person);
  web::List lines;
  site.journal().read([&](sync::Database& database) {
    const int year = journal::year_at_work(database, today);
    for (const auto& off :
         journal::off_timetable(database, year, today.plus(-kMoveDays), today, teacher)) {
      lines.push_back(move_values(off, lines.size() + 1));
    }
  });
  values["empty"] = lines.empty();
  values["lines"] = lines;
  return site.page(request, "moves", "Уроки вне расписания", std::move(values));
}

net::Response name_move(Site& site, const net::Request& request, const Visitor& visitor) {
  return site.submit(
      request, visitor, visitor.role(), "/moves",
      [&](sync::Command& command, const net::Fields& form) {
        const journal::LessonKey held{number_from(form.get("course")),
                                      journal::checked_date(form.get("date"), "День урока"),
                                      number_from(form.get("number"))};
        journal::require(
            visitor.is_head() ||
                journal::may_edit_lesson(command.database(), visitor.person, held, site.today()),
            "Перенос называет учитель этого урока или завуч");
        journal::reschedule_lesson(command, planned_from(held.course, form.get("planned")), held,
                                   form.get("order"));
      });
}

}  // namespace zimnik::node
