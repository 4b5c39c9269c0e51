// Law 8, read literally: an act is in force if its author may do it and no act in force defeats
// it. Every question is answered by looking at every act again.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <vector>

#include "tests/model/world.h"

namespace zimnik::model {

/// The certified sites, and those that the leaves vouch for. The kind of such a one is the best
/// that a chain of vouchers from a certified site allows, where none allows more than it has
/// itself.
std::map<sync::SiteId, sync::KnownSite> known_sites(
    const std::vector<Leaf>& leaves, const std::map<sync::SiteId, sync::SiteKind>& certified);

/// The acts of one world. Holds on to the world: it must live longer and not change.
class Acts {
 public:
  explicit Acts(const World& world);

  bool in_force(const sync::Hash& act) const;
  /// Whether the site's key was revoked for this place, or nobody vouches for the site but sites
  /// whose keys were.
  bool voids_leaf(const sync::LogId& log, std::uint64_t seq) const;
  /// Whether the versions of this edit are void. REQUIRES: the leaf is an edit.
  bool voids_edit(const Leaf& edit) const;
  bool forgets(const sync::Value& person) const;

 private:
  bool decide(const Leaf& act);
  bool may_be_done(const Leaf& act) const;
  bool is_overruled(const Leaf& act);
  bool defeats(const Leaf& defeater, const Leaf& act) const;
  bool revokes(const Leaf& defeater, const Leaf& act) const;
  bool wins_quarrel(const Leaf& defeater, const Leaf& act) const;
  bool cover(const std::vector<const Leaf*>& revocations, const sync::LogId& log,
             std::uint64_t seq) const;
  bool leads_to_authority(const sync::SiteId& site, const std::set<sync::SiteId>& revoked) const;
  std::uint16_t rank(const Leaf& act) const;
  std::uint16_t rank_needed(const Leaf& act) const;
  const Leaf* find(const sync::Hash& act) const;

  const World& world_;
  std::vector<const Leaf*> acts_;
  std::map<sync::Hash, bool> in_force_;
};

}  // namespace zimnik::model
