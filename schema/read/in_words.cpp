#include "schema/read/in_words.h"

#include <map>

#include "schema/read/courses.h"
#include "schema/read/people.h"
#include "schema/roles.h"

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
  const auto account = account_of(database, login);
  if (!account) return login;
  const auto name = name_of(database, account->person);
  return name.is_readable() ? name.brief() : login;
}

std::string text_of(const sync::HistoryItem& version) {
  if (version.op == sync::Op::tombstone) return "удалено";
  std::string text;
  for (const auto& value : version.values) {
    if (sync::is_null(value)) continue;
    text += (text.empty() ? "" : " · ") + text_of(value);
  }
  return text.empty() ? "пусто" : text;
}

}  // namespace zimnik::journal
