#include "sync/net/enrolment_service.h"

namespace zimnik::net {
namespace {

/// What `answer` gives; 400 where the request doesn't hold.
template <class Answer>
Response checked(const Request& request, Answer answer) {
  try {
    const auto asked = decode_enrolment_request(request.body);
    return answer(asked, asked.proven_keys());
  } catch (const sync::Refused& error) {
    return Response::text(400, error.what());
  }
}

}  // namespace

void EnrolmentService::mount(HttpServer& server) {
  server.route("POST", kEnrolPath, [this](const Request& request) { return enrol(request); });
  server.route("POST", kRenewPath, [this](const Request& request) { return renew(request); });
  server.route("GET", kAuthorityPath, [this](const Request&) {
    return Response{200, "application/x-pem-file", authority_.certificate_pem(), {}};
  });
}

Response EnrolmentService::enrol(const Request& request) const {
  return checked(request, [&](const EnrolmentRequest& asked, const sync::SiteKeys& keys) {
    if (!asked.secret) return Response::text(400, "no text \"token\"");
    const auto grant = serving_.consume(hash_of(*asked.secret), asked, keys);
    if (!grant) return Response::text(403, serving_.unknown_token);
    if (grant->kind != asked.kind)
      return Response::text(403, "the token is for another kind of site");
    EnrolmentReply reply;
    reply.authority_pem = authority_.certificate_pem();
    reply.certificate_pem =
        authority_.issue(asked.certificate_request, grant->school, keys, serving_.now());
    reply.record = authority_.certify(grant->school, keys, grant->kind);
    reply.school_name = grant->school_name;
    reply.records = grant->records;
    serving_.enrolled(reply.record);
    return Response{200, "application/json", encode(reply), {}};
  });
}

Response EnrolmentService::renew(const Request& request) const {
  return checked(request, [&](const EnrolmentRequest& asked, const sync::SiteKeys& keys) {
    const auto record = serving_.find(keys.id());
    if (!record) return Response::text(403, "this site isn't known here, or was revoked");
    return Response{
        200,
        "application/x-pem-file",
        authority_.issue(asked.certificate_request, record->school, keys, serving_.now()),
        {}};
  });
}

}  // namespace zimnik::net
