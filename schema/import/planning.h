// What each kind of file is planned with: the school as it is, and a plan that grows row by row.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "schema/import/plan.h"
#include "schema/import/school_now.h"

namespace zimnik::journal {

class Planning {
 public:
  Planning(sync::Database& database, const ImportOptions& options, NewIds& ids)
      : database_(database), options_(options), ids_(ids), school_(database, options.year) {}

  sync::Database& database() { return database_; }
  const ImportOptions& options() const { return options_; }
  SchoolNow& school() { return school_; }
  const SchoolNow& school() const { return school_; }

  std::int64_t new_id() { return ids_.next(); }
  std::int64_t new_person();  ///< an id, and the wish for a key
  /// What follows is of this file of an archive.
  void begin_file(std::string name) { file_ = std::move(name); }
  void fault(std::size_t line, sync::Phrase why) {
    plan_.faults.push_back({line, std::move(why), file_});
  }
  void add(Change change) {
    change.file = file_;
    plan_.changes.push_back(std::move(change));
  }
  /// In order of their lines, with these faults of the sheet itself.
  Plan finish(std::vector<Fault> of_sheet);

  // Each of these gives nothing, and a fault, where the name leads nowhere.
  const ClassNow* class_named(std::size_t line, std::string_view text);
  std::optional<std::int64_t> subject_named(std::size_t line, std::string_view text);
  std::optional<std::int64_t> teacher_named(std::size_t line, std::string_view text);
  std::optional<int> hours_from(std::size_t line, std::string_view text);
  /// The subject of that name, made where there is none.
  std::int64_t subject_for(std::size_t line, const std::string& name);
  /// The class's subgroup of that name, made where there is none.
  std::int64_t group_for(std::size_t line, const ClassNow& school_class, const std::string& name);

 private:
  sync::Database& database_;
  const ImportOptions& options_;
  NewIds& ids_;
  SchoolNow school_;
  std::string file_;
  Plan plan_;
};

/// Adds «{what}: {before} → {after}» to the details where the two differ.
void note_difference(std::vector<sync::Phrase>& details, const char* pattern,
                     const std::string& before, const std::string& after);

}  // namespace zimnik::journal
