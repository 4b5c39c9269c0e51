#include "sync/net/key_courier.h"

#include <algorithm>
#include <functional>

#include "sync/net/limits.h"

namespace zimnik::net {
namespace {

constexpr std::size_t kParcelsAtOnce = 16;  // made by one hand_out()

bool is_certified(const sync::ListedSite& site) { return !site.record.signature.is_zero(); }

/// A site whose certificate of birth may still come.
class NotYetKnown : public sync::Refused {
  using Refused::Refused;
};

const sync::SiteRecord& trusted(const std::vector<sync::ListedSite>& sites,
                                const sync::SiteId& id) {
  const auto it = std::find_if(sites.begin(), sites.end(), [&](const sync::ListedSite& site) {
    return site.record.keys.id() == id;
  });
  if (it != sites.end() && it->revoked) throw sync::Refused("a parcel of a revoked site");
  if (it == sites.end() || !is_certified(*it)) {
    throw NotYetKnown("a parcel of a site that isn't certified: " + id.hex());
  }
  return it->record;
}

}  // namespace

std::vector<sync::ListedSite> KeyCourier::heed_acts(LockedSchool& school) const {
  const auto forgotten = school.replica.forgotten();
  if (!forgotten.empty()) {
    school.keys.forget(forgotten, self_.id());
    school.replica.scrub();
  }
  auto sites = school.replica.sites();
  std::vector<sync::SiteId> revoked;
  for (const auto& site : sites) {
    const bool held_keys = site.record.kind != sync::SiteKind::hub;
    if (site.revoked && held_keys) revoked.push_back(site.record.keys.id());
  }
  school.keys.drop_parcels_for(revoked);
  // What a revoked site would hand out nobody takes.
  if (std::find(revoked.begin(), revoked.end(), self_.id()) == revoked.end()) {
    school.keys.rotate(revoked);
  }
  const auto key = school.keys.sealing_key();
  if (key && school.replica.keyring().school_key() != sync::id_of(key->key)) {
    school.replica.add_keys({*key});
    school.replica.seal_under(sync::id_of(key->key));
  }
  return sites;
}

void KeyCourier::hand_out(LockedSchool& school) const {
  const auto sites = heed_acts(school);
  std::size_t made = 0;
  for (const auto& site : sites) {
    const auto id = site.record.keys.id();
    if (site.revoked || !is_certified(site) || id == self_.id()) continue;
    const bool with_school_keys = site.record.kind != sync::SiteKind::hub;
    while (made < kParcelsAtOnce) {
      auto keys = school.keys.not_handed(id, with_school_keys, limits::kParcelKeys);
      if (keys.empty()) break;
      keys.resize(keys_of_next_parcel(keys));
      school.keys.hand(wrap_keys(school_, self_, site.record.keys, keys), keys);
      ++made;
    }
  }
}

std::string KeyCourier::take(LockedSchool& school, const sync::SiteId& peer,
                             const Envelope& envelope) const {
  const auto sites = heed_acts(school);
  school.keys.taken_by(peer, envelope.taken);
  if (envelope.parcels.empty()) return "";
  const auto taken = school.keys.taken_of(peer);
  if (taken.epoch != 0 && taken.epoch != envelope.epoch) school.keys.drop_parcels_of(peer);
  std::string faults;
  for (const auto& [number, bytes] : envelope.parcels) {
    if (taken.epoch == envelope.epoch && number <= taken.number) continue;
    try {
      take_one(school, sites, decode_parcel(bytes));
    } catch (const NotYetKnown& error) {
      return error.what();
    } catch (const sync::Refused& error) {
      faults += (faults.empty() ? "" : "; ") + std::string(error.what());
    }
    school.keys.take_of(peer, {envelope.epoch, number});
  }
  return faults;
}

void KeyCourier::take_one(LockedSchool& school, const std::vector<sync::ListedSite>& sites,
                          const Parcel& parcel) const {
  const auto& sender = trusted(sites, parcel.sender);
  if (parcel.recipient != self_.id()) {
    trusted(sites, parcel.recipient);
    if (!parcel.is_signed_by(school_, sender.keys)) {
      throw sync::Refused("a parcel that its sender didn't sign");
    }
    school.keys.pass_on(parcel);
    return;
  }
  const auto is_held = [&](const sync::NewKey& key) {
    return school.replica.keyring().find(sync::id_of(key.key)) != nullptr;
  };
  auto sent = unwrap_keys(parcel, self_, sender);
  auto keys = sent;
  // What the replica holds is kept already, or was forgotten since it was opened.
  std::erase_if(keys, is_held);
  school.replica.add_keys(keys);
  // It takes none of a person who is forgotten; nor is such a key kept.
  std::erase_if(keys, std::not_fn(is_held));
  school.keys.add(keys);
  std::erase_if(sent, std::not_fn(is_held));
  school.keys.note_held(parcel.sender, sent);
}

void KeyCourier::load(LockedSchool& school, const sync::SiteId& peer, bool above, std::size_t most,
                      Envelope& envelope) const {
  envelope.taken = school.keys.taken_of(peer);
  envelope.parcels = school.keys.parcels_for(peer, above, school.keys.last_taken_by(peer), most);
  if (!envelope.parcels.empty()) envelope.epoch = school.keys.epoch();
}

}  // namespace zimnik::net
