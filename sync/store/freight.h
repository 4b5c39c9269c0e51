// The leaves of one message: chosen in the order of arrival, which is causal, and packed into a
// batch that fits the budget.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sync/core/batch.h"
#include "sync/core/message.h"
#include "sync/store/log.h"

namespace zimnik::sync {

/// Leaves of a line that a peer lacks: seqs from + 1 … to.
struct Lack {
  LineId line = 0;
  std::uint64_t from = 0;
  std::uint64_t to = 0;
};

struct Freight {
  std::vector<LineId> lines;        ///< first those that bring leaves, then those only named
  std::vector<std::uint64_t> from;  ///< by line
  std::vector<std::uint64_t> to;    ///< by line; equal to `from` where it is only named
  std::string batch;                ///< empty where there are no leaves
  bool all = true;                  ///< nothing that the peer lacks was left out

  std::uint32_t index_of(LineId line) const;
};

/// Packs as many of the leaves as come to about `budget` bytes, at least one if there is any.
/// Personal values are opened where `opener` is given.
Freight pack(Log& log, const std::vector<Lack>& lacks, const Keyring* opener, std::size_t budget);

}  // namespace zimnik::sync
