#include "sync/net/site_client.h"

#include <catch2/catch.hpp>

#include "sync/core/bytes.h"
#include "tests/sync/net/region.h"

namespace zimnik::net::test {
namespace {

std::string url_of(int port) { return "https://127.0.0.1:" + std::to_string(port); }

std::string bytes_of(const sync::SiteRecord& record) {
  std::string bytes;
  sync::Writer writer(bytes);
  sync::write_site_record(writer, record);
  return bytes;
}

/// Proves the keys of one place, and says something.
class Liar {
 public:
  Liar(const Place& place, const std::string& says)
      : server_({}, {place.certificate, place.secret.encryption().pem(), place.authority_pem}) {
    server_.route("GET", ExchangeService::kSitePath,
                  [says](const Request&) { return Response::bytes(says); });
    server_.start();
  }
  std::string url() const { return url_of(server_.port()); }

 private:
  HttpServer server_;
};

}  // namespace

TEST_CASE("a server says who it is, whomever its client expected") {
  SmallRegion region;
  auto https = region.a.https(region.b);
  const auto record = ask_site(url_of(region.server.port()), https, region.region.school);
  CHECK(record == region.hub.record);
}

TEST_CASE("who says to be another is refused") {
  SmallRegion region;
  const auto https = region.a.https(region.hub);
  const auto& school = region.region.school;
  const Liar replays(region.b, bytes_of(region.hub.record));
  CHECK_THROWS_WITH(ask_site(replays.url(), https, school),
                    Catch::Contains("another site than the one that answers"));

  auto forged = region.b.record;
  forged.kind = sync::SiteKind::hub;
  const Liar forges(region.b, bytes_of(forged));
  CHECK_THROWS_WITH(ask_site(forges.url(), https, school),
                    Catch::Contains("isn't the authority's"));

  const Place elsewhere(region.region, sync::SiteKind::hub,
                        sync::SchoolId::from("another of 16 by"));
  const Liar strays(elsewhere, bytes_of(elsewhere.record));
  CHECK_THROWS_WITH(ask_site(strays.url(), https, school), Catch::Contains("another school"));

  const Liar babbles(region.b, bytes_of(region.b.record) + "more");
  CHECK_THROWS_AS(ask_site(babbles.url(), https, school), sync::Refused);
}

TEST_CASE("who isn't of the authority, or isn't there, has no record") {
  SmallRegion region;
  const Region other;
  const Place stranger(other, sync::SiteKind::hub);
  const Liar liar(stranger, bytes_of(stranger.record));
  const auto https = region.a.https(region.hub);
  CHECK_THROWS_AS(ask_site(liar.url(), https, region.region.school), std::runtime_error);
  CHECK_THROWS_AS(ask_site(url_of(1), https, region.region.school), std::runtime_error);
}

TEST_CASE("a site that was revoked isn't told, nor who shows no certificate") {
  SmallRegion region;
  region.hub.act(sync::VoidSite{region.a.secret.id(), 1, 1});
  const auto url = url_of(region.server.port());
  CHECK_THROWS_WITH(ask_site(url, region.a.https(region.hub), region.region.school),
                    Catch::Contains("revoked"));
  auto nobody = region.b.https(region.hub);
  nobody.certificate_pem.clear();
  nobody.key_pem.clear();
  CHECK_THROWS_WITH(ask_site(url, nobody, region.region.school), Catch::Contains("certificate"));
}

}  // namespace zimnik::net::test
