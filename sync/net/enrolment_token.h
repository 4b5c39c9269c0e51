// What an operator gives to who sets up a new site: works once, and pins the region's authority.
//
//   zimnik1-<base32 of 48 bytes: the secret (16), the fingerprint of the authority's certificate
//   (32)>
#pragma once

#include <string>
#include <string_view>

#include "sync/net/certificate.h"

namespace zimnik::net {

using TokenSecret = sync::FixedBytes<16, struct TokenSecretTag>;

struct EnrolmentToken {
  TokenSecret secret;
  Fingerprint authority;

  static EnrolmentToken make(const Fingerprint& authority);
  /// Either case; spaces and line ends are left out. Throws sync::Refused.
  static EnrolmentToken parse(std::string_view text);
  std::string text() const;
  bool operator==(const EnrolmentToken&) const = default;
};

/// What to keep of a token, in place of the secret: who reads the server's database can't enrol.
sync::Hash hash_of(const TokenSecret& secret);

}  // namespace zimnik::net
