// Staff with their roles. Accounts aren't made here: a password isn't for a file.
#include <array>
#include <map>

#include "schema/access.h"
#include "schema/commands/account.h"
#include "schema/commands/person.h"
#include "schema/import/folding.h"
#include "schema/import/kinds.h"
#include "schema/query.h"
#include "schema/words.h"

namespace zimnik::journal {

using sync::Command;

namespace {

constexpr Column kColumns[] = {{"Фамилия", "Иванова", true},
                               {"Имя", "Анна", true},
                               {"Отчество", "Ильинична"},
                               {"Должность", "учитель, завуч", true}};

struct Position {
  const char* beginning;  ///< of the folded word
  Role role;
};
constexpr Position kPositions[] = {
    {"директор", Role::principal},
    {"завуч", Role::deputy_head},
    {"зам", Role::deputy_head},
    {"технический специалист", Role::technical_specialist},
    {"техник", Role::technical_specialist},
    {"секретарь", Role::secretary},
    {"делопроизводитель", Role::secretary},
    {"учитель", Role::subject_teacher},
    {"преподаватель", Role::subject_teacher},
    {"педагог", Role::additional_teacher},
};

std::optional<Role> role_from(const std::string& word) {
  for (const auto& position : kPositions) {
    if (word.starts_with(position.beginning)) return position.role;
  }
  return std::nullopt;
}

std::vector<std::string> words_of(const std::string& text) {
  std::vector<std::string> words(1);
  for (const char it : folded(text)) {
    if (it == ',' || it == '+' || it == '/' || it == ';') {
      words.emplace_back();
    } else if (it != ' ' || !words.back().empty()) {
      words.back() += it;
    }
  }
  std::erase_if(words, [](const std::string& word) { return word.empty(); });
  return words;
}

bool has_principal(Planning& planning) {
  return has_row(planning.database(),
                 "SELECT 1 FROM role_grant WHERE role = ? AND scope = '' AND state = ? LIMIT 1",
                 {text_value(word_of(Role::principal)), text_value(kGranted)});
}

/// Nobody makes by a file who is above: the technical specialist makes the principal of a school
/// that has none yet.
bool may_grant(Planning& planning, Role role) {
  const auto own = planning.options().role;
  if (own == Role::principal) return true;
  if (role == Role::principal) {
    return own == Role::technical_specialist && !has_principal(planning);
  }
  return own == Role::technical_specialist ||
         (role != Role::deputy_head && role != Role::technical_specialist);
}

std::vector<Role> roles_from(Planning& planning, const SheetRow& row) {
  std::vector<Role> roles;
  for (const auto& word : words_of(row["Должность"])) {
    const auto role = role_from(word);
    if (role) {
      roles.push_back(*role);
    } else {
      planning.fault(row.line,
                     {"должность «{1}»: нужны директор, завуч, технический специалист, секретарь, "
                      "учитель или педагог дополнительного образования",
                      {word}});
    }
  }
  return roles;
}

const char* title_of(Role role) {
  switch (role) {
    case Role::principal:
      return "роль: директор";
    case Role::deputy_head:
      return "роль: завуч";
    case Role::technical_specialist:
      return "роль: технический специалист";
    case Role::secretary:
      return "роль: секретарь";
    case Role::additional_teacher:
      return "роль: педагог дополнительного образования";
    default:
      return "роль: учитель";
  }
}

void plan_row(Planning& planning, const SheetRow& row, const std::vector<Role>& wanted) {
  const PersonNames names{row["Фамилия"], row["Имя"], row["Отчество"]};
  const auto title = names.family_name + " " + names.given_name +
                     (names.patronymic.empty() ? "" : " " + names.patronymic);
  const auto known = planning.school().staff_named(title);
  if (known.size() > 1) {
    planning.fault(row.line,
                   {"«{1}»: подходят несколько сотрудников, нужны имя и отчество", {title}});
    return;
  }
  const auto today = planning.options().today;
  const bool is_new = known.empty();
  std::vector<Role> roles;
  for (const auto role : wanted) {
    if (!is_new && has_role(planning.database(), known.front(), role, today)) continue;
    if (!may_grant(planning, role)) {
      planning.fault(row.line, {"{1} — её даёт директор", {title_of(role)}});
      return;
    }
    roles.push_back(role);
  }
  Change change{row.line, is_new ? Effect::added : Effect::changed, {"{1}", {title}}};
  for (const auto role : roles) change.details.push_back({title_of(role), {}});
  if (!is_new && roles.empty()) {
    change.effect = Effect::same;
  } else {
    const auto id = is_new ? planning.new_person() : known.front();
    if (is_new) {
      planning.school().note_staff(id, {names.family_name, names.given_name, names.patronymic});
    }
    change.write = [=](Command& command) {
      if (is_new) add_person(command, id, PersonKind::staff, names);
      for (const auto role : roles) grant_role(command, id, role, {}, "", today);
    };
  }
  planning.add(std::move(change));
}

void plan(Planning& planning, const std::vector<SheetRow>& rows) {
  std::map<std::string, std::size_t> lines;  // of whom a row has spoken
  for (const auto& row : rows) {
    const auto roles = roles_from(planning, row);
    const auto who = folded(row["Фамилия"] + "|" + row["Имя"] + "|" + row["Отчество"]);
    const auto [seen, is_first] = lines.emplace(who, row.line);
    if (is_first) {
      plan_row(planning, row, roles);
    } else {
      planning.fault(row.line, {"повторяет строку {1}", {std::to_string(seen->second)}});
    }
  }
}

}  // namespace

const ImportKind kStaffFile = {
    "staff",
    "Сотрудники",
    "Новые записываются, известным добавляются роли. Логины файлом не раздаются.",
    {Role::principal, Role::deputy_head, Role::technical_specialist},
    kColumns,
    plan};

}  // namespace zimnik::journal
