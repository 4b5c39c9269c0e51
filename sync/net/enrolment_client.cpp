#include "sync/net/enrolment_client.h"

#include <algorithm>

#include "sync/core/bytes.h"
#include "sync/net/enrolment_service.h"
#include "sync/net/limits.h"
#include "sync/net/openssl.h"

namespace zimnik::net {
namespace {

std::string post(const std::string& url, const std::string& authority_pem,
                 const std::string& body) {
  HttpsOptions options;
  options.authority_pem = authority_pem;
  HttpsClient client(std::move(options));
  auto reply = client.post(url, "application/json", body, limits::kEnrolmentReplyBytes);
  if (reply.outcome == HttpsReply::Outcome::answered) return std::move(reply.body);
  if (reply.outcome == HttpsReply::Outcome::refused) {
    while (!reply.body.empty() && reply.body.back() == '\n') reply.body.pop_back();
    throw EnrolmentRefused(reply.status, reply.body);
  }
  throw std::runtime_error(url + ": " + reply.error);
}

void check_certificate(const std::string& pem, const std::string& authority_pem,
                       const SiteSecret& site, const sync::SchoolId& school) {
  const auto certificate = certificate_from(pem);
  const auto authority = certificate_from(authority_pem);
  if (X509_verify(certificate.get(), X509_get0_pubkey(authority.get())) != 1 ||
      identity_of(certificate.get()) != PeerIdentity{school, site.id()} ||
      X509_check_private_key(certificate.get(), site.encryption().native()) != 1) {
    throw sync::Refused("a certificate that isn't this site's, or isn't the authority's");
  }
}

void check(const EnrolmentReply& reply, const Fingerprint& authority, const SiteSecret& site,
           sync::SiteKind kind) {
  const auto facts = read_certificate(reply.authority_pem);
  if (facts.fingerprint != authority || !facts.authority) {
    throw sync::Refused("another authority than the one that was expected");
  }
  if (reply.record.keys != site.keys() || reply.record.kind != kind ||
      !reply.record.is_signed_by(*facts.authority)) {
    throw sync::Refused("a site record that isn't this site's, or isn't the authority's");
  }
  const bool are_records_good =
      std::all_of(reply.records.begin(), reply.records.end(), [&](const sync::SiteRecord& record) {
        return record.school == reply.record.school && record.is_signed_by(*facts.authority);
      });
  if (!are_records_good) throw sync::Refused("a site record that isn't the authority's");
  check_certificate(reply.certificate_pem, reply.authority_pem, site, reply.record.school);
}

}  // namespace

EnrolmentReply enrol(const std::string& url, const EnrolmentToken& token, const SiteSecret& site,
                     sync::SiteKind kind, const std::string& name,
                     const std::optional<sync::SchoolId>& school,
                     const std::optional<sync::SiteId>& former) {
  const auto authority = fetch_authority(url + EnrolmentService::kAuthorityPath, token.authority);
  auto request = EnrolmentRequest::make(site, token.secret, kind, name);
  request.school = school;
  request.former = former;
  auto reply =
      decode_enrolment_reply(post(url + EnrolmentService::kEnrolPath, authority, encode(request)));
  check(reply, token.authority, site, kind);
  if (school && reply.record.school != *school) {
    throw sync::Refused("a site record of another school");
  }
  return reply;
}

EnrolmentReply succeed(const std::string& url, const std::string& authority_pem,
                       const SiteSecret& predecessor, const sync::SiteRecord& predecessor_record,
                       const SiteSecret& site, const std::string& name) {
  const auto request = SuccessionRequest::make(predecessor, site, predecessor_record.kind, name);
  auto reply = decode_enrolment_reply(
      post(url + EnrolmentService::kSucceedPath, authority_pem, encode(request)));
  check(reply, read_certificate(authority_pem).fingerprint, site, predecessor_record.kind);
  if (reply.record.school != predecessor_record.school) {
    throw sync::Refused("a site record of another school");
  }
  return reply;
}

std::string renew_certificate(const std::string& url, const std::string& authority_pem,
                              const SiteSecret& site, const sync::SiteRecord& record) {
  const auto request = EnrolmentRequest::make(site, std::nullopt, record.kind, "");
  auto pem = post(url + EnrolmentService::kRenewPath, authority_pem, encode(request));
  check_certificate(pem, authority_pem, site, record.school);
  return pem;
}

}  // namespace zimnik::net
