// The versions of a cell, read from the log. One thread.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "sync/core/act.h"
#include "sync/core/cell.h"
#include "sync/core/schema.h"
#include "sync/store/log.h"

namespace zimnik::sync {

/// Names a cell.
struct CellName {
  const Table& table;
  const Key& key;
  std::uint32_t group;
};

/// The person that a personal column of this row names; null where that isn't said.
Value person_of(const Table& table, const Group& group, std::span<const Value> key,
                std::span<const Value> values, std::size_t column);

class Versions {
 public:
  Versions(const Schema& schema, Log& log) : schema_(schema), log_(log) {}

  /// A cell's versions, from these back through all that they overwrite, judged by `verdict`.
  /// What isn't a version of this cell, or is malformed, is left out. `over_elsewhere`, where
  /// given, is told of each leaf whose `over` names no version of the cell.
  std::vector<Version> reached(const CellName& cell, std::vector<Arrival> from,
                               const Verdict& verdict,
                               const std::function<void(Arrival)>& over_elsewhere = nullptr);

  /// What one leaf wrote to a cell; nothing where it wrote nothing to it, or what is malformed.
  std::optional<CellWrite> find(const CellName& cell, Arrival arrival);

  /// The values of a cell write as they can be read and shown here. `is_erased` says whether one
  /// was forgotten.
  std::vector<Value> readable_values(const CellName& cell, const CellWrite& write,
                                     const Verdict& verdict, bool& is_erased);

 private:
  const CellWrite* look(const CellName& cell, Arrival arrival);
  Version version(const CellName& cell, Arrival arrival, const CellWrite& write,
                  const Verdict& verdict);

  const Schema& schema_;
  Log& log_;
};

}  // namespace zimnik::sync
