// CSV as Excel writes it: ";", "," or tab, with or without a byte order mark, UTF-8, UTF-16 with
// its mark, or Windows-1251. Pure; any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace zimnik::node {

struct CsvRow {
  std::size_t line = 0;  ///< of the file, from 1, where the row begins
  std::vector<std::string> fields;
};

/// All rows that aren't empty. The separator is the one that the first line has most of; fields in
/// quotes may hold separators and line ends. Throws std::runtime_error, with the line, where a
/// quote isn't closed or the text is in none of the encodings.
std::vector<CsvRow> read_csv(std::string_view bytes);

}  // namespace zimnik::node
