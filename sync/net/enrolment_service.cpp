#include "sync/net/enrolment_service.h"

#include "sync/net/exchange_service.h"

namespace zimnik::net {
namespace {

/// What `answer` gives; 400 where the request doesn't hold, 403 where the token doesn't work yet,
/// 503 where nobody has time for it.
template <class Answer>
Response checked(Answer answer) {
  try {
    return answer();
  } catch (const sync::Refused& error) {
    return Response::text(400, error.what());
  } catch (const TokenWaits& error) {
    return Response::text(403, error.what());
  } catch (const SchoolBusy& error) {
    return Response::text(503, error.what());
  }
}

}  // namespace

std::string EnrolmentGrant::mismatch(const EnrolmentRequest& asked) const {
  if (kind != asked.kind) return "the token is for another kind of site";
  if (asked.school && *asked.school != school) return "the token is for another school";
  return "";
}

void EnrolmentService::mount(HttpServer& server) {
  server.route("POST", kEnrolPath, [this](const Request& request) { return enrol(request); });
  server.route("POST", kRenewPath, [this](const Request& request) { return renew(request); });
  server.route("POST", kSucceedPath, [this](const Request& request) { return succeed(request); });
  server.route("GET", kAuthorityPath, [this](const Request&) {
    return Response{200, "application/x-pem-file", authority_.certificate_pem(), {}};
  });
}

Response EnrolmentService::reply_to(const EnrolmentGrant& grant, const EnrolmentRequest& asked,
                                    const sync::SiteKeys& keys) const {
  EnrolmentReply reply;
  reply.authority_pem = authority_.certificate_pem();
  reply.certificate_pem =
      authority_.issue(asked.certificate_request, grant.school, keys, serving_.now());
  reply.record = authority_.certify(grant.school, keys, grant.kind);
  reply.school_name = grant.school_name;
  reply.records = grant.records;
  serving_.enrolled(reply.record);
  return Response{200, "application/json", encode(reply), {}};
}

Response EnrolmentService::enrol(const Request& request) const {
  return checked([&] {
    const auto asked = decode_enrolment_request(request.body);
    const auto keys = asked.proven_keys();
    if (!asked.secret) return Response::text(400, "no text \"token\"");
    const auto grant = serving_.consume(hash_of(*asked.secret), asked, keys);
    if (!grant) return Response::text(403, serving_.unknown_token);
    const auto mismatch = grant->mismatch(asked);
    if (!mismatch.empty()) return Response::text(403, mismatch);
    return reply_to(*grant, asked, keys);
  });
}

Response EnrolmentService::renew(const Request& request) const {
  return checked([&] {
    const auto asked = decode_enrolment_request(request.body);
    const auto keys = asked.proven_keys();
    const auto record = serving_.find(keys.id());
    if (!record) return Response::text(403, "this site isn't known here, or was revoked");
    return Response{
        200,
        "application/x-pem-file",
        authority_.issue(asked.certificate_request, record->school, keys, serving_.now()),
        {}};
  });
}

Response EnrolmentService::succeed(const Request& request) const {
  return checked([&] {
    const auto asked = decode_succession_request(request.body);
    const auto keys = asked.successor.proven_keys();
    const auto predecessor = serving_.find(asked.predecessor);
    if (!predecessor) {
      return Response::text(403,
                            "the site that this one goes on from isn't known here, or was "
                            "revoked");
    }
    if (!asked.is_signed_by(predecessor->keys) || asked.successor.kind != predecessor->kind) {
      return Response::text(403, "the site that this one goes on from didn't sign that");
    }
    const auto grant = serving_.succeed(*predecessor, asked.successor, keys);
    if (!grant) return Response::text(403, "no more sites go on from others in this school now");
    return reply_to(*grant, asked.successor, keys);
  });
}

}  // namespace zimnik::net
