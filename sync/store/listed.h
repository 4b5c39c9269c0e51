// What a replica lists for people, and what it tells of its past.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sync/core/policy.h"
#include "sync/core/row.h"
#include "sync/core/transaction.h"

namespace zimnik::sync {

/// One version of a cell, with what became of it.
struct HistoryItem {
  std::uint64_t arrival;
  Status status;
  Op op;
  std::vector<Value> values;  ///< as they can be read here
  Origin origin;
  Stamp stamp;
};

/// A row or cell that people should look at.
struct Listed {
  /// Persisted: do not change.
  enum class Reason : std::uint8_t { conflict = 1, deleted_but_edited = 2, orphaned = 3 };
  std::uint32_t table;
  Key key;
  std::uint32_t group;  ///< 0 where it is about the row
  Reason reason;
  bool operator==(const Listed&) const = default;
};

/// Something odd about a leaf, seen here; not part of the state.
struct Flag {
  /// Persisted: do not change.
  enum class Reason : std::uint8_t {
    clock = 1,  ///< its time is far from its neighbours'
    over = 2,   ///< it overwrites what is no version of the same cell
  };
  std::uint64_t arrival;
  Reason reason;
};

}  // namespace zimnik::sync
