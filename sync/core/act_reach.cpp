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

std::vector<Hash> undone_by(const PlacedAct& act, std::span<const PlacedAct> acts,
                            const KnownSites& sites, const Verdict& verdict) {
  if (verdict.in_force(act.hash) || !has_power(act, sites)) return {};
  const auto rank = rank_of(act, sites);
  std::vector<Hash> undoing, rivals;
  for (const auto& other : acts) {
    const auto others_rank = rank_of(other, sites);
    if (others_rank < rank || !verdict.in_force(other.hash)) continue;
    const auto* revoke = std::get_if<Revoke>(&other.act.what);
    const ActReach reach(other.act, sites, verdict);
    const bool names_it = revoke != nullptr && revoke->act == act.hash;
    const bool covers_it = std::holds_alternative<VoidSite>(other.act.what) &&
                           reach.covers({{act.site, Stream::shared}, act.seq, "", {}});
    if (names_it || (covers_it && others_rank > rank)) undoing.push_back(other.hash);
    if (covers_it && others_rank == rank) rivals.push_back(other.hash);
  }
  // Of equal rank only those count that it would undo in its turn, so nothing else may have.
  auto& result = undoing.empty() ? rivals : undoing;
  std::sort(result.begin(), result.end());
  return result;
}

}  // namespace zimnik::sync
