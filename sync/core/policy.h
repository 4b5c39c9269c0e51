// Which of several heads is shown, by law 5: a function of the heads alone, the same everywhere.
#pragma once

#include <cstdint>
#include <functional>
#include <span>

#include "sync/core/ids.h"
#include "sync/core/value.h"

namespace zimnik::sync {

/// Orders what is truly concurrent.
struct Stamp {
  Time time;
  SiteId site;
  std::uint64_t seq = 0;
  Hash leaf;
  auto operator<=>(const Stamp&) const = default;
};

/// A head that may be shown: what a policy sees of it.
struct Candidate {
  const Stamp& stamp;
  std::uint16_t rank;
  std::span<const Value> values;  ///< of the group's columns; all null where it was emptied
};

/// REQUIRES of `pick`: at least one candidate; the answer is an index of the shown one and doesn't
/// depend on their order.
struct Policy {
  std::function<std::size_t(std::span<const Candidate>)> pick;
  /// A command that would cover a head heavier than what it writes is refused. May be empty.
  std::function<std::int64_t(const Candidate&)> weight;
};

/// The latest by (time, site, seq, leaf hash).
Policy latest();
/// The heaviest by (basis of the values, rank), then the latest. `basis` says how strong the
/// cell's own columns make it: an order or a protocol is above none. 0 ≤ basis < 2^31.
Policy authority(std::function<std::int64_t(std::span<const Value>)> basis);
/// A refusal beats, then the latest.
Policy revocation_wins(std::function<bool(std::span<const Value>)> is_refusal);
/// One with a value beats one that is all null, then the latest.
Policy value_beats_clear();

}  // namespace zimnik::sync
