// Law 2, read literally: what a save must say that its author saw.
#pragma once

#include <cstdint>
#include <set>
#include <vector>

#include "tests/model/naive_fold.h"

namespace zimnik::model {

/// A leaf as a replica holds it.
struct Arrived {
  std::uint64_t arrival = 0;
  Leaf leaf;
};

/// A save at a replica of the site `self`.
struct Save {
  sync::SiteId self;
  std::uint64_t page = 0;  ///< of its entry id
  sync::SiteId seen_site;  ///< where the page was read
  std::uint64_t seen_arrival = 0;
};

/// What the author of the save saw of all that the replica holds: what had arrived when the page
/// was read, if it was read here, and the page's own entries that were written here.
std::vector<Leaf> seen(const std::vector<Arrived>& held, const Save& save);

/// The versions that the save overwrites if it writes this cell: the heads of what was seen,
/// under the acts and successions that had arrived by then. `world` gives all else: the certified
/// sites are today's.
std::set<sync::Hash> expected_over(const World& world, const std::vector<Arrived>& held,
                                   const Save& save, const RowName& row, std::uint32_t group);

}  // namespace zimnik::model
