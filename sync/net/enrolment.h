// What a new site and the hub say to each other when it enrols, when a certificate is renewed, and
// when it goes on from another: JSON, binary fields in hexadecimal. sync/net/README.md has an
// example.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sync/net/certificate.h"
#include "sync/net/enrolment_token.h"

namespace zimnik::net {

/// Asks for a certificate: with a token at enrolment, without one at a renewal.
struct EnrolmentRequest {
  std::optional<TokenSecret> secret;
  std::string certificate_request;  ///< PEM; proves the P-256 key
  sync::PublicKey signing;          ///< the site's Ed25519 key
  sync::Signature signature;        ///< by it, over the request for the certificate and the rest
  sync::SiteKind kind = sync::SiteKind::node;
  std::string name;  ///< of the site, for operators
  /// The school that the site is of already: a token of another one isn't used up. Not signed.
  std::optional<sync::SchoolId> school{};
  /// The site that it was until it lost its key. Nobody signed for it: a claim.
  std::optional<sync::SiteId> former{};

  static EnrolmentRequest make(const SiteSecret& site, const std::optional<TokenSecret>& secret,
                               sync::SiteKind kind, const std::string& name);
  /// The keys that the sender proves to hold. Throws sync::Refused where it doesn't.
  sync::SiteKeys proven_keys() const;
};

/// Asks the same for a site that goes on from another, and proves that one's key.
struct SuccessionRequest {
  EnrolmentRequest successor;  ///< without a token
  sync::SiteId predecessor;
  sync::Signature signature;  ///< by the predecessor's Ed25519 key, over the rest

  static SuccessionRequest make(const SiteSecret& predecessor, const SiteSecret& successor,
                                sync::SiteKind kind, const std::string& name);
  bool is_signed_by(const sync::SiteKeys& site) const;
};

struct EnrolmentReply {
  std::string authority_pem;
  std::string certificate_pem;
  sync::SiteRecord record;  ///< the new site's; names its school
  std::string school_name;
  std::vector<sync::SiteRecord> records;  ///< of the school's other sites, the hub's among them
};

std::string encode(const EnrolmentRequest& request);
std::string encode(const SuccessionRequest& request);
std::string encode(const EnrolmentReply& reply);
/// Throw sync::Refused for anything else, and where a bound is passed.
EnrolmentRequest decode_enrolment_request(std::string_view json);
SuccessionRequest decode_succession_request(std::string_view json);
EnrolmentReply decode_enrolment_reply(std::string_view json);

}  // namespace zimnik::net
