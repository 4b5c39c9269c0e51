// A file whose first row names its columns, as rows that can be read by those names. Pure; any
// thread.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "schema/import/csv.h"
#include "schema/import/fault.h"
#include "schema/limits.h"

namespace zimnik::journal {

struct Column {
  const char* name;                             ///< as the file's heading has it, whatever the case
  const char* example;                          ///< a value, for the file that people begin with
  bool is_needed = false;                       ///< the column is there, and filled in each row
  std::size_t most_bytes = limits::kNameBytes;  ///< of a value
  bool has_lines = false;                       ///< a value may have several, and becomes one
};

struct SheetRow {
  std::size_t line = 0;
  std::map<std::string, std::string, std::less<>> cells;

  /// Without blanks at its ends; empty where the row or the file hasn't got it.
  std::string operator[](std::string_view column) const;
};

struct Sheet {
  std::vector<SheetRow> rows;
  std::vector<Fault> faults;  ///< cells that no kind of file could take
};

/// Columns of other names are left out. Throws BadFile where a needed column isn't there, or a
/// column is there twice.
Sheet read_sheet(std::string_view bytes, std::span<const Column> columns,
                 const CsvBounds& bounds = {});
/// A row with a fault of its own is named by that, and planned no further.
void leave_out_faulty(Sheet& sheet);

}  // namespace zimnik::journal
