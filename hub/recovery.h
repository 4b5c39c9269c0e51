// A school whose hub was restored from a backup. Acts that were made since, a revocation of a
// stolen machine say, aren't in the backup: other sites hold them. So the school is closed at
// first: what sites bring is taken, since an act makes void also what came before it, but nobody is
// given anything, and nothing is shown to parents. It opens once every site that could bring an act
// was heard wholly, or an operator says so.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "hub/hub.h"
#include "sync/core/phrase.h"
#include "sync/store/replica.h"

namespace zimnik::hub {

/// Sites that haven't been heard since the school was restored: certified, neither revoked nor a
/// hub nor replaced (successions.h).
std::vector<sync::SiteId> unheard_sites(Hub& hub, const net::LockedSchool& school,
                                        const sync::SchoolId& id);

/// The earlier hub's site is refused from now on, should it ever be seen again; all that it wrote
/// counts, what comes of it later too. REQUIRES: the replica is a hub's.
void retire_hub(sync::Replica& replica, const sync::SiteId& site, sync::Time now);

/// Notes what a site of a restored school brought, and opens the school where it was the last one
/// to be heard; then it gives true.
bool hear(Hub& hub, const net::PeerIdentity& peer, const net::LockedSchool& school,
          const sync::Received& received);

/// Opens a school that is closed and of which nobody is left to be heard; then it gives true.
bool open_where_all_were_heard(Hub& hub, const net::LockedSchool& school, const sync::SchoolId& id);

/// For operators: of what the school was restored, whether it is open, which sites weren't heard,
/// and how many entries came that the backup didn't have. Nothing where it wasn't restored.
std::optional<sync::Phrase> recovery_text(Hub& hub, School& school);

}  // namespace zimnik::hub
