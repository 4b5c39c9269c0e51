#include "sync/net/site_client.h"

#include "sync/core/bytes.h"
#include "sync/net/exchange_service.h"
#include "sync/net/limits.h"

namespace zimnik::net {
namespace {

sync::SiteRecord decoded(const std::string& bytes) {
  sync::Reader reader(bytes, "site record");
  const auto record = sync::read_site_record(reader);
  reader.expect_end("site record");
  return record;
}

}  // namespace

sync::SiteRecord ask_site(const std::string& url, HttpsOptions https,
                          const sync::SchoolId& school) {
  const auto authority = read_certificate(https.authority_pem).authority;
  https.server.reset();
  HttpsClient client(std::move(https));
  const auto reply = client.get(url + ExchangeService::kSitePath, limits::kPemBytes);
  if (reply.outcome != HttpsReply::Outcome::answered) {
    throw std::runtime_error(url + ": " + (reply.error.empty() ? reply.body : reply.error));
  }
  const auto record = decoded(reply.body);
  if (!authority || !record.is_signed_by(*authority)) {
    throw sync::Refused("a site record that isn't the authority's");
  }
  if (record.school != school) throw sync::Refused("a site record of another school");
  if (!reply.peer || reply.peer->site != record.keys.id()) {
    throw sync::Refused("a site record of another site than the one that answers");
  }
  return record;
}

}  // namespace zimnik::net
