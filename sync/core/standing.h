// What two replicas are known to hold, both of them: the ground that their next messages build
// on.
#pragma once

#include <vector>

#include "sync/core/frontier.h"

namespace zimnik::sync {

/// A frontier, and the sites whose certified records are held.
struct Standing {
  Frontier tips;
  std::vector<SiteId> sites;  ///< sorted, none twice
  bool operator==(const Standing&) const = default;
};

/// Names a standing between two who may both have it. Zero names none.
using StandingId = FixedBytes<8, struct StandingTag>;
StandingId id_of(const Standing& standing);
/// Whether two replicas hold the same set of this stream: equal, then and only then. Certified
/// records count to the shared stream.
Digest digest(const Standing& standing, Stream stream);

void write_standing(Writer& writer, const Standing& standing);
Standing read_standing(Reader& reader);

/// One stretch of a log that a message brought: `from` is where it is attached.
struct Advance {
  Tip from;  ///< size 0 for the start of the log
  Tip to;
};
/// The standing after an advance: `to` takes the place of `from`, or stands beside what is there
/// where `from` has already given way (the log forked).
void advance(Standing& standing, const Advance& advance);
void add_site(Standing& standing, const SiteId& site);

}  // namespace zimnik::sync
