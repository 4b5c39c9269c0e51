// Classes of the school year, with the buildings that they name.
#include <map>

#include "schema/import/folding.h"
#include "schema/import/kinds.h"

namespace zimnik::journal {

using sync::Command;

namespace {

constexpr Column kColumns[] = {{"Класс", "7А", true, limits::kNumberBytes},
                               {"Смена", "1"},
                               {"Здание", "Главное здание"},
                               {"Классный руководитель", "Иванова А. И."}};
constexpr const char* kMainBuilding = "Главное здание";

/// The building of the row; where it names none, the school's first one. Made where there is none.
std::int64_t branch_for(Planning& planning, const SheetRow& row) {
  auto name = row["Здание"];
  const auto& known = planning.school().branches();
  if (name.empty() && !known.empty()) return known.front();
  if (name.empty()) name = kMainBuilding;
  if (const auto found = planning.school().branch_named(name)) return *found;
  const auto id = planning.new_id();
  planning.school().note_branch(id, name);
  planning.add(
      {row.line, Effect::added, {"Здание «{1}»", {name}}, {}, [id, name](Command& command) {
         set_branch(command, id, name, "");
       }});
  return id;
}

/// Nothing, and a fault, where it is none.
std::optional<int> shift_from(Planning& planning, const SheetRow& row, int otherwise) {
  const auto text = row["Смена"];
  if (text.empty()) return otherwise;
  const auto shift = whole_number_from(text);
  if (shift && (*shift == 1 || *shift == 2)) return shift;
  planning.fault(row.line, {"смена «{1}»: нужна 1 или 2", {text}});
  return std::nullopt;
}

void plan_row(Planning& planning, const SheetRow& row, const ClassText& name) {
  auto& school = planning.school();
  const auto* known = school.class_named(row["Класс"]);
  const bool is_new = known == nullptr;
  const auto now = is_new ? ClassNow{} : *known;
  const auto shift = shift_from(planning, row, is_new ? 1 : now.name.shift);
  std::optional<std::int64_t> teacher;
  if (!row["Классный руководитель"].empty()) {
    teacher = planning.teacher_named(row.line, row["Классный руководитель"]);
    if (!teacher) return;
  }
  if (!shift) return;
  ClassName wanted{planning.options().year, name.grade_level, name.letter, now.name.branch, *shift};
  if (is_new || !row["Здание"].empty()) wanted.branch = branch_for(planning, row);
  const bool is_led = teacher && teacher != now.class_teacher;
  const bool is_named = is_new || wanted.branch != now.name.branch || *shift != now.name.shift;
  const auto title = std::to_string(name.grade_level) + name.letter;
  Change change{row.line, is_new ? Effect::added : Effect::changed, {"Класс {1}", {title}}};
  if (is_led) {
    change.details.push_back({"классный руководитель: {1}", {school.staff_name(*teacher)}});
  }
  if (!is_new) {
    note_difference(change.details, "смена: {1} → {2}", std::to_string(now.name.shift),
                    std::to_string(*shift));
    if (wanted.branch != now.name.branch)
      change.details.push_back({"здание: {1}", {row["Здание"]}});
  }
  if (!is_named && !is_led) {
    change.effect = Effect::same;
  } else {
    const auto id = is_new ? id_for_class(planning.database(), wanted) : now.id;
    if (is_new) school.note_class({id, wanted, teacher});
    change.write = [=](Command& command) {
      if (is_named) set_class(command, id, wanted);
      if (is_led) set_class_teacher(command, id, teacher);
    };
  }
  planning.add(std::move(change));
}

void plan(Planning& planning, const std::vector<SheetRow>& rows) {
  std::map<std::string, std::size_t> lines;  // of which class a row has spoken
  for (const auto& row : rows) {
    const auto name = class_from(row["Класс"]);
    if (!name) {
      planning.fault(row.line, {"класс «{1}»: нужны число от 1 до 11 и буква", {row["Класс"]}});
      continue;
    }
    const auto key = std::to_string(name->grade_level) + name->letter;
    const auto [seen, is_first] = lines.emplace(key, row.line);
    if (is_first) {
      plan_row(planning, row, *name);
    } else {
      planning.fault(row.line, {"повторяет строку {1}", {std::to_string(seen->second)}});
    }
  }
}

}  // namespace

const ImportKind kClassesFile = {
    "classes",
    "Классы",
    "Классы этого учебного года со сменой, зданием и классным руководителем. Здания, которых ещё "
    "нет, заводятся.",
    {Role::principal, Role::deputy_head, Role::technical_specialist},
    kColumns,
    plan};

}  // namespace zimnik::journal
