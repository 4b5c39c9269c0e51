// Which of a school's sites go on from which: by their logs, and by what stands in hub.db: a
// successor that the hub has certified writes that into a log only when it has its lost work back.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "hub/hub.h"
#include "sync/store/replica.h"

namespace zimnik::hub {

struct KnownSuccession {
  sync::SiteId from, to;
  sync::Time at;
  std::string how;  ///< for operators: why, or how it is known
};

/// Each once; those of logs first.
std::vector<KnownSuccession> known_successions(Hub& hub, sync::Replica& replica,
                                               const sync::SchoolId& id);

/// Who goes on from a site, and who from those, and so on. Each once, the nearest first.
std::vector<sync::SiteId> successors_of(const std::vector<KnownSuccession>& successions,
                                        const sync::SiteId& site);

/// Sites that nobody waits for: another goes on from them. One that was in exchange since it was
/// replaced isn't among them: it is a twin, and at work.
std::set<sync::SiteId> replaced_sites(Hub& hub, sync::Replica& replica, const sync::SchoolId& id);

/// Notes in hub.db what logs say, by the hub's clock.
void note_logged_successions(Hub& hub, sync::Replica& replica, const sync::SchoolId& id);

}  // namespace zimnik::hub
