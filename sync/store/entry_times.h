// When each transaction was entered, by its arrival number: for rules that judge many cells by the
// time of their entry. Kept in memory, 8 bytes a transaction; filled from the log. One thread at a
// time.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "sync/store/replica.h"

namespace zimnik::sync {

class EntryTimes {
 public:
  /// Takes what has arrived since, at most so many transactions of it. True once it has all.
  bool catch_up(Replica& replica, std::size_t most);
  /// Nothing where it couldn't be read, or didn't arrive yet.
  std::optional<Time> of(std::uint64_t arrival) const;

 private:
  std::vector<std::int64_t> times_;  ///< ms; of arrival 1 first; kUnknown where it can't be read
};

}  // namespace zimnik::sync
