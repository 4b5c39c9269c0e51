// The new site's side of enrolment.
#pragma once

#include <string>

#include "sync/net/enrolment.h"
#include "sync/net/https_client.h"

namespace zimnik::net {

/// The server answered, and not with what was asked for.
class EnrolmentRefused : public std::runtime_error {
 public:
  EnrolmentRefused(int status, const std::string& text)
      : std::runtime_error(text), status_(status) {}
  int status() const { return status_; }

 private:
  int status_;
};

/// Enrols a site whose keys are already kept in a file. `url` is https://host:port. The reply is
/// checked: authority, certificate and records fit the token, the keys and each other. May be
/// repeated after any failure. Throws EnrolmentRefused, sync::Refused where the reply doesn't hold,
/// std::runtime_error where nobody answers. `school`: that the site is of already; a token of
/// another one is refused then, and stays good. `former`: the site that it was until it lost its
/// key.
EnrolmentReply enrol(const std::string& url, const EnrolmentToken& token, const SiteSecret& site,
                     sync::SiteKind kind, const std::string& name,
                     const std::optional<sync::SchoolId>& school = {},
                     const std::optional<sync::SiteId>& former = {});

/// Record and certificate for a site that goes on from one that is certified, of its school and
/// kind. Throws as enrol(); EnrolmentRefused with 403 where that one is revoked.
EnrolmentReply succeed(const std::string& url, const std::string& authority_pem,
                       const SiteSecret& predecessor, const sync::SiteRecord& predecessor_record,
                       const SiteSecret& site, const std::string& name);

/// A new certificate (PEM) for a site that has one, expired or not. Throws as enrol().
std::string renew_certificate(const std::string& url, const std::string& authority_pem,
                              const SiteSecret& site, const sync::SiteRecord& record);

}  // namespace zimnik::net
