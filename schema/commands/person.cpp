#include "schema/commands/person.h"

#include <algorithm>
#include <vector>

#include "schema/commands/put.h"
#include "schema/limits.h"
#include "schema/read/membership.h"
#include "schema/snils.h"

namespace zimnik::journal {

using sync::Command;
using sync::Null;

namespace {

void require_person(Command& command, std::int64_t person) {
  require(exists(command.database(), "person", {person}), "Нет такого человека");
}

void require_kind(Command& command, std::int64_t person, PersonKind kind, const char* text) {
  require(one_text(command.database(), "SELECT kind FROM person WHERE id = ?", {person}) ==
              word_of(kind),
          text);
}

/// Ends each stay in a subgroup of the class that goes on after that day. One that hadn't begun by
/// then is taken away.
void leave_subgroups(Command& command, std::int64_t pupil, std::int64_t school_class,
                     Date last_day) {
  std::vector<std::pair<std::int64_t, std::string>> stays;
  each_row(command.database(),
           "SELECT m.study_group, m.since FROM study_group g "
           "JOIN group_member m ON m.study_group = g.id AND m.pupil = ? "
           "WHERE g.school_class = ? AND (m.until IS NULL OR m.until > ?)",
           {pupil, school_class, date_value(last_day)}, [&](const sync::Statement& row) {
             stays.emplace_back(row.integer(0), string_at(row, 1));
           });
  for (const auto& [group, since] : stays) {
    if (since > last_day.text()) {
      remove(command, "group_member", {group, pupil, text_value(since)});
    } else {
      put(command, "group_member", {group, pupil, text_value(since)}, "stay",
          {date_value(last_day)});
    }
  }
}

/// Takes away the pupil's stays in classes that would begin on these days, with those in their
/// subgroups.
void drop_stays(Command& command, std::int64_t pupil, Date first, std::optional<Date> last = {}) {
  std::vector<std::pair<std::int64_t, std::string>> stays;
  each_row(command.database(),
           "SELECT school_class, since FROM enrolment WHERE pupil = ?1 AND since >= ?2 AND "
           "(?3 IS NULL OR since <= ?3)",
           {pupil, date_value(first), optional_value(last)}, [&](const sync::Statement& row) {
             stays.emplace_back(row.integer(0), string_at(row, 1));
           });
  for (const auto& [school_class, since] : stays) {
    remove(command, "enrolment", {pupil, school_class, text_value(since)});
    leave_subgroups(command, pupil, school_class, first.plus(-1));
  }
}

}  // namespace

void add_person(Command& command, std::int64_t person, PersonKind kind, const PersonNames& names,
                std::optional<Date> birth_date) {
  require(person > 0, "Человек: нет такого номера");
  require(!exists(command.database(), "person", {person}), "Этот человек уже записан");
  put(command, "person", {person}, "kind", {text_value(word_of(kind))});
  set_names(command, person, names);
  if (birth_date) set_birth_date(command, person, birth_date);
}

void set_names(Command& command, std::int64_t person, const PersonNames& names) {
  require_person(command, person);
  require_text(names.family_name, limits::kNameBytes, "Фамилия");
  require_text(names.given_name, limits::kNameBytes, "Имя");
  require_at_most(names.patronymic, limits::kNameBytes, "Отчество");
  put(command, "person", {person}, "name",
      {text_value(trimmed(names.family_name)), text_value(trimmed(names.given_name)),
       text_or_null(trimmed(names.patronymic))});
}

void set_birth_date(Command& command, std::int64_t person, std::optional<Date> birth_date) {
  require_person(command, person);
  put(command, "person", {person}, "birth", {optional_value(birth_date)});
}

void set_personal_file(Command& command, std::int64_t pupil, const PersonalFile& file) {
  require_kind(command, pupil, PersonKind::pupil, "Нет такого обучающегося");
  require(file.gender.empty() || file.gender == "м" || file.gender == "ж", "Пол: м или ж");
  require_at_most(file.file_number, limits::kNumberBytes, "Номер личного дела");
  const auto snils = snils_from(file.snils);
  if (!snils && !trimmed(file.snils).empty()) {
    refuse("СНИЛС: «{1}» — такого не бывает, проверьте цифры", {file.snils.substr(0, 40)});
  }
  put(command, "personal_file", {pupil}, "file",
      {text_or_null(file.gender), text_or_null(trimmed(file.file_number)),
       text_or_null(snils.value_or(""))});
}

namespace {

bool is_phone(const std::string& text) {
  constexpr std::string_view kDigits = "0123456789";
  constexpr std::int64_t kFewest = 3;  // of a village's own exchange
  return text.find_first_not_of("0123456789 +-().,;/") == std::string::npos &&
         std::ranges::count_if(
             text, [&](char it) { return kDigits.find(it) != std::string_view::npos; }) >= kFewest;
}

bool is_address(const std::string& text) {
  const auto at = text.find('@');
  return at != std::string::npos && at != 0 && at + 1 < text.size() && at == text.rfind('@') &&
         text.find_first_of(" \t\r\n,;<>\"") == std::string::npos;
}

void require_contact(std::string_view kind, std::string_view value) {
  require_text(value, limits::kNameBytes, kind == "phone" ? "Телефон" : "Адрес почты");
  require(kind != "phone" || is_phone(trimmed(value)),
          "Телефон: цифры, пробелы, скобки, плюс и дефис");
  require(kind != "email" || is_address(trimmed(value)), "Адрес почты: имя@узел, без пробелов");
}

}  // namespace

void set_contact(Command& command, std::int64_t person, std::string_view kind,
                 std::string_view value, std::string_view source, Date date) {
  require_person(command, person);
  require(kind == "phone" || kind == "email", "Вид связи: телефон или почта");
  const bool is_removal =
      trimmed(value).empty() &&
      has_row(command.database(),
              "SELECT 1 FROM contact WHERE person = ? AND kind = ? AND value IS NOT ''",
              {person, text_value(kind)});
  if (!is_removal) require_contact(kind, value);
  require_text(source, limits::kNameBytes, "Источник данных");
  put(command, "contact", {person, text_value(kind)}, "contact",
      {text_value(trimmed(value)), text_value(source), date_value(date)});
}

void enrol(Command& command, std::int64_t pupil, std::int64_t school_class, Date since,
           std::string_view order_number) {
  auto& database = command.database();
  require_kind(command, pupil, PersonKind::pupil, "Нет такого обучающегося");
  const auto year =
      one_integer(database, "SELECT year FROM school_class WHERE id = ?", {school_class});
  require(year.has_value(), "Нет такого класса");
  require(since.school_year() == *year, "Зачисление: день не из учебного года этого класса");
  require_at_most(order_number, limits::kNumberBytes, "Номер приказа");
  require(!has_row(database,
                   "SELECT 1 FROM enrolment e JOIN school_class k ON k.id = e.school_class "
                   "WHERE e.pupil = ?1 AND (e.until IS NULL OR e.until >= ?2) AND "
                   "k.year = (SELECT year FROM school_class WHERE id = ?3)",
                   {pupil, date_value(since), school_class}),
          "Обучающийся уже числится в классе: сначала переведите или отчислите его");
  put(command, "enrolment", {pupil, school_class, date_value(since)}, "stay",
      {Null{}, text_or_null(order_number)});
}

void leave_class(Command& command, std::int64_t pupil, std::int64_t school_class, Date last_day,
                 std::string_view order_number) {
  require_at_most(order_number, limits::kNumberBytes, "Номер приказа");
  const auto since = one_text(
      command.database(),
      "SELECT since FROM enrolment WHERE pupil = ?1 AND school_class = ?2 AND since <= ?3 AND "
      "(until IS NULL OR until >= ?3) ORDER BY since DESC LIMIT 1",
      {pupil, school_class, date_value(last_day)});
  if (!since) {
    refuse("Обучающийся {1} не числится в этом классе", {last_day.russian()});
  }
  put(command, "enrolment", {pupil, school_class, text_value(*since)}, "stay",
      {date_value(last_day), text_or_null(order_number)});
  leave_subgroups(command, pupil, school_class, last_day);
}

void dismiss(Command& command, std::int64_t pupil, std::int64_t school_class, Date last_day,
             std::string_view order_number) {
  leave_class(command, pupil, school_class, last_day, order_number);
  drop_stays(command, pupil, last_day.plus(1));
}

void transfer(Command& command, std::int64_t pupil, std::int64_t from, std::int64_t to, Date since,
              std::string_view order_number) {
  require(from != to, "Перевод: это тот же класс");
  leave_class(command, pupil, from, since.plus(-1), order_number);
  drop_stays(command, pupil, since, since);
  enrol(command, pupil, to, since, order_number);
}

void add_excuse(Command& command, std::int64_t pupil, Date since, Date until, ExcuseReason reason,
                std::string_view document) {
  require_kind(command, pupil, PersonKind::pupil, "Нет такого обучающегося");
  require(since <= until, "Справка: последний день раньше первого");
  require_text(document, limits::kNumberBytes, "Документ");
  if (exists(command.database(), "excuse", {pupil, date_value(since)})) {
    refuse("Документ с {1} уже записан: сначала отзовите его", {since.russian()});
  }
  put(command, "excuse", {pupil, date_value(since)}, "excuse",
      {date_value(until), text_value(word_of(reason)), text_value(trimmed(document))});
}

void remove_excuse(Command& command, std::int64_t pupil, Date since) {
  require(remove(command, "excuse", {pupil, date_value(since)}), "Такой справки уже нет");
}

}  // namespace zimnik::journal
