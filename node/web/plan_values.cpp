#include "node/web/plan_values.h"

namespace zimnik::node {

using journal::Effect;

namespace {

constexpr std::size_t kShownRows = 1000;

const char* sign_of(Effect effect) {
  switch (effect) {
    case Effect::added:
      return "новое";
    case Effect::changed:
      return "изменится";
    case Effect::removed:
      return "уберётся";
    case Effect::same:
      return "без изменений";
  }
  return "";
}

/// 0 has no line of its own; a file of an archive is named.
std::string line_text(const std::string& file, std::size_t line) {
  if (line == 0) return file.empty() ? "—" : file;
  return (file.empty() ? "" : file + ", ") + std::to_string(line);
}

web::Values values_of(const journal::Change& change, const web::Translator& translate) {
  web::List details;
  for (const auto& detail : change.details) {
    details.push_back(web::Values{{"text", translate(detail)}});
  }
  return {{"line", line_text(change.file, change.line)},
          {"effect", translate(std::string(sign_of(change.effect)))},
          {"same", change.effect == Effect::same},
          {"removed", change.effect == Effect::removed},
          {"what", translate(change.what)},
          {"details", details}};
}

}  // namespace

void add_plan(web::Values& values, const journal::Plan& plan, const web::Translator& translate) {
  web::List changes, faults;
  for (const auto& change : plan.changes) {
    if (changes.size() == kShownRows) break;
    changes.push_back(values_of(change, translate));
  }
  for (const auto& fault : plan.faults) {
    if (faults.size() == kShownRows) break;
    faults.push_back(
        web::Values{{"line", line_text(fault.file, fault.line)}, {"why", translate(fault.why)}});
  }
  const auto count = [&](Effect effect) { return std::to_string(plan.count(effect)); };
  values["added"] = count(Effect::added);
  values["changed"] = count(Effect::changed);
  values["removed"] = count(Effect::removed);
  values["same"] = count(Effect::same);
  values["fault_count"] = std::to_string(plan.faults.size());
  values["not_shown"] = std::to_string(plan.changes.size() - changes.size());
  values["any_not_shown"] = plan.changes.size() > changes.size();
  values["is_good"] = plan.faults.empty();
  const bool is_same = plan.faults.empty() && plan.changes_nothing();
  const bool has_rows = plan.count(Effect::same) > 0;
  values["is_same"] = is_same && has_rows;
  values["is_empty"] = is_same && !has_rows;
  values["may_confirm"] = plan.faults.empty() && !plan.changes_nothing();
  values["any_changes"] = !changes.empty();
  values["changes"] = changes;
  values["faults"] = faults;
  values["shown"] = plan.digest();
}

}  // namespace zimnik::node
