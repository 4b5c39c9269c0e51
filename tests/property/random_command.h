// A random command of plain SQL on a few rows, and a record of what it did there.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "sync/store/replica.h"
#include "tests/property/dice.h"

namespace zimnik::property {

/// What a command did to one row.
struct RowDeed {
  enum class What : std::uint8_t { insert, update, erase, rewrite, keep, nothing };
  What what = What::nothing;
  const sync::Table* table = nullptr;
  sync::Key key;
  std::optional<std::uint32_t> kept;  ///< the group that was written by keep()
  /// What plain SQL read before and after, behind the key; nothing where there was no row.
  std::optional<std::vector<sync::Value>> before, after;

  /// The values of one group at the end of the command. REQUIRES: `after` has a value.
  std::vector<sync::Value> typed(std::uint32_t group) const;
  bool changed(std::uint32_t group) const;
};

class RandomCommand {
 public:
  /// REQUIRES: the schema lives longer.
  RandomCommand(const sync::Schema& schema, Dice dice) : schema_(schema), dice_(dice) {}

  void run(sync::Command& command);
  /// No row twice. Incomplete where run() threw.
  const std::vector<RowDeed>& deeds() const { return deeds_; }
  std::string describe() const;

 private:
  void touch_row(sync::Command& command);
  void insert(sync::Command& command, const RowDeed& deed);
  void update(sync::Command& command, const RowDeed& deed);
  void erase(sync::Command& command, const RowDeed& deed);
  std::vector<sync::Value> some_key(const sync::Table& table);
  sync::Value some_value(const sync::Column& column);

  const sync::Schema& schema_;
  Dice dice_;
  std::vector<RowDeed> deeds_;
};

}  // namespace zimnik::property
