// The hub's side of enrolment: POST /v1/enrol gives a new site its record and certificate for a
// token, POST /v1/renew a new certificate to a site that proves its keys, GET /v1/authority the
// authority's certificate, POST /v1/succeed record and certificate to a site that goes on from
// another, for a proof of that one's key. None needs a client certificate.
#pragma once

#include <functional>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "sync/net/enrolment.h"
#include "sync/net/http_server.h"

namespace zimnik::net {

/// What a token was made for.
struct EnrolmentGrant {
  sync::SchoolId school;
  std::string school_name;
  sync::SiteKind kind = sync::SiteKind::node;
  std::vector<sync::SiteRecord> records;  ///< of the school's other sites, the hub's among them

  /// Why it isn't for who asks; empty where it is.
  std::string mismatch(const EnrolmentRequest& asked) const;
};

/// Thrown by `consume` of a token that doesn't work yet, and is still good; what() is for who asks.
class TokenWaits : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Called from several threads at once. Where a school can't be locked soon enough they throw
/// SchoolBusy.
struct EnrolmentServing {
  /// Uses up the token of this hash (hash_of()) for this site; nothing where there is none, or it
  /// has expired or was used by another site. Of several at once exactly one may succeed. The site
  /// that used it gets the same again: its reply may have been lost. A grant that isn't for who
  /// asks (mismatch()) is given back with the token still good. May throw TokenWaits.
  std::function<std::optional<EnrolmentGrant>(const sync::Hash& token, const EnrolmentRequest&,
                                              const sync::SiteKeys&)>
      consume;
  /// Takes the new site's record, durably: into the school's replica.
  std::function<void(const sync::SiteRecord&)> enrolled;
  /// The record of a site that is certified and not revoked; nothing of any other.
  std::function<std::optional<sync::SiteRecord>(const sync::SiteId&)> find;
  std::function<sync::Time()> now;
  /// Lets these keys go on from a site that find() gave, of its school and kind; nothing where
  /// their site was revoked, or the school has had too many. The same may ask again.
  std::function<std::optional<EnrolmentGrant>(const sync::SiteRecord& predecessor,
                                              const EnrolmentRequest&, const sync::SiteKeys&)>
      succeed;
  /// What is said of a token that `consume` gives nothing for.
  std::string unknown_token = "the token is wrong, was used before, or has expired";
};

class EnrolmentService {
 public:
  static constexpr const char* kEnrolPath = "/v1/enrol";
  static constexpr const char* kRenewPath = "/v1/renew";
  static constexpr const char* kSucceedPath = "/v1/succeed";
  static constexpr const char* kAuthorityPath = "/v1/authority";

  /// `authority` outlives it.
  EnrolmentService(const CertificateAuthority& authority, EnrolmentServing serving)
      : authority_(authority), serving_(std::move(serving)) {}

  /// REQUIRES: this object outlives the server.
  void mount(HttpServer& server);

  /// 200 with the reply in JSON. In plain text: 400 the request doesn't hold; 403 the token is
  /// wrong, used or expired, waits for something, or is for another kind of site or another school.
  /// 503, as from the others: the school has much to do.
  Response enrol(const Request& request) const;
  /// The certificate in PEM. 403 where the site isn't known, or is revoked.
  Response renew(const Request& request) const;
  /// As enrol(). 403 where the predecessor isn't known, is revoked or didn't sign.
  Response succeed(const Request& request) const;

 private:
  Response reply_to(const EnrolmentGrant& grant, const EnrolmentRequest& asked,
                    const sync::SiteKeys& keys) const;
  const CertificateAuthority& authority_;
  EnrolmentServing serving_;
};

}  // namespace zimnik::net
