// The kinds of files that can be brought in. Each is a table of columns and a function that plans;
// a new kind is a file like pupils.cpp and a line in kinds.cpp.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>

#include "schema/import/planning.h"
#include "schema/import/sheet.h"
#include "schema/roles.h"

namespace zimnik::journal {

/// The files of an archive by their names.
using ImportFiles = std::map<std::string, std::string, std::less<>>;

struct ImportKind {
  const char* code;   ///< in addresses and commands; «pupils»
  const char* title;  ///< for people; translated by who shows it
  const char* note;   ///< what the file does, in a sentence
  Roles roles;        ///< who may bring it in
  std::span<const Column> columns;
  void (*plan)(Planning&, const std::vector<SheetRow>&);
  bool is_of_course = false;  ///< it is about one course, chosen beside the file
  bool has_since = false;     ///< what it begins has a first day
  /// Of an archive, in place of columns and plan; else null.
  void (*plan_files)(Planning&, const ImportFiles&) = nullptr;
  bool is_other_way = false;  ///< it brings in what kinds before it do, from another program
};

/// In the order in which a new school brings them in.
std::span<const ImportKind> import_kinds();
/// Null where there is none.
const ImportKind* import_kind(std::string_view code);

/// What the file would do to the school as it is. A file that can't be read is a plan of one fault.
/// Ids are taken from their beginning.
Plan plan_import(sync::Database& database, const ImportKind& kind, std::string_view bytes,
                 const ImportOptions& options, NewIds& ids);
/// The same of an archive's files. REQUIRES: the kind is one of archives.
Plan plan_archive(sync::Database& database, const ImportKind& kind, const ImportFiles& files,
                  const ImportOptions& options, NewIds& ids);
/// A file to begin with: the heading, and a row that shows what goes where.
std::string import_template(const ImportKind& kind);

// The kinds.
extern const ImportKind kStaffFile, kClassesFile, kPupilsFile, kGroupsFile, kCurriculumFile,
    kLoadFile, kTimetableFile, kFetFile, kLessonPlanFile, kOneRosterFile;

}  // namespace zimnik::journal
