#include "schema/import/kinds.h"

#include "schema/import/csv.h"
#include "schema/query.h"

namespace zimnik::journal {

std::span<const ImportKind> import_kinds() {
  static const ImportKind kKinds[] = {
      kStaffFile,  kClassesFile,   kPupilsFile, kCurriculumFile, kLoadFile,
      kGroupsFile, kTimetableFile, kFetFile,    kLessonPlanFile, kOneRosterFile};
  return kKinds;
}

const ImportKind* import_kind(std::string_view code) {
  for (const auto& kind : import_kinds()) {
    if (code == kind.code) return &kind;
  }
  return nullptr;
}

Plan plan_import(sync::Database& database, const ImportKind& kind, std::string_view bytes,
                 const ImportOptions& options, NewIds& ids) {
  ids.rewind();
  try {
    auto sheet = read_sheet(bytes, kind.columns);
    leave_out_faulty(sheet);
    const Snapshot snapshot(database);
    Planning planning(database, options, ids);
    kind.plan(planning, sheet.rows);
    return planning.finish(sheet.faults);
  } catch (const BadFile& bad) {
    Plan plan;
    plan.faults.push_back(bad.fault());
    return plan;
  }
}

Plan plan_archive(sync::Database& database, const ImportKind& kind, const ImportFiles& files,
                  const ImportOptions& options, NewIds& ids) {
  ids.rewind();
  const Snapshot snapshot(database);
  Planning planning(database, options, ids);
  kind.plan_files(planning, files);
  return planning.finish({});
}

std::string import_template(const ImportKind& kind) {
  std::vector<std::string> heading, row;
  for (const auto& column : kind.columns) {
    heading.emplace_back(column.name);
    row.emplace_back(column.example);
  }
  return csv_text({heading, row});
}

}  // namespace zimnik::journal
