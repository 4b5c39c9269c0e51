#include "sync/core/act_reach.h"

#include <algorithm>

namespace zimnik::sync {
namespace {

/// The fallen sites that a chain of vouchers leads from back to this one. Ends, because a round
/// that finds no other is the last.
std::set<SiteId> fallen_with(const SiteId& root, const KnownSites& sites, const Verdict& verdict) {
  std::set<SiteId> result;
  for (bool changed = true; changed;) {
    changed = false;
    for (const auto& [id, site] : sites) {
      if (!verdict.has_fallen(id) || result.contains(id)) continue;
      const bool leads_back =
          std::any_of(site.vouched_by.begin(), site.vouched_by.end(),
                      [&](const SiteId& by) { return by == root || result.contains(by); });
      if (leads_back) changed = result.insert(id).second;
    }
  }
  return result;
}

}  // namespace

ActReach::ActReach(const Act& act, const KnownSites& sites, const Verdict& verdict) : act_(act) {
  const auto* site = std::get_if<VoidSite>(&act.what);
  if (site != nullptr) fallen_ = fallen_with(site->site, sites, verdict);
}

bool ActReach::covers(const PlacedEdit& edit) const {
  if (const auto* account = std::get_if<VoidAccount>(&act_.what)) {
    return edit.author == account->author && edit.time >= account->from &&
           (!account->until || edit.time < *account->until);
  }
  const auto* site = std::get_if<VoidSite>(&act_.what);
  if (site == nullptr) return false;
  const Starts starts{site->shared_from, site->school_from};
  return fallen_.contains(edit.log.site) ||
         (edit.log.site == site->site && starts.cover(edit.log, edit.seq));
}

bool ActReach::precedes(const std::string& author, Time time) const {
  const auto* account = std::get_if<VoidAccount>(&act_.what);
  return account != nullptr && author == account->author && time < account->from;
}

}  // namespace zimnik::sync
