// The curriculum: what is asked of each class in a school year.
#include <map>

#include "schema/commands/course.h"
#include "schema/import/kinds.h"
#include "schema/query.h"

namespace zimnik::journal {

using sync::Command;

namespace {

constexpr Column kColumns[] = {
    {"Класс", "7А", true}, {"Предмет", "Алгебра", true}, {"Часы", "102", true}};

void plan(Planning& planning, const std::vector<SheetRow>& rows) {
  std::map<std::pair<std::int64_t, std::int64_t>, std::size_t> lines;
  for (const auto& row : rows) {
    const auto* school_class = planning.class_named(row.line, row["Класс"]);
    const auto hours = planning.hours_from(row.line, row["Часы"]);
    if (school_class == nullptr || !hours || row["Предмет"].empty()) continue;
    const auto subject = planning.subject_for(row.line, row["Предмет"]);
    const auto [seen, is_first] = lines.emplace(std::pair(school_class->id, subject), row.line);
    if (!is_first) {
      planning.fault(row.line, {"повторяет строку {1}", {std::to_string(seen->second)}});
      continue;
    }
    const auto now = one_integer(
        planning.database(), "SELECT hours FROM curriculum WHERE school_class = ? AND subject = ?",
        {school_class->id, subject});
    Change change{row.line,
                  now ? Effect::changed : Effect::added,
                  {"{1}, {2}", {school_class->text(), planning.school().subject_name(subject)}}};
    note_difference(change.details, "часы: {1} → {2}", now ? std::to_string(*now) : "",
                    std::to_string(*hours));
    if (change.details.empty()) {
      change.effect = Effect::same;
    } else {
      change.write = [=, id = school_class->id, count = *hours](Command& command) {
        set_curriculum(command, id, subject, count);
      };
    }
    planning.add(std::move(change));
  }
}

}  // namespace

const ImportKind kCurriculumFile = {
    "curriculum",
    "Учебный план",
    "Сколько часов за учебный год положено классу по предмету. Предметы, которых ещё нет, "
    "заводятся.",
    {Role::principal, Role::deputy_head, Role::technical_specialist},
    kColumns,
    plan};

}  // namespace zimnik::journal
