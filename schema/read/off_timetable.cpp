#include "schema/read/off_timetable.h"

#include <algorithm>
#include <cstdlib>

#include "schema/query.h"
#include "schema/read/planned_lessons.h"

namespace zimnik::journal {

using sync::Database;
using sync::Statement;

namespace {

constexpr int kNearDays = 7;

std::set<LessonKey> held_lessons(Database& database, std::int64_t course, Date from, Date to) {
  std::set<LessonKey> lessons;
  each_row(database, "SELECT date, number FROM lesson WHERE course = ? AND date BETWEEN ? AND ?",
           {course, date_value(from), date_value(to)}, [&](const Statement& row) {
             if (const auto date = date_at(row, 0)) lessons.insert({course, *date, row.integer(1)});
           });
  return lessons;
}

bool has_timetable(Database& database, std::int64_t course) {
  return has_row(database, "SELECT 1 FROM timetable WHERE course = ?", {course});
}

std::vector<LessonKey> nearest(const std::set<LessonKey>& vacant, Date date) {
  std::vector<LessonKey> near(vacant.begin(), vacant.end());
  const auto distance = [&](const LessonKey& key) {
    return std::abs(key.date.days() - date.days());
  };
  std::erase_if(near, [&](const LessonKey& key) { return distance(key) > kNearDays; });
  std::ranges::stable_sort(near, {}, distance);
  return near;
}

}  // namespace

std::set<LessonKey> vacant_lessons(Database& database, std::int64_t course, Date from, Date to) {
  auto vacant = planned_lessons(database, course, from, to);
  for (const auto& held : held_lessons(database, course, from, to)) vacant.erase(held);
  return vacant;
}

std::optional<LessonKey> moved_from(Database& database, const LessonKey& place) {
  for (const auto& [slot, to] : moves_of_course(database, place.course)) {
    if (to == place) return slot;
  }
  return std::nullopt;
}

std::vector<OffTimetable> off_timetable(Database& database, int year, Date from, Date to,
                                        std::optional<std::int64_t> teacher) {
  const Snapshot snapshot(database);
  std::vector<OffTimetable> found;
  for (const auto& course : courses_of_year(database, year)) {
    if ((teacher && course.teacher != teacher) || !has_timetable(database, course.id)) continue;
    const auto planned = planned_lessons(database, course.id, from, to);
    const auto vacant =
        vacant_lessons(database, course.id, from.plus(-kNearDays), to.plus(kNearDays));
    for (const auto& held : held_lessons(database, course.id, from, to)) {
      if (!planned.contains(held)) {
        found.push_back({course, held, nearest(vacant, held.date)});
      }
    }
  }
  return found;
}

}  // namespace zimnik::journal
