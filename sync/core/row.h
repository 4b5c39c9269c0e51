// The fold of a row from its cells, and what becomes of each version. Laws 6, 7 and 10.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "sync/core/cell.h"
#include "sync/core/schema.h"

namespace zimnik::sync {

/// Every version is exactly one of these, the first that fits.
enum class Status : std::uint8_t {
  unfolded,  ///< not decodable here
  is_void,
  erased,
  orphaned,  ///< the row's identifying cell has no head
  deleted,   ///< any version of a dead row; a tombstone head of a living one
  shown,
  equal,  ///< to the shown one
  conflicting,
  superseded,
};
const char* name_of(Status status);

/// Every version of one cell that this replica can decode, and of groups that it doesn't know.
struct Cell {
  bool known = true;  ///< the group is declared here
  std::vector<Version> versions;
};

struct RowFold {
  enum class State : std::uint8_t {
    absent,    ///< no head anywhere: all void
    dead,      ///< all heads are tombstones
    orphaned,  ///< the identifying cell has no head: listed, not shown
    live,
  };
  State state = State::absent;
  bool deleted_but_edited = false;  ///< live, with a tombstone among its heads
  std::map<std::uint32_t, CellFold> cells;
};

/// `cells` by group.
RowFold fold_row(const Table& table, const std::map<std::uint32_t, Cell>& cells);

/// What becomes of each version of one cell of the row: as many as `cell.versions`.
std::vector<Status> classify(const RowFold& row, std::uint32_t group, const Cell& cell,
                             const Policy* policy);

}  // namespace zimnik::sync
