#include "schema/commands/lesson_plan.h"

#include "schema/commands/lesson.h"
#include "schema/commands/put.h"
#include "schema/limits.h"

namespace zimnik::journal {

using sync::Command;

void set_plan_line(Command& command, std::int64_t course, std::int64_t position,
                   const PlanLine& line) {
  auto& database = command.database();
  require(exists(database, "course", {course}), "Нет такой страницы журнала");
  require(position >= 1 && position <= limits::kPlanLines, "КТП: нет строки с таким номером");
  require_text(line.topic, limits::kTopicBytes, "Тема урока");
  require_at_most(line.section, limits::kTopicBytes, "Раздел");
  require_at_most(line.homework, limits::kHomeworkBytes, "Домашнее задание");
  require(line.hours >= 1 && line.hours <= limits::kPlanHours, "КТП: часов в строке от 1 до 100");
  require(!line.work_type || exists(database, "work_type", {*line.work_type}),
          "Вид работы: нет такого");
  put(command, "lesson_plan", {course, position}, "line",
      {text_or_null(trimmed(line.section)), text_value(trimmed(line.topic)),
       std::int64_t{line.hours}, optional_value(line.work_type),
       text_or_null(trimmed(line.homework))});
}

void remove_plan_line(Command& command, std::int64_t course, std::int64_t position) {
  require(remove(command, "lesson_plan", {course, position}), "Такой строки уже нет");
}

void take_plan_line(Command& command, const LessonKey& lesson, std::int64_t position,
                    std::string_view order_number) {
  const auto topic = one_text(command.database(),
                              "SELECT topic FROM lesson_plan WHERE course = ? AND position = ?",
                              {lesson.course, position});
  require(topic.has_value(), "Такой строки уже нет");
  set_topic(command, lesson, *topic, order_number);
  put(command, "lesson", {lesson.course, date_value(lesson.date), lesson.number}, "plan",
      {position});
}

}  // namespace zimnik::journal
