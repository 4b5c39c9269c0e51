#include "schema/commands/lesson.h"

#include "schema/commands/put.h"
#include "schema/limits.h"
#include "schema/read/courses.h"
#include "schema/read/scheduled_lessons.h"
#include "schema/words.h"

namespace zimnik::journal {

using sync::Command;
using sync::Null;
using sync::Value;

namespace {

Values key_of(const LessonKey& lesson) {
  return {lesson.course, date_value(lesson.date), lesson.number};
}

std::optional<std::int64_t> teacher_of(sync::Database& database, std::int64_t course) {
  const auto title = course_title(database, course);
  return title ? title->teacher : std::nullopt;
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

bool has_lesson(sync::Database& database, const LessonKey& lesson) {
  return exists(database, "lesson", key_of(lesson));
}

void require_lesson(sync::Database& database, const LessonKey& lesson) {
  if (has_lesson(database, lesson)) return;
  refuse("Урок {1} от {2} ещё не открыт: сначала запишите его в журнал",
         {std::to_string(lesson.number), lesson.date.russian()});
}

void require_lesson_number(std::int64_t number) {
  require(number >= 0 && number <= limits::kLessonsInDay, "Номер урока: должен быть от 0 до 16");
}

void open_lesson(Command& command, const LessonKey& lesson, const Assignment& assignment) {
  auto& database = command.database();
  require(exists(database, "course", {lesson.course}), "Нет такой страницы журнала");
  require(!has_row(database,
                   "SELECT 1 FROM course c JOIN school_class k ON k.id = c.school_class "
                   "WHERE c.id = ? AND k.year <> ?",
                   {lesson.course, std::int64_t{lesson.date.school_year()}}),
          "День урока: не из учебного года этого журнала");
  require_lesson_number(lesson.number);
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

void assign_substitute(Command& command, const LessonKey& lesson, std::int64_t teacher,
                       std::string_view order_number) {
  auto& database = command.database();
  const auto own = teacher_of(database, lesson.course);
  require(own.has_value(), "У этого журнала нет учителя: замещать некого");
  require(own != teacher, "Это учитель самого журнала: замена не нужна");
  require(!is_begun(database, lesson), "Урок уже открыт: замену в нём не назначают");
  open_lesson(command, lesson, {teacher, own, trimmed(order_number)});
}

void withdraw_substitution(Command& command, const LessonKey& lesson) {
  auto& database = command.database();
  require(has_row(database,
                  "SELECT 1 FROM lesson WHERE course = ? AND date = ? AND number = ? AND "
                  "substitutes IS NOT NULL",
                  {lesson.course, date_value(lesson.date), lesson.number}),
          "В этом уроке нет замены");
  require(!is_begun(database, lesson), "Урок уже записан: замена остаётся");
  const auto own = teacher_of(database, lesson.course);
  require(own.has_value(), "У этого журнала нет учителя: замещать некого");
  // With the order: what was assigned by one can't be covered by less.
  open_lesson(command, lesson, {*own, {}, order_of_lesson(database, lesson)});
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
