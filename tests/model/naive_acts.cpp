#include "tests/model/naive_acts.h"

#include <algorithm>
#include <set>
#include <string>
#include <variant>

namespace zimnik::model {
namespace {

using sync::Forget;
using sync::Hash;
using sync::KnownSite;
using sync::LogId;
using sync::Revoke;
using sync::SiteId;
using sync::Stream;
using sync::VoidAccount;
using sync::VoidSite;

/// What the act does, if it does that; else null.
template <class What>
const What* act_as(const Leaf& leaf) {
  const auto* act = std::get_if<sync::Act>(&leaf.transaction.body);
  return act ? std::get_if<What>(&act->what) : nullptr;
}

using Certified = std::map<SiteId, sync::SiteKind>;

/// By every chain of vouchers that doesn't cross itself.
sync::SiteKind best_kind(const SiteId& site, const std::vector<Leaf>& leaves,
                         const Certified& certified, std::set<SiteId> crossed) {
  const auto found = certified.find(site);
  if (found != certified.end()) return found->second;
  auto best = sync::SiteKind::laptop;
  if (!crossed.insert(site).second) return best;
  for (const Leaf& leaf : leaves) {
    const auto* succession = std::get_if<sync::Succession>(&leaf.transaction.body);
    if (!succession || succession->keys.id() != site) continue;
    const auto voucher = best_kind(leaf.log.site, leaves, certified, crossed);
    best = std::max(best, std::min(voucher, succession->kind));
  }
  return best;
}

}  // namespace

std::map<SiteId, KnownSite> known_sites(const std::vector<Leaf>& leaves,
                                        const Certified& certified) {
  std::map<SiteId, KnownSite> result;
  for (const auto& [site, kind] : certified) result[site] = {kind, true};
  for (const Leaf& leaf : leaves) {
    const auto* succession = std::get_if<sync::Succession>(&leaf.transaction.body);
    if (!succession) continue;
    const SiteId id = succession->keys.id();
    KnownSite& site = result[id];
    site.certified = certified.contains(id);
    site.kind = best_kind(id, leaves, certified, {});
    site.vouched_by.push_back(leaf.log.site);
  }
  return result;
}

Acts::Acts(const World& world) : world_(world) {
  for (const Leaf& leaf : world.leaves) {
    if (std::holds_alternative<sync::Act>(leaf.transaction.body)) acts_.push_back(&leaf);
  }
  for (const Leaf* act : acts_) decide(*act);
}

bool Acts::in_force(const Hash& act) const {
  const auto found = in_force_.find(act);
  return found != in_force_.end() && found->second;
}

bool Acts::voids_leaf(const LogId& log, std::uint64_t seq) const {
  std::vector<const Leaf*> revocations;
  for (const Leaf* act : acts_) {
    if (act_as<VoidSite>(*act) && in_force(act->name)) revocations.push_back(act);
  }
  return cover(revocations, log, seq);
}

bool Acts::voids_edit(const Leaf& edit) const {
  if (voids_leaf(edit.log, edit.seq)) return true;
  return std::ranges::any_of(acts_, [&](const Leaf* act) {
    const auto* account = act_as<VoidAccount>(*act);
    if (!account || !in_force(act->name)) return false;
    const sync::Time time = edit.transaction.time;
    return account->author == edit.transaction.origin.author && account->from <= time &&
           (!account->until || time < *account->until);
  });
}

bool Acts::forgets(const sync::Value& person) const {
  return std::ranges::any_of(acts_, [&](const Leaf* act) {
    const auto* forget = act_as<Forget>(*act);
    return forget && forget->person == person && in_force(act->name);
  });
}

/// Ends, because what defeats an act has a higher rank, or names it, or has the smaller hash.
bool Acts::decide(const Leaf& act) {
  const auto known = in_force_.find(act.name);
  if (known != in_force_.end()) return known->second;
  const bool result =
      may_be_done(act) &&
      (act_as<Forget>(act) || (!is_overruled(act) && std::ranges::none_of(acts_, [&](auto* other) {
         return other != &act && defeats(*other, act) && decide(*other);
       })));
  in_force_[act.name] = result;
  return result;
}

bool Acts::may_be_done(const Leaf& act) const {
  const auto* revoke = act_as<Revoke>(act);
  if (revoke && !find(revoke->act)) return false;
  return rank(act) >= rank_needed(act);
}

/// Whether the revocations of higher rank, all together, cover it.
bool Acts::is_overruled(const Leaf& act) {
  std::vector<const Leaf*> revocations;
  for (const Leaf* other : acts_) {
    if (act_as<VoidSite>(*other) && rank(*other) > rank(act) && decide(*other)) {
      revocations.push_back(other);
    }
  }
  return cover(revocations, act.log, act.seq);
}

bool Acts::defeats(const Leaf& defeater, const Leaf& act) const {
  return revokes(defeater, act) || wins_quarrel(defeater, act);
}

bool Acts::revokes(const Leaf& defeater, const Leaf& act) const {
  const auto* revoke = act_as<Revoke>(defeater);
  return revoke && revoke->act == act.name && rank(defeater) >= rank(act);
}

bool Acts::wins_quarrel(const Leaf& defeater, const Leaf& act) const {
  return act_as<VoidSite>(defeater) && act_as<VoidSite>(act) && rank(defeater) == rank(act) &&
         cover({&defeater}, act.log, act.seq) && cover({&act}, defeater.log, defeater.seq) &&
         defeater.name < act.name;
}

/// Whether these revocations, and no others, cover the place.
bool Acts::cover(const std::vector<const Leaf*>& revocations, const LogId& log,
                 std::uint64_t seq) const {
  std::set<SiteId> revoked;
  for (const Leaf* revocation : revocations) {
    const auto& what = *act_as<VoidSite>(*revocation);
    const auto from = log.stream == Stream::shared ? what.shared_from : what.school_from;
    if (log.site == what.site && seq >= from) return true;
    revoked.insert(what.site);
  }
  return world_.sites.contains(log.site) && !leads_to_authority(log.site, revoked);
}

/// Whether a way leads from the site to one that the authority has signed, from each site to one
/// that vouches for it, over no site that is revoked; the first may be. No way need cross itself,
/// so a site that vouches for itself, or in a circle, opens none.
bool Acts::leads_to_authority(const SiteId& site, const std::set<SiteId>& revoked) const {
  std::set<SiteId> seen;
  std::vector<SiteId> open{site};
  while (!open.empty()) {
    const SiteId next = open.back();
    open.pop_back();
    const auto known = world_.sites.find(next);
    if (!seen.insert(next).second || known == world_.sites.end()) continue;
    if (next != site && revoked.contains(next)) continue;
    if (known->second.certified) return true;
    open.insert(open.end(), known->second.vouched_by.begin(), known->second.vouched_by.end());
  }
  return false;
}

/// The transaction's, capped by the kind of its site. A site that isn't known has no power.
std::uint16_t Acts::rank(const Leaf& act) const {
  const auto site = world_.sites.find(act.log.site);
  if (site == world_.sites.end()) return 0;
  return std::min(act.transaction.origin.rank, sync::rank::cap(site->second.kind));
}

std::uint16_t Acts::rank_needed(const Leaf& act) const {
  if (act_as<VoidSite>(act)) return sync::rank::kTechnicalSpecialist;
  const auto* revoke = act_as<Revoke>(act);
  if (!revoke) return sync::rank::kPrincipal;
  const Leaf* named = find(revoke->act);
  return named ? std::max(rank(*named), rank_needed(*named)) : 0;
}

const Leaf* Acts::find(const Hash& act) const {
  const auto found =
      std::ranges::find_if(acts_, [&](const Leaf* leaf) { return leaf->name == act; });
  return found == acts_.end() ? nullptr : *found;
}

}  // namespace zimnik::model
