#include "schema/commands/mark.h"

#include "schema/commands/lesson.h"
#include "schema/commands/put.h"
#include "schema/limits.h"
#include "schema/read/membership.h"
#include "schema/read/periods.h"

namespace zimnik::journal {

using sync::Command;
using sync::Database;
using sync::Null;

namespace {

Values key_of(const LessonKey& lesson, std::int64_t pupil) {
  return {lesson.course, date_value(lesson.date), lesson.number, pupil};
}

void require_cell(Database& database, const LessonKey& lesson, std::int64_t pupil) {
  require_lesson(database, lesson);
  if (!is_taught(database, lesson.course, pupil, lesson.date)) {
    refuse("Обучающийся {1} не числится в этом классе или группе", {lesson.date.russian()});
  }
}

void require_entry(const MarkKey& mark, const MarkEntry& entry) {
  if (entry.value && (*entry.value < limits::kLowestMark || *entry.value > limits::kHighestMark)) {
    refuse("Отметка: {1} — не бывает, только от 2 до 5", {std::to_string(*entry.value)});
  }
  require(!entry.weight || (*entry.weight >= 0 && *entry.weight <= limits::kMarkWeight),
          "Вес отметки: должен быть от 0 до 10");
  require(mark.work >= 1 && mark.work <= limits::kWorksInLesson, "Работа урока: нет такой");
  require(mark.attempt >= 1 && mark.attempt <= limits::kAttempts, "Пересдача: нет такой попытки");
  require_at_most(entry.comment, limits::kCommentBytes, "Комментарий");
  if (entry.protocol) {
    require_text(entry.protocol->number, limits::kNumberBytes, "Номер протокола");
  }
}

}  // namespace

std::vector<sync::Value> key_of(const MarkKey& mark) {
  auto key = key_of(mark.lesson, mark.pupil);
  key.emplace_back(mark.work);
  key.emplace_back(mark.attempt);
  return key;
}

void require_open_period(Database& database, const LessonKey& lesson) {
  const auto period = period_of(database, lesson.course, lesson.date);
  if (period && period->closed_at) {
    refuse(
        "Период с {1} по {2} закрыт: отметку можно внести по протоколу или после открытия периода "
        "завучем",
        {period->starts.russian(), period->ends.russian()});
  }
}

std::int64_t weight_of_type(Database& database, std::optional<std::int64_t> work_type) {
  if (!work_type) return 1;
  return one_integer(database, "SELECT weight FROM work_type WHERE id = ?", {*work_type})
      .value_or(1);
}

void enter_mark(Command& command, const MarkKey& mark, const MarkEntry& entry) {
  auto& database = command.database();
  require_entry(mark, entry);
  require_cell(database, mark.lesson, mark.pupil);
  require(!entry.work_type || exists(database, "work_type", {*entry.work_type}),
          "Вид работы: нет такого");
  if (!entry.protocol) require_open_period(database, mark.lesson);
  const auto key = key_of(mark);
  remove(command, "entry_review", key);  // what was decided was about the value before
  put(command, "mark", key, "mark",
      {entry.value ? sync::Value(std::int64_t{*entry.value}) : Null{},
       entry.weight ? *entry.weight : weight_of_type(database, entry.work_type),
       optional_value(entry.work_type), text_or_null(trimmed(entry.comment))});
  if (entry.protocol) {
    put(command, "mark", key, "protocol",
        {text_value(entry.protocol->number), date_value(entry.protocol->date)});
  }
}

void clear_mark(Command& command, const MarkKey& mark) {
  require_open_period(command.database(), mark.lesson);
  require(remove(command, "mark", key_of(mark)), "Отметки уже нет");
}

void set_absence(Command& command, const LessonKey& lesson, std::int64_t pupil, Absence absence,
                 std::optional<int> late_minutes) {
  require_cell(command.database(), lesson, pupil);
  require(!late_minutes || (absence == Absence::late && *late_minutes >= 1 &&
                            *late_minutes <= limits::kLateMinutes),
          "Минуты опоздания: только для «оп», от 1 до 300");
  require_open_period(command.database(), lesson);
  put(command, "attendance", key_of(lesson, pupil), "fact",
      {text_value(word_of(absence)),
       late_minutes ? sync::Value(std::int64_t{*late_minutes}) : Null{}});
}

void clear_absence(Command& command, const LessonKey& lesson, std::int64_t pupil) {
  require_open_period(command.database(), lesson);
  require(remove(command, "attendance", key_of(lesson, pupil)), "Пропуска уже нет");
}

std::int64_t next_attempt(Database& database, const LessonKey& lesson, std::int64_t pupil,
                          std::int64_t work) {
  return one_integer(database,
                     "SELECT max(attempt) FROM mark WHERE course = ? AND date = ? AND number = ? "
                     "AND pupil = ? AND work = ?",
                     {lesson.course, date_value(lesson.date), lesson.number, pupil, work})
             .value_or(0) +
         1;
}

std::optional<MarkEntry> typed_mark(std::string_view text) {
  MarkEntry entry;
  if (text == ".") return entry;
  if (text.size() != 1 || text[0] < '2' || text[0] > '5') return std::nullopt;
  entry.value = text[0] - '0';
  return entry;
}

}  // namespace zimnik::journal
