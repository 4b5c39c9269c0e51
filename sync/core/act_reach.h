// What one act voids by itself, and what keeps one from being in force, for people who review what
// was done. Law 8.
#pragma once

#include <cstdint>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "sync/core/act.h"

namespace zimnik::sync {

/// Where an edit stands and who wrote it: all that makes it void.
struct PlacedEdit {
  LogId log;
  std::uint64_t seq = 0;
  const std::string& author;
  Time time;
};

/// The edits that an act makes void while it is in force: an account's of its interval; a site's
/// from its seqs on, and all of the sites that fell and lead back to that site. A pure function of
/// the act, the sites and the verdict.
class ActReach {
 public:
  /// REQUIRES: the act lives longer.
  ActReach(const Act& act, const KnownSites& sites, const Verdict& verdict);

  bool covers(const PlacedEdit& edit) const;
  /// Whether it is of the act's account, from before the act's moment.
  bool precedes(const std::string& author, Time time) const;

 private:
  const Act& act_;
  std::set<SiteId> fallen_;
};

/// The acts in force that undo this one, sorted. None where it is in force, or has no power by
/// itself: its rank is too low.
std::vector<Hash> undone_by(const PlacedAct& act, std::span<const PlacedAct> acts,
                            const KnownSites& sites, const Verdict& verdict);

}  // namespace zimnik::sync
