// CSV as Excel writes it: ";", "," or tab, with or without a byte order mark, UTF-8, UTF-16 with
// its mark, or Windows-1251. Pure; any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "schema/limits.h"

namespace zimnik::journal {

struct CsvRow {
  std::size_t line = 0;  ///< of the file, from 1, where the row begins
  std::vector<std::string> fields;
};

/// What a file may have at most.
struct CsvBounds {
  std::size_t bytes = limits::kImportBytes;
  std::size_t rows = limits::kImportRows;
};

/// All rows that aren't empty. The separator is the one that the first line has most of; fields in
/// quotes may hold separators and line ends. Throws BadFile for an Excel workbook, and where a
/// quote isn't closed, the text is in none of the encodings, or a bound is passed.
std::vector<CsvRow> read_csv(std::string_view bytes, const CsvBounds& bounds = {});

enum class CsvForm : std::uint8_t {
  excel,   ///< as Excel opens it here: a byte order mark, ";", CRLF
  rfc4180  ///< as programs exchange it: no mark, ",", CRLF
};
/// An apostrophe stands before a field that Excel would take for a formula (= + - @, tab, CR).
std::string csv_text(const std::vector<std::vector<std::string>>& rows,
                     CsvForm form = CsvForm::excel);
/// A field without such an apostrophe.
std::string_view without_apostrophe(std::string_view field);

}  // namespace zimnik::journal
