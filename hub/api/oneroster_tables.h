// The tables of a OneRoster archive as they are filled: a heading each, of OneRoster CSV Binding
// 1.2, and rows.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "schema/import/kinds.h"

namespace zimnik::hub {

/// Values by the names of their columns.
using RosterValues = std::map<std::string, std::string, std::less<>>;

class RosterTables {
 public:
  RosterTables();

  /// A row of that file; columns that aren't named stay empty. REQUIRES: the file has all of them.
  void add(const std::string& file, const RosterValues& values);
  /// Each as CSV, and manifest.csv. `system` is the code of who exports.
  journal::ImportFiles files(const std::string& system) const;

 private:
  struct Table {
    std::vector<std::string> columns;
    std::vector<std::vector<std::string>> rows;
  };
  std::map<std::string, Table, std::less<>> tables_;  ///< by file name without .csv
};

}  // namespace zimnik::hub
