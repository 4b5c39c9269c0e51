// The entry ids that this replica holds: of each page the ranges of its counters, a block of
// counters at a time, for others choose them and may leave a gap after each. One thread.
#pragma once

#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include "sync/core/ids.h"
#include "sync/store/database.h"

namespace zimnik::sync {

class EntryLedger {
 public:
  explicit EntryLedger(Database& database) : database_(database) {}

  static void create_tables(Database& database);
  bool holds(const EntryId& entry);
  void add(const EntryId& entry);
  /// Writes the blocks that changed.
  void flush();
  void clear();

 private:
  using Range = std::pair<std::uint32_t, std::uint32_t>;    ///< first and last counter
  using BlockId = std::pair<std::uint64_t, std::uint32_t>;  ///< page, number of the block
  struct Block {
    std::vector<Range> counters;  ///< ascending, not touching
    bool changed = false;
  };
  static BlockId block_of(const EntryId& entry);
  Block& block(const BlockId& id);

  Database& database_;
  std::map<BlockId, Block> blocks_;  ///< those that were asked for
  std::vector<BlockId> changed_;     ///< of them
};

}  // namespace zimnik::sync
