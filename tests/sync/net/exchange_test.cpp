#include <catch2/catch.hpp>
#include <thread>

#include "tests/sync/net/proxy.h"
#include "tests/sync/net/region.h"

namespace zimnik::net::test {
namespace {

using End = ExchangeReport::End;

std::string note(int id, const std::string& body = "five") {
  return "INSERT INTO note (id, body) VALUES (" + std::to_string(id) + ", '" + body + "')";
}

/// So many characters, which compression halves.
std::string noise(int seed, std::size_t size) {
  std::string text;
  for (int i = 0; text.size() < size; ++i) {
    text += sync::sha256({std::to_string(seed), "/", std::to_string(i)}).hex();
  }
  return text.substr(0, size);
}

constexpr const char* kBodies = "SELECT body FROM note ORDER BY id";

/// Until a connection that is closed has said so.
constexpr std::chrono::milliseconds kClosing{100};

}  // namespace

TEST_CASE("what was written reaches the hub, and from it another node") {
  SmallRegion region;
  region.a.write(note(1));
  CHECK(SmallRegion::run(region.client_a, region.a).end == End::in_step);
  CHECK(region.hub.read(kBodies) == "five\n");
  CHECK(SmallRegion::run(region.client_b, region.b).end == End::in_step);
  CHECK(region.b.read(kBodies) == "five\n");
}

TEST_CASE("a small transaction takes one round trip and few bytes; so does having nothing to say") {
  SmallRegion region;
  Proxy proxy(region.server.port());
  auto client = region.a.client_of(region.hub, proxy.port());
  region.a.write(note(1));
  REQUIRE(SmallRegion::run(client, region.a).end == End::in_step);
  auto fresh = region.a.client_of(region.hub, proxy.port());
  region.a.write(note(2));
  const auto cold = SmallRegion::run(fresh, region.a);
  REQUIRE(cold.rounds == 1);
  for (int i = 3; i < 6; ++i) {
    client.close_connections();
    region.a.write(note(i));
    std::this_thread::sleep_for(kClosing);
    proxy.reset();
    const auto report = SmallRegion::run(client, region.a);
    CHECK(report.end == End::in_step);
    CHECK(report.rounds == 1);
    const auto bytes = proxy.sent() + proxy.received();
    CHECK(bytes == report.bytes_sent + report.bytes_received);

    client.close_connections();
    std::this_thread::sleep_for(kClosing);
    proxy.reset();
    const auto idle = SmallRegion::run(client, region.a);
    CHECK(idle.end == End::in_step);
    CHECK(idle.rounds == 1);
    CHECK(proxy.sent() + proxy.received() == idle.bytes_sent + idle.bytes_received);

    region.a.write(note(i + 100));
    proxy.reset();
    CHECK(SmallRegion::run(client, region.a).rounds == 1);
    const auto kept = proxy.sent() + proxy.received();
    CHECK(kept <= 700);
    CHECK(idle.bytes_sent + idle.bytes_received <= 1'150);
    CHECK(bytes <= 1'350);
    CHECK(cold.bytes_sent + cold.bytes_received <= 2'800);
  }
}

TEST_CASE(
    "what the hub took in it countersigns, to who reads that; an older client gets what it reads") {
  SmallRegion region;
  region.a.write(note(1));
  REQUIRE(SmallRegion::run(region.client_a, region.a).end == End::in_step);
  const auto copies = region.a.replica.copies();
  CHECK(copies.receipted == 1);
  CHECK(copies.none == 0);

  const auto version_of_reply = [&](const std::string& query) {
    HttpsClient client(region.b.https(region.hub));
    Envelope envelope;
    envelope.message = region.b.replica.generate(region.hub.secret.id(), now(), 4096);
    const auto reply = client.post("https://127.0.0.1:" + std::to_string(region.server.port()) +
                                       ExchangeService::kPath + query,
                                   "application/octet-stream", encode_envelope(envelope), 1 << 20);
    REQUIRE(reply.status == 200);
    return static_cast<int>(decode_envelope(reply.body).message.at(1));
  };
  CHECK(version_of_reply("") == 1);
  CHECK(version_of_reply("?v=1") == 1);
  CHECK(version_of_reply("?v=x&v=2") == 1);
  CHECK(version_of_reply("?v=3") == 2);
  CHECK(version_of_reply("") == 2);
}

TEST_CASE("a site of another school, or of another region, isn't let in") {
  SmallRegion region;
  Place stranger(region.region, sync::SiteKind::node, sync::SchoolId::from("another school's"));
  auto client = stranger.client_of(region.hub, region.server.port());
  const auto report = SmallRegion::run(client, stranger);
  CHECK(report.end == End::refused);
  CHECK(report.status == 404);
  CHECK_FALSE(report.is_passing());

  const Region other;
  Place foreigner(other, sync::SiteKind::node);
  auto options = foreigner.https(region.hub);
  options.authority_pem = region.hub.authority_pem;
  ExchangeClient abroad(
      foreigner.school, foreigner.secret, options,
      {"https://127.0.0.1:" + std::to_string(region.server.port()), region.hub.secret.id()});
  CHECK(SmallRegion::run(abroad, foreigner).end == End::tls);
}

TEST_CASE("a site that is revoked is refused on the connection that it has open") {
  SmallRegion region;
  region.a.write(note(1));
  region.settle();
  REQUIRE(SmallRegion::run(region.client_b, region.b).end == End::in_step);
  region.a.act(sync::VoidSite{region.b.secret.id(), 1, 1});
  REQUIRE(SmallRegion::run(region.client_a, region.a).end == End::in_step);
  const auto report = SmallRegion::run(region.client_b, region.b);
  CHECK(report.end == End::refused);
  CHECK(report.status == 403);
  CHECK(report.error == "this site was revoked\n");
}

TEST_CASE(
    "who has no certificate, and what isn't an envelope or an authentic message, is refused") {
  SmallRegion region;
  const auto url = "https://127.0.0.1:" + std::to_string(region.server.port()) + "/v1/exchange";
  HttpsOptions nobody;
  nobody.authority_pem = region.hub.authority_pem;
  HttpsClient anonymous(nobody);
  CHECK(anonymous.post(url, "application/octet-stream", "", 1000).status == 401);
  CHECK(anonymous.post(url, "application/octet-stream", std::string(100'000, 'a'), 1000).status ==
        413);

  HttpsClient client(region.a.https(region.hub));
  const auto post = [&](const std::string& body) {
    return client.post(url, "application/octet-stream", body, 1000).status;
  };
  CHECK(post("") == 400);
  CHECK(post("\2") == 400);
  Envelope envelope;
  CHECK(post(encode_envelope(envelope)) == 422);
  envelope.message = region.a.replica.generate(region.hub.secret.id(), now(), 4096);
  envelope.message.back() = static_cast<char>(envelope.message.back() ^ 1);
  CHECK(post(encode_envelope(envelope)) == 422);
}

TEST_CASE("a school that is busy is told as what passes") {
  const Region region;
  Place hub(region, sync::SiteKind::hub);
  Place a(region, sync::SiteKind::node);
  ExchangeServing serving;
  serving.now = now;
  serving.open = [](const sync::SchoolId&) -> std::optional<LockedSchool> { throw SchoolBusy(); };
  ExchangeService service(hub.secret, serving);
  HttpServer server({}, {hub.certificate, hub.secret.encryption().pem(), hub.authority_pem});
  service.mount(server);
  server.start();
  auto client = a.client_of(hub, server.port());
  const auto report = SmallRegion::run(client, a);
  CHECK(report.status == 503);
  CHECK(report.is_passing());
}

TEST_CASE("messages take the size that the link carries") {
  SmallRegion region;
  Proxy proxy(region.server.port());
  auto client = region.a.client_of(region.hub, proxy.port());
  for (int i = 0; i < 6; ++i) region.a.write(note(i, noise(i, 4'000)));
  CHECK(client.budget() == limits::kFirstBudget);
  proxy.set_speed(4'000);
  CHECK(SmallRegion::run(client, region.a).end == End::in_step);
  CHECK(client.budget() >= 4'000 * 4);
  CHECK(client.budget() <= 4'000 * 16);
  proxy.set_speed(0);
  region.a.write(note(10, noise(10, 20'000)));
  CHECK(SmallRegion::run(client, region.a).end == End::in_step);
  CHECK(client.budget() > 4'000 * 16);
}

TEST_CASE("a link that breaks at any byte loses nothing, and what got through isn't sent again") {
  SmallRegion region;
  Proxy proxy(region.server.port());
  auto client = region.a.client_of(region.hub, proxy.port());
  REQUIRE(SmallRegion::run(client, region.a).end == End::in_step);
  int id = 0;
  for (const bool sending : {true, false}) {
    bool has_cut = true;
    for (std::uint64_t byte = 0; has_cut; byte += 41) {
      region.a.write(note(++id));
      client.close_connections();
      proxy.reset();
      sending ? proxy.cut_after_sent(byte) : proxy.cut_after_received(byte);
      const auto report = SmallRegion::run(client, region.a);
      has_cut = proxy.has_cut() && report.end != End::in_step;
      if (has_cut) CHECK(report.end == End::broken_off);
      CHECK(report.is_passing());
      proxy.reset();
      CHECK(SmallRegion::run(client, region.a).end == End::in_step);
    }
  }
  CHECK(region.hub.read("SELECT count(*) FROM note") == std::to_string(id) + "\n");
  CHECK(region.hub.read(kBodies) == region.a.read(kBodies));
  CHECK(region.hub.replica.verify().empty());
}

TEST_CASE("a link that breaks again and again carries more at each try") {
  SmallRegion region;
  Proxy proxy(region.server.port());
  auto client = region.a.client_of(region.hub, proxy.port());
  REQUIRE(SmallRegion::run(client, region.a).end == End::in_step);
  for (int i = 0; i < 100; ++i) region.a.write(note(i, noise(i, 2'000)));
  int tries = 0;
  for (ExchangeReport report; tries < 40; ++tries) {
    proxy.reset();
    client.close_connections();
    proxy.cut_after_sent(12'000);
    report = SmallRegion::run(client, region.a);
    if (report.end == End::in_step) break;
  }
  CHECK(tries >= 3);
  CHECK(tries < 40);
  CHECK(region.hub.read("SELECT count(*) FROM note") == "100\n");
}

TEST_CASE("waiting grows to ten minutes and no further, and isn't the same for all") {
  CHECK(retry_delay(1, 0) == std::chrono::seconds(5));
  CHECK(retry_delay(1, 1) == std::chrono::milliseconds(2500));
  CHECK(retry_delay(4, 0) == std::chrono::seconds(40));
  CHECK(retry_delay(1000, 0) == std::chrono::minutes(10));
}

}  // namespace zimnik::net::test
