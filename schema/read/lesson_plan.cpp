#include "schema/read/lesson_plan.h"

#include <algorithm>

#include "schema/query.h"

namespace zimnik::journal {

using sync::Database;
using sync::Statement;

std::vector<PlannedLine> plan_of_course(Database& database, std::int64_t course) {
  std::vector<PlannedLine> plan;
  each_row(database,
           "SELECT position, section, topic, hours, work_type, homework FROM lesson_plan "
           "WHERE course = ? ORDER BY position",
           {course}, [&](const Statement& row) {
             PlannedLine line;
             line.position = row.integer(0);
             line.section = string_at(row, 1);
             line.topic = string_at(row, 2);
             line.hours = static_cast<int>(std::clamp<std::int64_t>(row.integer(3), 1, 1000));
             line.work_type = integer_at(row, 4);
             line.homework = string_at(row, 5);
             plan.push_back(std::move(line));
           });
  return plan;
}

std::optional<PlannedLine> line_for(Database& database, const std::vector<PlannedLine>& plan,
                                    const LessonKey& lesson) {
  std::int64_t last = 0;
  int times = 0;
  each_row(database,
           "SELECT plan_position, count(*) FROM lesson WHERE course = ?1 AND plan_position IS NOT "
           "NULL AND (date < ?2 OR (date = ?2 AND number < ?3)) "
           "GROUP BY plan_position ORDER BY plan_position DESC LIMIT 1",
           {lesson.course, date_value(lesson.date), lesson.number}, [&](const Statement& row) {
             last = row.integer(0);
             times = static_cast<int>(row.integer(1));
           });
  for (const auto& line : plan) {
    const bool has_hours_left = line.position == last && times < line.hours;
    if (line.position > last || has_hours_left) return line;
  }
  return std::nullopt;
}

}  // namespace zimnik::journal
