#include "schema/commands/lesson_work.h"

#include "schema/commands/lesson.h"
#include "schema/commands/mark.h"
#include "schema/commands/put.h"
#include "schema/limits.h"

namespace zimnik::journal {

using sync::Command;

namespace {

Values key_of(const LessonKey& lesson, std::int64_t work) {
  return {lesson.course, date_value(lesson.date), lesson.number, work};
}

}  // namespace

void set_lesson_work(Command& command, const LessonKey& lesson, std::int64_t work,
                     const LessonWork& what) {
  auto& database = command.database();
  require_lesson(database, lesson);
  require(work >= 1 && work <= limits::kWorksInLesson, "Работа урока: нет такой");
  require(!what.work_type || exists(database, "work_type", {*what.work_type}),
          "Вид работы: нет такого");
  require(!what.weight || (*what.weight >= 0 && *what.weight <= limits::kMarkWeight),
          "Вес отметки: должен быть от 0 до 10");
  require_at_most(what.title, limits::kNameBytes, "Название работы");
  require_open_period(database, lesson);
  const std::int64_t weight = what.weight ? *what.weight : weight_of_type(database, what.work_type);
  put(command, "lesson_work", key_of(lesson, work), "work",
      {optional_value(what.work_type), weight, text_or_null(trimmed(what.title))});
}

void remove_lesson_work(Command& command, const LessonKey& lesson, std::int64_t work) {
  require_open_period(command.database(), lesson);
  require(!has_row(command.database(),
                   "SELECT 1 FROM mark WHERE course = ? AND date = ? AND number = ? AND work = ? "
                   "LIMIT 1",
                   {lesson.course, date_value(lesson.date), lesson.number, work}),
          "В этой колонке есть отметки: сначала уберите их");
  require(remove(command, "lesson_work", key_of(lesson, work)), "Такой колонки уже нет");
}

}  // namespace zimnik::journal
