#include "schema/read/in_words.h"

#include <map>
#include <optional>
#include <set>

#include "schema/logins.h"
#include "schema/query.h"
#include "schema/read/courses.h"
#include "schema/read/people.h"
#include "schema/roles.h"
#include "schema/tables.h"
#include "schema/words.h"

namespace zimnik::journal {
namespace {

const std::map<std::string, std::string> kTables = {{"mark", "Отметка"},
                                                    {"lesson", "Урок"},
                                                    {"attendance", "Посещаемость"},
                                                    {"final_mark", "Итоговая отметка"},
                                                    {"consent", "Согласие"},
                                                    {"contact", "Контакт"},
                                                    {"excuse", "Справка или заявление"},
                                                    {"person", "Человек"},
                                                    {"enrolment", "Зачисление"},
                                                    {"account", "Учётная запись"},
                                                    {"role_grant", "Права"},
                                                    {"remark", "Замечание"},
                                                    {"message", "Сообщение"}};

const std::map<std::string, std::string> kGroups = {{"topic", "тема"},
                                                    {"homework", "домашнее задание"},
                                                    {"assignment", "учитель"},
                                                    {"protocol", "протокол"}};

void add(std::string& text, const std::string& part) {
  if (part.empty()) return;
  text += (text.empty() ? "" : ", ") + part;
}

std::string text_of(const sync::Value& value) {
  if (const auto* number = std::get_if<std::int64_t>(&value)) return std::to_string(*number);
  if (const auto* text = std::get_if<sync::Text>(&value)) return text->text;
  return "—";
}

const sync::Group* group_of(const std::string& table, const std::string& name) {
  const auto* declared = journal_schema().find(table);
  if (declared == nullptr) return nullptr;
  for (const auto& group : declared->groups) {
    if (group.name == name) return &group;
  }
  return nullptr;
}

/// What stands beside a value, by its column.
const std::map<std::string, const char*> kPatterns = {
    {"weight", "вес {1}"},         {"order_number", "приказ {1}"},
    {"topic_order", "приказ {1}"}, {"homework_order", "приказ {1}"},
    {"late_minutes", "{1} мин"},   {"protocol_number", "протокол {1}"},
    {"substitutes", "вместо {1}"}, {"plan_position", "строка КТП {1}"}};
const std::set<std::string> kPeople = {"teacher", "substitutes", "class_teacher",
                                       "author",  "person",      "pupil"};

/// The name of what a column refers to; the number itself where it isn't there.
std::string referred(sync::Database& database, const std::string& column, std::int64_t id) {
  if (kPeople.contains(column)) return journal::name_of(database, id).brief();
  if (column == "school_class") {
    if (const auto title = class_title(database, id)) return title->text();
  }
  if (column == "course") {
    if (const auto title = course_title(database, id)) return title->text();
  }
  if (column == "work_type" || column == "subject" || column == "study_group") {
    const auto name = one_text(database, "SELECT name FROM " + column + " WHERE id = ?", {id});
    if (name) return *name;
  }
  return std::to_string(id);
}

std::string word_of(sync::Database& database, const std::string& column, const sync::Value& value) {
  if (const auto* number = std::get_if<std::int64_t>(&value)) {
    return referred(database, column, *number);
  }
  const auto text = text_of(value);
  const auto date = Date::parse(text);
  return date ? date->russian() : text;
}

/// Nothing where it needn't be said: an empty value, a weight of one, homework that is there.
std::optional<sync::Phrase> in_words(sync::Database& database, const std::string& table,
                                     const std::string& column, const sync::Value& value) {
  const auto* number = std::get_if<std::int64_t>(&value);
  if (table == "mark" && column == "value" && sync::is_null(value)) return {{"долг"}};
  if (sync::is_null(value)) return std::nullopt;
  if (table == "contact" && column == "value" && text_of(value).empty()) return {{"убрано"}};
  if (column == "source" && text_of(value) == kByGuardian) return {{"сообщил сам"}};
  if (column == "weight" && number != nullptr && *number == 1) return std::nullopt;
  if (column == "not_assigned") {
    if (number == nullptr || *number == 0) return std::nullopt;
    return {{"не задано"}};
  }
  const auto pattern = kPatterns.find(column);
  return {
      {pattern == kPatterns.end() ? "{1}" : pattern->second, {word_of(database, column, value)}}};
}

}  // namespace

std::string name_of(const Place& place) {
  const auto table = kTables.find(place.table);
  std::string name = table == kTables.end() ? place.table : table->second;
  if (const auto group = kGroups.find(place.group); group != kGroups.end()) {
    add(name, group->second);
  }
  return name;
}

std::string whereabouts(sync::Database& database, const Place& place) {
  std::string text;
  if (place.lesson) {
    if (const auto course = course_title(database, place.lesson->course)) add(text, course->text());
    add(text, place.lesson->date.russian());
    add(text, "урок " + std::to_string(place.lesson->number));
  }
  for (const auto& person : {place.pupil, place.person}) {
    if (person) add(text, name_of(database, *person).plain());
  }
  return text.empty() ? sync::text_of(place.key) : text;
}

std::string role_name(const std::string& word) {
  const auto role = role_of(word);
  if (!role) return word;
  switch (*role) {
    case Role::principal:
      return "директор";
    case Role::deputy_head:
      return "завуч";
    case Role::technical_specialist:
      return "технический специалист";
    case Role::secretary:
      return "секретарь";
    case Role::class_teacher:
      return "классный руководитель";
    case Role::subject_teacher:
      return "учитель-предметник";
    case Role::additional_teacher:
      return "педагог дополнительного образования";
    case Role::guardian:
      return "законный представитель";
    case Role::pupil:
      return "обучающийся";
  }
  return word;
}

std::string author_name(sync::Database& database, const std::string& login) {
  auto person = person_of_family_author(login);
  if (!person) {
    const auto account = account_of(database, login);
    if (!account) return login;
    person = account->person;
  }
  const auto name = name_of(database, *person);
  return name.is_readable() ? name.brief() : login;
}

std::vector<sync::Phrase> values_in_words(sync::Database& database, const std::string& table,
                                          const std::string& group,
                                          const sync::HistoryItem& version) {
  if (version.op == sync::Op::tombstone) return {{"удалено"}};
  const auto* cell = group_of(table, group);
  std::vector<sync::Phrase> words;
  for (std::size_t i = 0; i < version.values.size(); ++i) {
    const auto column = cell != nullptr && i < cell->columns.size() ? cell->columns[i].name : "";
    if (auto phrase = in_words(database, table, column, version.values[i])) {
      words.push_back(std::move(*phrase));
    }
  }
  if (words.empty()) words.push_back({"пусто"});
  return words;
}

std::string text_of(sync::Database& database, const std::string& table, const std::string& group,
                    const sync::HistoryItem& version) {
  std::string text;
  for (const auto& phrase : values_in_words(database, table, group, version)) {
    text += (text.empty() ? "" : " · ") + phrase.text();
  }
  return text;
}

}  // namespace zimnik::journal
