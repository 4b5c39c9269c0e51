#include "schema/commands/school.h"

#include "schema/absence_message.h"
#include "schema/closed_over.h"
#include "schema/commands/put.h"
#include "schema/ids.h"
#include "schema/limits.h"
#include "schema/words.h"

namespace zimnik::journal {

using sync::Command;
using sync::Null;
using sync::Value;

namespace {

void put_closing(Command& command, int year, std::string_view code, const Value& closed_at) {
  const Values key = {std::int64_t{year}, text_value(code)};
  require(exists(command.database(), "reporting_period", key), "Нет такого отчётного периода");
  put(command, "reporting_period", key, "closing", {closed_at});
}

}  // namespace

void set_school(Command& command, std::string_view name, std::string_view settlement,
                std::string_view time_zone) {
  require_text(name, limits::kNameBytes, "Название школы");
  require_at_most(settlement, limits::kNameBytes, "Населённый пункт");
  require_text(time_zone, limits::kNumberBytes, "Часовой пояс");
  require(is_time_zone_name(time_zone), "Часовой пояс: латинские буквы, как Asia/Yekaterinburg");
  put(command, "school", {kSchool}, "name", {text_value(name), text_or_null(settlement)});
  put(command, "school", {kSchool}, "clock", {text_value(time_zone)});
}

void set_absence_message(Command& command, std::string_view text) {
  auto message = trimmed(text);
  std::erase(message, '\r');  // of a form's line ends
  require_at_most(message, limits::kAbsenceMessageBytes, "Текст сообщения");
  if (const auto place = unknown_place(message)) {
    std::string known;
    for (const auto& it : absence_places()) {
      known += (known.empty() ? "" : ", ") + std::string(it.place);
    }
    refuse("Текст сообщения: «{1}» ничем не заполнить. Бывают: {2}", {*place, known});
  }
  require(exists(command.database(), "school", {kSchool}), "Сначала впишите название школы");
  put(command, "school", {kSchool}, "absence_message", {text_or_null(message)});
}

void set_branch(Command& command, std::int64_t branch, std::string_view name,
                std::string_view settlement) {
  require_text(name, limits::kNameBytes, "Название здания");
  require_at_most(settlement, limits::kNameBytes, "Населённый пункт");
  put(command, "branch", {branch}, "name", {text_value(name), text_or_null(settlement)});
}

std::int64_t id_for_class(sync::Database& database, const ClassName& name) {
  const auto words = "class " + std::to_string(name.grade_level) + " " + name.letter + " " +
                     std::to_string(name.branch);
  auto id = derived_id(name.year, words);
  for (int renamed = 1; exists(database, "school_class", {id}); ++renamed) {
    id = derived_id(name.year, words + " " + std::to_string(renamed));
  }
  return id;
}

void set_class(Command& command, std::int64_t school_class, const ClassName& name) {
  require(name.grade_level >= 1 && name.grade_level <= limits::kGradeLevels,
          "Параллель: должна быть от 1 до 11");
  require_at_most(name.letter, limits::kNumberBytes, "Буква класса");
  require(name.shift == 1 || name.shift == 2, "Смена: 1 или 2");
  require(exists(command.database(), "branch", {name.branch}), "Нет такого здания");
  put(command, "school_class", {school_class}, "name",
      {std::int64_t{name.year}, std::int64_t{name.grade_level}, text_or_null(name.letter),
       name.branch, std::int64_t{name.shift}});
}

void set_class_teacher(Command& command, std::int64_t school_class,
                       std::optional<std::int64_t> person) {
  require(exists(command.database(), "school_class", {school_class}), "Нет такого класса");
  require(!person || exists(command.database(), "person", {*person}),
          "Классный руководитель: нет такого человека");
  put(command, "school_class", {school_class}, "class_teacher", {optional_value(person)});
}

void set_period(Command& command, int year, std::string_view code, Date starts, Date ends) {
  require(is_period_code(code), "Отчётный период: нет такого");
  require(starts <= ends, "Отчётный период: конец раньше начала");
  put(command, "reporting_period", {std::int64_t{year}, text_value(code)}, "dates",
      {date_value(starts), date_value(ends)});
}

void remove_period(Command& command, int year, std::string_view code) {
  const Values key = {std::int64_t{year}, text_value(code)};
  require(exists(command.database(), "reporting_period", key), "Нет такого отчётного периода");
  require(
      !has_row(command.database(),
               "SELECT 1 FROM reporting_period WHERE year = ? AND code = ? AND closed_at IS NOT "
               "NULL UNION ALL SELECT 1 FROM final_mark WHERE year = ? AND period = ? LIMIT 1",
               {key[0], key[1], key[0], key[1]}),
      "Отчётный период закрыт, или в нём уже есть итоги: убрать его нельзя");
  remove(command, "reporting_period", key);
}

void close_period(Command& command, int year, std::string_view code, std::int64_t closed_at,
                  const sync::Frontier& known) {
  put_closing(command, year, code, closed_at);
  if (known.empty()) return;
  put(command, "reporting_period", {std::int64_t{year}, text_value(code)}, "knowledge",
      {text_value(ClosedOver(known).text())});
}

void reopen_period(Command& command, int year, std::string_view code) {
  put_closing(command, year, code, Null{});
}

void set_bell(Command& command, std::int64_t branch, int shift, int number, std::string_view starts,
              std::string_view ends) {
  require(number >= 0 && number <= limits::kLessonsInDay, "Номер урока: должен быть от 0 до 16");
  require(is_time_of_day(starts) && is_time_of_day(ends), "Звонок: время пишется ЧЧ:ММ");
  require(starts < ends, "Звонок: конец урока раньше начала");
  put(command, "bell_schedule", {branch, std::int64_t{shift}, std::int64_t{number}}, "bell",
      {text_value(starts), text_value(ends)});
}

void remove_bells_after(Command& command, std::int64_t branch, int shift, int number) {
  for (int after = number + 1; after <= limits::kLessonsInDay; ++after) {
    remove(command, "bell_schedule", {branch, std::int64_t{shift}, std::int64_t{after}});
  }
}

void set_day_off(Command& command, Date date, std::string_view name) {
  require_text(name, limits::kNameBytes, "Выходной день: название");
  put(command, "day_off", {date_value(date)}, "name", {text_value(trimmed(name))});
}

void remove_day_off(Command& command, Date date) {
  require(remove(command, "day_off", {date_value(date)}), "Такого выходного дня нет");
}

}  // namespace zimnik::journal
