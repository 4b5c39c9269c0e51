// Hands the keys of a school to its sites, and takes those that come. Whoever holds a key wraps it
// to each certified site that isn't revoked; the school's keys never to a hub. Once a site of the
// school is revoked, whoever learns of it seals under a new key that it makes itself.
#pragma once

#include "sync/net/envelope.h"
#include "sync/net/key_store.h"
#include "sync/store/replica.h"

namespace zimnik::net {

/// One school, as its lock lets it be used. `lock` is let go with this object.
struct LockedSchool {
  sync::Replica& replica;
  KeyStore& keys;
  std::shared_ptr<void> lock;
};

class KeyCourier {
 public:
  /// `self` outlives it.
  KeyCourier(const sync::SchoolId& school, const SiteSecret& self) : school_(school), self_(self) {}

  /// What acts ask for: the keys and the last traces of forgotten persons go, and where a site was
  /// revoked there is a new key of the school. The sites that are known. hand_out() and take() see
  /// to it themselves; else for who opens a school, and before more is written after an act.
  std::vector<sync::ListedSite> heed_acts(LockedSchool& school) const;
  /// Makes parcels of the keys that some site hasn't been handed; a few at a time.
  void hand_out(LockedSchool& school) const;
  /// Takes what the peer sent along: opens what is for this site, keeps the rest to be passed on,
  /// and notes how far the peer has come. A parcel that doesn't hold is dropped; one of a site that
  /// isn't certified here waits, with all behind it, at the peer. The text says so (empty: all was
  /// taken).
  std::string take(LockedSchool& school, const sync::SiteId& peer, const Envelope& envelope) const;
  /// Puts into the envelope what the peer lacks; `above`: all parcels, whoever they are for.
  void load(LockedSchool& school, const sync::SiteId& peer, bool above, std::size_t most,
            Envelope& envelope) const;

 private:
  void take_one(LockedSchool& school, const std::vector<sync::ListedSite>& sites,
                const Parcel& parcel) const;
  sync::SchoolId school_;
  const SiteSecret& self_;
};

}  // namespace zimnik::net
