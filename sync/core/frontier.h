// What a replica holds: for each log its tips.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "sync/core/bytes.h"
#include "sync/core/ids.h"

namespace zimnik::sync {

/// The end of one branch of a log: all leaves 1…size on the way to this one are held. A log has
/// one tip unless it forked.
struct Tip {
  LogId log;
  std::uint64_t size = 0;
  Hash leaf;
  auto operator<=>(const Tip&) const = default;
};

/// Sorted, no tip twice.
using Frontier = std::vector<Tip>;

/// The first half of a SHA-256.
using Digest = FixedBytes<16, struct DigestTag>;

/// Of the tips of one stream: two replicas that hold the same set have the same digest.
Digest digest(const Frontier& frontier, Stream stream);

Stream read_stream(Reader& reader);

void write_frontier(Writer& writer, const Frontier& frontier);
Frontier read_frontier(Reader& reader, const char* field);

}  // namespace zimnik::sync
