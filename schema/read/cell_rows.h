// The rows that a cell of the grid is made of.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "schema/lesson_key.h"
#include "sync/core/value.h"
#include "sync/store/database.h"

namespace zimnik::journal {

/// The keys that marks of the cell have, and the next one each, which may have been and gone.
std::vector<sync::Key> mark_keys(sync::Database& database, const LessonKey& lesson,
                                 std::int64_t pupil);

struct CellRow {
  std::string table;
  sync::Key key;
};
/// Of the lesson itself, of the absence, and of the marks.
std::vector<CellRow> rows_of_cell(sync::Database& database, const LessonKey& lesson,
                                  std::int64_t pupil);

}  // namespace zimnik::journal
