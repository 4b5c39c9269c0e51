// A document of the school as it goes on paper: headings, tables, places to sign. Pure.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sync/core/ids.h"

namespace zimnik::paper {

struct Column {
  enum class Align : std::uint8_t { left, middle };
  std::string title;
  double width = 0;  ///< millimetres; 0: an equal share of what the others leave
  Align align = Align::middle;
  bool is_upright = false;  ///< its title is written from bottom to top
};

/// A row may have fewer cells than columns: the rest is empty.
using Row = std::vector<std::string>;

struct Table {
  std::string title;  ///< empty: none
  std::vector<Column> columns;
  std::vector<Row> rows;
};

/// Who signs: «Директор» and, where it is known, the name.
struct Signer {
  std::string role, name;
};

struct Paper {
  std::string name;  ///< of the document among the school's: «register/701/q1»
  bool is_landscape = false;
  std::string school, title;
  std::vector<std::string> facts;  ///< lines below the title
  std::vector<Table> tables;
  std::vector<std::string> notes;  ///< lines below the tables
  std::vector<Signer> signers;
};

/// Of all that is printed of it: two papers that read the same have the same. It stands in the
/// document's code; sync/PROTOCOL.md has its bytes.
sync::Hash digest_of(const Paper& paper);

}  // namespace zimnik::paper
