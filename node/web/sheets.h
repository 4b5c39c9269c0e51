// How the columns of a journal page are spread over sheets of paper. Pure.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "schema/read/journal_page.h"

namespace zimnik::node {

/// A column of marks: one work of a lesson.
struct SheetColumn {
  std::size_t lesson = 0;  ///< of JournalPage::lessons
  std::int64_t work = 1;
};
using Sheet = std::vector<SheetColumn>;

/// All columns in order, at most `most` on a sheet. A lesson that fits on a sheet isn't parted. At
/// least one sheet, which may be empty. REQUIRES: most > 0.
std::vector<Sheet> sheets_of(const journal::JournalPage& page, std::size_t most);

/// What the column has for a pupil, as it is printed: the first one of a lesson the absence too, a
/// retake after its mark: «н», «4», «2→4».
std::string sheet_text(const journal::PageCell& cell, std::int64_t work);

}  // namespace zimnik::node
