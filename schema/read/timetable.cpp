#include "schema/read/timetable.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "schema/query.h"

namespace zimnik::journal {

std::vector<TimetableSlot> timetable_of_class(sync::Database& database, std::int64_t school_class,
                                              Date day) {
  const Snapshot snapshot(database);
  std::vector<TimetableSlot> slots;
  for (const auto& course : courses_of_class(database, school_class)) {
    each_row(database,
             "SELECT weekday, number, since, until, room FROM timetable WHERE course = ?1 AND "
             "(until IS NULL OR until >= ?2)",
             {course.id, date_value(day)}, [&](const sync::Statement& row) {
               const auto since = date_at(row, 2);
               if (!since) return;
               slots.push_back({course, row.integer(0), row.integer(1), *since, date_at(row, 3),
                                string_at(row, 4)});
             });
  }
  std::ranges::stable_sort(slots, {}, [](const TimetableSlot& slot) {
    return std::tuple(slot.weekday, slot.number, slot.since);
  });
  return slots;
}

std::vector<std::vector<CourseTitle>> taught_together(sync::Database& database,
                                                      std::int64_t teacher, Date day) {
  const Snapshot snapshot(database);
  std::map<std::pair<std::int64_t, std::int64_t>, std::vector<std::int64_t>> hours;
  each_row(database,
           "SELECT DISTINCT t.weekday, t.number, t.course FROM timetable t "
           "JOIN course c ON c.id = t.course WHERE c.teacher = ?1 AND t.since <= ?2 AND "
           "(t.until IS NULL OR t.until >= ?2) ORDER BY t.course",
           {teacher, date_value(day)}, [&](const sync::Statement& row) {
             hours[{row.integer(0), row.integer(1)}].push_back(row.integer(2));
           });
  std::set<std::vector<std::int64_t>> seen;
  std::vector<std::vector<CourseTitle>> sets;
  for (const auto& [hour, courses] : hours) {
    if (courses.size() < 2 || !seen.insert(courses).second) continue;
    auto& titles = sets.emplace_back();
    for (const auto course : courses) {
      if (auto title = course_title(database, course)) titles.push_back(std::move(*title));
    }
  }
  return sets;
}

}  // namespace zimnik::journal
