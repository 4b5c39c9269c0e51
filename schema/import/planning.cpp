#include "schema/import/planning.h"

#include <algorithm>
#include <tuple>

#include "schema/commands/course.h"
#include "schema/import/folding.h"
#include "schema/limits.h"

namespace zimnik::journal {

std::int64_t Planning::new_person() {
  plan_.new_people.push_back(ids_.next());
  return plan_.new_people.back();
}

Plan Planning::finish(std::vector<Fault> of_sheet) {
  auto& faults = plan_.faults;
  faults.insert(faults.end(), of_sheet.begin(), of_sheet.end());
  std::stable_sort(faults.begin(), faults.end(), [](const Fault& left, const Fault& right) {
    return std::tie(left.file, left.line) < std::tie(right.file, right.line);
  });
  return std::move(plan_);
}

const ClassNow* Planning::class_named(std::size_t line, std::string_view text) {
  const auto* found = school_.class_named(text);
  if (found == nullptr && !text.empty()) {
    fault(line, {"класса «{1}» в этом году нет", {std::string(text)}});
  }
  return found;
}

std::optional<std::int64_t> Planning::subject_named(std::size_t line, std::string_view text) {
  const auto found = school_.subject_named(text);
  if (!found && !text.empty()) fault(line, {"предмета «{1}» нет", {std::string(text)}});
  return found;
}

std::optional<std::int64_t> Planning::teacher_named(std::size_t line, std::string_view text) {
  const auto found = school_.staff_named(text);
  if (found.size() == 1) return found.front();
  fault(line, found.empty()
                  ? sync::Phrase{"сотрудника «{1}» нет", {std::string(text)}}
                  : sync::Phrase{"«{1}»: подходят несколько сотрудников, нужны имя и отчество",
                                 {std::string(text)}});
  return std::nullopt;
}

std::optional<int> Planning::hours_from(std::size_t line, std::string_view text) {
  const auto hours = whole_number_from(text);
  if (hours && *hours >= 1 && *hours <= limits::kYearHours) return hours;
  if (!text.empty()) {
    fault(line, {"часы «{1}»: нужно целое число от 1 до {2}",
                 {std::string(text), std::to_string(limits::kYearHours)}});
  }
  return std::nullopt;
}

std::int64_t Planning::subject_for(std::size_t line, const std::string& name) {
  if (const auto found = school_.subject_named(name)) return *found;
  const auto id = new_id();
  school_.note_subject(id, name);
  add({line, Effect::added, {"Предмет «{1}»", {name}}, {}, [id, name](sync::Command& command) {
         set_subject(command, id, name);
       }});
  return id;
}

std::int64_t Planning::group_for(std::size_t line, const ClassNow& school_class,
                                 const std::string& name) {
  if (const auto* found = school_.group_named(school_class.id, name)) return found->id;
  const auto id = new_id();
  school_.note_group({id, school_class.id, name});
  add({line,
       Effect::added,
       {"Подгруппа «{1}» класса {2}", {name, school_class.text()}},
       {},
       [id, name, of = school_class.id](sync::Command& command) {
         set_group(command, id, name, "subgroup", of);
       }});
  return id;
}

void note_difference(std::vector<sync::Phrase>& details, const char* pattern,
                     const std::string& before, const std::string& after) {
  if (before == after) return;
  details.push_back({pattern, {before.empty() ? "—" : before, after.empty() ? "—" : after}});
}

}  // namespace zimnik::journal
