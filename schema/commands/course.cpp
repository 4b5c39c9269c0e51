#include "schema/commands/course.h"

#include "schema/commands/put.h"
#include "schema/limits.h"
#include "schema/read/membership.h"
#include "schema/words.h"

namespace zimnik::journal {

using sync::Command;
using sync::Null;

namespace {

Values key_of(const Slot& slot) {
  return {slot.course, std::int64_t{slot.weekday}, std::int64_t{slot.number},
          date_value(slot.since)};
}

bool is_group_kind(std::string_view kind) {
  return kind == "subgroup" || kind == "stream" || kind == "individual_plan";
}

/// A subgroup is of its class alone, other groups of any.
bool is_open_to(sync::Database& database, std::int64_t group, std::int64_t school_class) {
  const auto own =
      one_integer(database, "SELECT school_class FROM study_group WHERE id = ?", {group});
  return !own || own == school_class;
}

}  // namespace

void set_subject(Command& command, std::int64_t subject, std::string_view name) {
  require_text(name, limits::kNameBytes, "Название предмета");
  put(command, "subject", {subject}, "name", {text_value(trimmed(name))});
}

void set_work_type(Command& command, std::int64_t work_type, std::string_view name,
                   std::string_view short_name, int weight, int deadline_days) {
  require_text(name, limits::kNameBytes, "Вид работы");
  require_at_most(short_name, limits::kNumberBytes, "Краткое название вида работы");
  require(weight >= 0 && weight <= limits::kMarkWeight, "Вес отметки: должен быть от 0 до 10");
  require(deadline_days >= 0 && deadline_days <= 60, "Срок отметки: от 0 до 60 дней");
  put(command, "work_type", {work_type}, "name", {text_value(name), text_or_null(short_name)});
  put(command, "work_type", {work_type}, "rules",
      {std::int64_t{weight}, std::int64_t{deadline_days}});
}

void set_group(Command& command, std::int64_t group, std::string_view name, std::string_view kind,
               std::optional<std::int64_t> school_class) {
  require_text(name, limits::kNameBytes, "Название группы");
  require(is_group_kind(kind), "Группа: подгруппа, поток или индивидуальный план");
  require(kind != "subgroup" || school_class.has_value(), "Подгруппа: не указан её класс");
  require(!school_class || exists(command.database(), "school_class", {*school_class}),
          "Нет такого класса");
  put(command, "study_group", {group}, "name",
      {text_value(trimmed(name)), text_value(kind), optional_value(school_class)});
}

void join_group(Command& command, std::int64_t group, std::int64_t pupil, Date since) {
  auto& database = command.database();
  require(exists(database, "study_group", {group}), "Нет такой группы");
  require(one_text(database, "SELECT kind FROM person WHERE id = ?", {pupil}) ==
              word_of(PersonKind::pupil),
          "Нет такого обучающегося");
  require(!has_row(database,
                   "SELECT 1 FROM group_member WHERE study_group = ? AND pupil = ? AND "
                   "(until IS NULL OR until >= ?)",
                   {group, pupil, date_value(since)}),
          "Обучающийся уже в этой группе");
  const auto school_class = one_integer(
      database, "SELECT school_class FROM study_group WHERE id = ? AND kind = 'subgroup'", {group});
  require(!school_class || class_of_pupil(database, pupil, since) == school_class,
          "Обучающийся в этот день не в классе этой подгруппы");
  put(command, "group_member", {group, pupil, date_value(since)}, "stay", {Null{}});
}

void leave_group(Command& command, std::int64_t group, std::int64_t pupil, Date last_day) {
  const auto since = one_text(
      command.database(),
      "SELECT since FROM group_member WHERE study_group = ?1 AND pupil = ?2 AND since <= ?3 AND "
      "(until IS NULL OR until >= ?3) ORDER BY since DESC LIMIT 1",
      {group, pupil, date_value(last_day)});
  if (!since) refuse("Обучающийся {1} не числится в этой группе", {last_day.russian()});
  put(command, "group_member", {group, pupil, text_value(*since)}, "stay", {date_value(last_day)});
}

void set_course(Command& command, std::int64_t course, std::int64_t subject,
                std::optional<std::int64_t> school_class, std::optional<std::int64_t> group) {
  auto& database = command.database();
  require(exists(database, "subject", {subject}), "Нет такого предмета");
  require(school_class || group, "Страница журнала: не указан ни класс, ни группа");
  require(!school_class || exists(database, "school_class", {*school_class}), "Нет такого класса");
  require(!group || exists(database, "study_group", {*group}), "Нет такой группы");
  require(!group || !school_class || is_open_to(database, *group, *school_class),
          "Эта подгруппа другого класса");
  put(command, "course", {course}, "subject",
      {subject, optional_value(school_class), optional_value(group)});
}

void set_course_teacher(Command& command, std::int64_t course, std::optional<std::int64_t> person) {
  require(exists(command.database(), "course", {course}), "Нет такой страницы журнала");
  require(!person || exists(command.database(), "person", {*person}),
          "Учитель: нет такого человека");
  put(command, "course", {course}, "teacher", {optional_value(person)});
}

void set_course_hours(Command& command, std::int64_t course, int hours) {
  require(exists(command.database(), "course", {course}), "Нет такой страницы журнала");
  require(hours >= 1 && hours <= limits::kYearHours, "Часы за учебный год: от 1 до 2000");
  put(command, "course", {course}, "load", {std::int64_t{hours}});
}

void set_curriculum(Command& command, std::int64_t school_class, std::int64_t subject, int hours) {
  require(exists(command.database(), "school_class", {school_class}), "Нет такого класса");
  require(exists(command.database(), "subject", {subject}), "Нет такого предмета");
  require(hours >= 1 && hours <= limits::kYearHours, "Часы за учебный год: от 1 до 2000");
  put(command, "curriculum", {school_class, subject}, "hours", {std::int64_t{hours}});
}

void set_slot(Command& command, const Slot& slot, std::string_view room,
              std::optional<Date> last_day) {
  require(exists(command.database(), "course", {slot.course}), "Нет такой страницы журнала");
  require(slot.weekday >= 1 && slot.weekday <= 7, "День недели: от 1 до 7");
  require(slot.number >= 0 && slot.number <= limits::kLessonsInDay,
          "Номер урока: должен быть от 0 до 16");
  require_at_most(room, limits::kNumberBytes, "Кабинет");
  require(!last_day || slot.since <= *last_day, "Расписание: последний день раньше первого");
  put(command, "timetable", key_of(slot), "slot", {optional_value(last_day), text_or_null(room)});
}

void end_slot(Command& command, const Slot& slot, Date last_day) {
  require(exists(command.database(), "timetable", key_of(slot)), "В расписании нет такого урока");
  const auto room = one_text(
      command.database(),
      "SELECT room FROM timetable WHERE course = ? AND weekday = ? AND number = ? AND since = ?",
      {slot.course, std::int64_t{slot.weekday}, std::int64_t{slot.number}, date_value(slot.since)});
  set_slot(command, slot, room.value_or(""), last_day);
}

void remove_slot(Command& command, const Slot& slot) {
  require(remove(command, "timetable", key_of(slot)), "В расписании нет такого урока");
}

}  // namespace zimnik::journal
