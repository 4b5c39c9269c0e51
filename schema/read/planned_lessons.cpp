#include "schema/read/planned_lessons.h"

#include <algorithm>

#include "schema/limits.h"
#include "schema/query.h"
#include "schema/read/periods.h"

namespace zimnik::journal {

using sync::Database;
using sync::Statement;

namespace {

constexpr int kDaysInWeek = 7;

using BySlot = std::map<LessonKey, PlannedLesson>;

bool is_on(Date from, Date to, Date date) { return from <= date && date <= to; }

void add_slots(Database& database, std::int64_t course, Date from, Date to, BySlot& lessons) {
  const auto periods = periods_of_course(database, course, from.school_year());
  const auto off = days_off(database);
  const auto is_school_day = [&](Date date) {
    return !off.contains(date) &&
           std::ranges::any_of(periods, [&](const Period& period) { return period.covers(date); });
  };
  each_row(database,
           "SELECT weekday, number, since, until, room FROM timetable WHERE course = ? "
           "ORDER BY since",
           {course}, [&](const Statement& row) {
             const auto since = date_at(row, 2);
             const auto weekday = row.integer(0);
             if (!since || weekday < 1 || weekday > kDaysInWeek) return;
             const auto last = std::min(to, date_at(row, 3).value_or(to));
             auto date = std::max(from, *since);
             const int days = static_cast<int>(weekday) - date.weekday() + kDaysInWeek;
             for (date = date.plus(days % kDaysInWeek); date <= last;
                  date = date.plus(kDaysInWeek)) {
               if (!is_school_day(date)) continue;
               const LessonKey slot{course, date, row.integer(1)};
               lessons[slot] = {slot, string_at(row, 4), false, {}};
             }
           });
}

void apply(const Moves& moves, Date from, Date to, BySlot& lessons) {
  for (const auto& [slot, place] : moves) {
    const bool is_here = is_on(from, to, slot.date) || (place && is_on(from, to, place->date));
    if (!is_here) continue;
    auto& lesson = lessons[slot];
    lesson.slot = slot;
    lesson.is_moved = true;
    lesson.to = place;
  }
}

}  // namespace

std::vector<PlannedLesson> timetable_lessons(Database& database, std::int64_t course, Date from,
                                             Date to) {
  BySlot by_slot;
  to = std::min(to,
                from.plus(limits::kTimetableDays - 1));  // a log may say what it likes of periods
  if (from <= to) {
    add_slots(database, course, from, to, by_slot);
    apply(moves_of_course(database, course), from, to, by_slot);
  }
  std::vector<PlannedLesson> lessons;
  for (auto& [slot, lesson] : by_slot) lessons.push_back(std::move(lesson));
  return lessons;
}

std::set<LessonKey> planned_lessons(Database& database, std::int64_t course, Date from, Date to) {
  std::set<LessonKey> places;
  for (const auto& lesson : timetable_lessons(database, course, from, to)) {
    const auto place = lesson.place();
    if (place && is_on(from, to, place->date)) places.insert(*place);
  }
  return places;
}

Moves moves_of_course(Database& database, std::int64_t course) {
  Moves moves;
  each_row(database,
           "SELECT date, number, to_date, to_number FROM rescheduled_lesson WHERE course = ?",
           {course}, [&](const Statement& row) {
             const auto date = date_at(row, 0), to = date_at(row, 2);
             if (!date) return;
             auto& place = moves[{course, *date, row.integer(1)}];
             if (to && !row.is_null(3)) place = LessonKey{course, *to, row.integer(3)};
           });
  return moves;
}

std::map<Date, std::string> days_off(Database& database) {
  std::map<Date, std::string> days;
  each_row(database, "SELECT date, name FROM day_off", {}, [&](const Statement& row) {
    if (const auto date = date_at(row, 0)) days[*date] = string_at(row, 1);
  });
  return days;
}

}  // namespace zimnik::journal
