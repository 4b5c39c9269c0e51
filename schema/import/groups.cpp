// Who of a class is in which of its subgroups.
#include <map>

#include "schema/commands/course.h"
#include "schema/import/folding.h"
#include "schema/import/kinds.h"
#include "schema/query.h"
#include "schema/read/people.h"

namespace zimnik::journal {

using sync::Command;

namespace {

constexpr Column kColumns[] = {{"Класс", "7А", true},
                               {"Подгруппа", "1 группа", true},
                               {"Фамилия", "Иванов", true},
                               {"Имя", "Пётр", true},
                               {"Отчество", "Сергеевич"}};

/// The one of the class with these names, a missing patronymic fitting any.
std::optional<std::int64_t> pupil_of(Planning& planning, const SheetRow& row,
                                     const std::vector<NamedPerson>& pupils) {
  std::vector<std::int64_t> found;
  for (const auto& [id, name] : pupils) {
    if (folded(name.family_name) == folded(row["Фамилия"]) &&
        folded(name.given_name) == folded(row["Имя"]) &&
        (row["Отчество"].empty() || folded(name.patronymic) == folded(row["Отчество"]))) {
      found.push_back(id);
    }
  }
  if (found.size() == 1) return found.front();
  const auto name = row["Фамилия"] + " " + row["Имя"];
  planning.fault(row.line,
                 found.empty()
                     ? sync::Phrase{"в классе {1} нет такого: {2}", {row["Класс"], name}}
                     : sync::Phrase{"в классе {1} таких несколько: {2}", {row["Класс"], name}});
  return std::nullopt;
}

void plan(Planning& planning, const std::vector<SheetRow>& rows) {
  auto& database = planning.database();
  const auto since = first_day_for(database, "enrolment", planning.options());
  std::map<std::pair<std::int64_t, std::int64_t>, std::size_t> lines;
  for (const auto& row : rows) {
    const auto* school_class = planning.class_named(row.line, row["Класс"]);
    if (school_class == nullptr) continue;
    auto pupils = pupils_of_class(database, school_class->id, since);
    for (auto& noted : planning.school().noted_pupils(school_class->id)) {
      pupils.push_back(std::move(noted));
    }
    const auto pupil = pupil_of(planning, row, pupils);
    if (!pupil) continue;
    const auto group = planning.group_for(row.line, *school_class, row["Подгруппа"]);
    const auto [seen, is_first] = lines.emplace(std::pair(group, *pupil), row.line);
    if (!is_first) {
      planning.fault(row.line, {"повторяет строку {1}", {std::to_string(seen->second)}});
      continue;
    }
    const auto title =
        row["Фамилия"] + " " + row["Имя"] + ", " + school_class->text() + ", " + row["Подгруппа"];
    Change change{row.line, Effect::added, {"{1}", {title}}};
    const bool is_member = has_row(database,
                                   "SELECT 1 FROM group_member WHERE study_group = ? AND pupil = ? "
                                   "AND (until IS NULL OR until >= ?)",
                                   {group, *pupil, date_value(since)});
    if (is_member) {
      change.effect = Effect::same;
    } else {
      change.write = [=, id = *pupil](Command& command) { join_group(command, group, id, since); };
    }
    planning.add(std::move(change));
  }
}

}  // namespace

const ImportKind kGroupsFile = {
    "groups",
    "Подгруппы",
    "Кто из класса в какой подгруппе. Подгруппы, которых ещё нет, заводятся.",
    {Role::principal, Role::deputy_head, Role::technical_specialist},
    kColumns,
    plan,
    false,
    true};

}  // namespace zimnik::journal
