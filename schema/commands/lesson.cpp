#include "schema/commands/lesson.h"

#include "schema/commands/put.h"
#include "schema/limits.h"
#include "schema/words.h"

namespace zimnik::journal {

using sync::Command;
using sync::Null;
using sync::Value;

namespace {

Values key_of(const LessonKey& lesson) {
  return {lesson.course, date_value(lesson.date), lesson.number};
}

bool has_entries(sync::Database& database, const std::string& table, const LessonKey& lesson) {
  return has_row(database,
                 "SELECT 1 FROM " + table + " WHERE course = ? AND date = ? AND number = ? LIMIT 1",
                 {lesson.course, date_value(lesson.date), lesson.number});
}

void put_homework(Command& command, const LessonKey& lesson, const Value& text, const Value& none,
                  std::string_view order_number) {
  require_lesson(command.database(), lesson);
  require_at_most(order_number, limits::kNumberBytes, "Номер приказа");
  put(command, "lesson", key_of(lesson), "homework", {text, none, text_or_null(order_number)});
}

}  // namespace

void require_lesson(sync::Database& database, const LessonKey& lesson) {
  if (exists(database, "lesson", key_of(lesson))) return;
  refuse("Урок {1} от {2} ещё не открыт: сначала запишите его в журнал",
         {std::to_string(lesson.number), lesson.date.russian()});
}

void open_lesson(Command& command, const LessonKey& lesson, const Assignment& assignment) {
  auto& database = command.database();
  require(exists(database, "course", {lesson.course}), "Нет такой страницы журнала");
  require(!has_row(database,
                   "SELECT 1 FROM course c JOIN school_class k ON k.id = c.school_class "
                   "WHERE c.id = ? AND k.year <> ?",
                   {lesson.course, std::int64_t{lesson.date.school_year()}}),
          "День урока: не из учебного года этого журнала");
  require(lesson.number >= 0 && lesson.number <= limits::kLessonsInDay,
          "Номер урока: должен быть от 0 до 16");
  require(exists(database, "person", {assignment.teacher}), "Учитель: нет такого человека");
  require_at_most(assignment.order_number, limits::kNumberBytes, "Номер приказа");
  if (assignment.substitutes) {
    require_text(assignment.order_number, limits::kNumberBytes, "Номер приказа о замене");
  }
  put(command, "lesson", key_of(lesson), "assignment",
      {assignment.teacher, optional_value(assignment.substitutes),
       text_or_null(assignment.order_number)});
}

void remove_lesson(Command& command, const LessonKey& lesson) {
  require_lesson(command.database(), lesson);
  require(!has_entries(command.database(), "mark", lesson) &&
              !has_entries(command.database(), "attendance", lesson),
          "В уроке есть отметки или пропуски: сначала перенесите или уберите их");
  remove(command, "lesson", key_of(lesson));
}

void set_lesson_kind(Command& command, const LessonKey& lesson, std::string_view kind) {
  require_lesson(command.database(), lesson);
  require(kind.empty() || is_lesson_kind(kind), "Вид урока: нет такого");
  put(command, "lesson", key_of(lesson), "kind", {text_or_null(kind)});
}

void set_topic(Command& command, const LessonKey& lesson, std::string_view topic,
               std::string_view order_number) {
  require_lesson(command.database(), lesson);
  require_at_most(topic, limits::kTopicBytes, "Тема урока");
  require_at_most(order_number, limits::kNumberBytes, "Номер приказа");
  put(command, "lesson", key_of(lesson), "topic",
      {text_or_null(trimmed(topic)), text_or_null(order_number)});
}

void set_homework(Command& command, const LessonKey& lesson, std::string_view homework,
                  std::string_view order_number) {
  require_text(homework, limits::kHomeworkBytes, "Домашнее задание");
  put_homework(command, lesson, text_value(trimmed(homework)), std::int64_t{0}, order_number);
}

void set_no_homework(Command& command, const LessonKey& lesson, std::string_view order_number) {
  put_homework(command, lesson, Null{}, std::int64_t{1}, order_number);
}

void clear_homework(Command& command, const LessonKey& lesson, std::string_view order_number) {
  put_homework(command, lesson, Null{}, Null{}, order_number);
}

std::string order_of_lesson(sync::Database& database, const LessonKey& lesson) {
  return one_text(database,
                  "SELECT order_number FROM lesson WHERE course = ? AND date = ? AND number = ?",
                  {lesson.course, date_value(lesson.date), lesson.number})
      .value_or("");
}

}  // namespace zimnik::journal
