// Keys on their way to a site: sealed to its P-256 key, signed by the site that sends them. Anybody
// may carry such a parcel and nobody else can open it.
//
//   parcel = version 1 (1 byte), sender (16), recipient (16), sealed (length, bytes), signature
//   (64) signature = Ed25519 by the sender over "zimnik parcel 1" school sender recipient sealed
//   sealed = HPKE with the info "zimnik keys 1" school sender recipient, of:
//            number of keys, then for each: 0, or 1 and a length and the person's value; 64 bytes
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sync/core/site.h"
#include "sync/net/site_key.h"
#include "sync/store/replica.h"

namespace zimnik::net {

struct Parcel {
  sync::SiteId sender;
  sync::SiteId recipient;
  std::string sealed;
  sync::Signature signature;

  bool is_signed_by(const sync::SchoolId& school, const sync::SiteKeys& site) const;
};

std::string encode_parcel(const Parcel& parcel);
/// Throws sync::Refused.
Parcel decode_parcel(std::string_view bytes);

/// How long an encoded parcel of one key of the school is. One with a person's key is longer,
/// whatever else is in it: who can't open a parcel sees by this that no person's is.
inline constexpr std::size_t kSchoolKeyParcelBytes = 246;

/// How many of the keys that are in front go into one parcel: one of the school, or all of persons
/// up to the next one of the school. So each parcel has keys of one kind.
std::size_t keys_of_next_parcel(std::span<const sync::NewKey> keys);

/// REQUIRES: at most limits::kParcelKeys keys.
Parcel wrap_keys(const sync::SchoolId& school, const SiteSecret& sender,
                 const sync::SiteKeys& recipient, std::span<const sync::NewKey> keys);
/// Throws sync::Refused where the parcel isn't for this site or isn't from that one, and where a
/// hub sends a key of the school. REQUIRES: `sender` is certified in this school.
std::vector<sync::NewKey> unwrap_keys(const Parcel& parcel, const SiteSecret& recipient,
                                      const sync::SiteRecord& sender);

}  // namespace zimnik::net
