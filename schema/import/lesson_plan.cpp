// A course's lesson plan (КТП), whole: lines that the file hasn't got any more are taken away.
#include <map>

#include "schema/commands/lesson_plan.h"
#include "schema/import/folding.h"
#include "schema/import/kinds.h"
#include "schema/read/lesson_plan.h"

namespace zimnik::journal {

using sync::Command;

namespace {

constexpr Column kColumns[] = {
    {"№", "1"},
    {"Раздел", "Натуральные числа", false, limits::kTopicBytes, true},
    {"Тема", "Десятичная запись", true, limits::kTopicBytes, true},
    {"Часы", "1"},
    {"Вид работы", ""},
    {"Домашнее задание", "§ 1, № 3", false, limits::kHomeworkBytes, true}};

/// A number of a column between 1 and `most`; `otherwise` where there is none.
std::optional<int> number_in(Planning& planning, const SheetRow& row, const char* column, int most,
                             int otherwise) {
  const auto text = row[column];
  if (text.empty()) return otherwise;
  const auto number = whole_number_from(text);
  if (number && *number >= 1 && *number <= most) return number;
  planning.fault(row.line, {"{1}: «{2}», а нужно целое число от 1 до {3}",
                            {column, text, std::to_string(most)}});
  return std::nullopt;
}

std::optional<PlanLine> line_from(Planning& planning, const SheetRow& row) {
  const auto hours = number_in(planning, row, "Часы", limits::kPlanHours, 1);
  PlanLine line{row["Раздел"], row["Тема"], hours.value_or(1), {}, row["Домашнее задание"]};
  const auto work = row["Вид работы"];
  line.work_type = planning.school().work_type_named(work);
  if (!work.empty() && !line.work_type) {
    planning.fault(row.line, {"вида работы «{1}» нет", {work}});
    return std::nullopt;
  }
  if (!hours) return std::nullopt;
  return line;
}

bool is_same(const PlanLine& left, const PlanLine& right) {
  return left.section == right.section && left.topic == right.topic && left.hours == right.hours &&
         left.work_type == right.work_type && left.homework == right.homework;
}

void plan_line(Planning& planning, std::size_t number, int position, const PlanLine& line,
               const PlannedLine* now) {
  const auto course = planning.options().course;
  const auto effect = now == nullptr        ? Effect::added
                      : is_same(line, *now) ? Effect::same
                                            : Effect::changed;
  Change change{number, effect, {"№ {1}: {2}", {std::to_string(position), line.topic}}};
  if (effect == Effect::changed) {
    note_difference(change.details, "тема: {1} → {2}", now->topic, line.topic);
    note_difference(change.details, "раздел: {1} → {2}", now->section, line.section);
    note_difference(change.details, "часы: {1} → {2}", std::to_string(now->hours),
                    std::to_string(line.hours));
    note_difference(change.details, "задание: {1} → {2}", now->homework, line.homework);
    if (now->work_type != line.work_type) change.details.push_back({"другой вид работы", {}});
  }
  if (effect != Effect::same) {
    change.write = [=](Command& command) { set_plan_line(command, course, position, line); };
  }
  planning.add(std::move(change));
}

void plan(Planning& planning, const std::vector<SheetRow>& rows) {
  const auto course = planning.options().course;
  std::map<std::int64_t, PlannedLine> now;
  for (const auto& line : plan_of_course(planning.database(), course)) now[line.position] = line;
  std::map<int, std::size_t> lines;  // of which position a row has spoken
  int next = 1;
  for (const auto& row : rows) {
    const auto position = number_in(planning, row, "№", limits::kPlanLines, next);
    const auto line = line_from(planning, row);
    if (!position || !line) continue;
    next = *position + 1;
    const auto [seen, is_first] = lines.emplace(*position, row.line);
    if (!is_first) {
      planning.fault(row.line, {"№ {1} уже есть в строке {2}",
                                {std::to_string(*position), std::to_string(seen->second)}});
      continue;
    }
    const auto known = now.find(*position);
    plan_line(planning, row.line, *position, *line, known == now.end() ? nullptr : &known->second);
  }
  for (const auto& [position, line] : now) {
    if (lines.contains(static_cast<int>(position))) continue;
    planning.add(
        {0,
         Effect::removed,
         {"№ {1}: {2}", {std::to_string(position), line.topic}},
         {},
         [course, at = position](Command& command) { remove_plan_line(command, course, at); }});
  }
}

}  // namespace

const ImportKind kLessonPlanFile = {
    "plan",
    "КТП",
    "Календарно-тематический план одного журнала целиком: строки, которых в файле больше нет, "
    "уберутся.",
    {Role::principal, Role::deputy_head, Role::technical_specialist, Role::subject_teacher,
     Role::additional_teacher},
    kColumns,
    plan,
    true};

}  // namespace zimnik::journal
