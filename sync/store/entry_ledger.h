// The entry ids that this replica holds: by page the ranges of its counters. One thread.
#pragma once

#include <cstdint>
#include <unordered_map>
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
  /// Writes the pages that changed.
  void flush();
  void clear();

 private:
  using Range = std::pair<std::uint32_t, std::uint32_t>;  ///< first and last counter
  struct Page {
    std::vector<Range> counters;  ///< ascending, not touching
    bool changed = false;
  };
  Page& page(std::uint64_t id);

  Database& database_;
  std::unordered_map<std::uint64_t, Page> pages_;  ///< those that were asked for
  std::vector<std::uint64_t> changed_;             ///< of them
};

}  // namespace zimnik::sync
