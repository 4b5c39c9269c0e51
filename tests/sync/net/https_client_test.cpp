#include "sync/net/https_client.h"

#include <atomic>
#include <catch2/catch.hpp>
#include <thread>

#include "sync/core/bytes.h"
#include "sync/net/http_server.h"
#include "sync/net/tls.h"
#include "tests/sync/net/plain_client.h"
#include "tests/sync/net/proxy.h"

namespace zimnik::net::test {
namespace {

using Outcome = HttpsReply::Outcome;

const sync::Time kNow{std::chrono::duration_cast<std::chrono::milliseconds>(
                          std::chrono::system_clock::now().time_since_epoch())
                          .count()};
const sync::SchoolId kSchool = sync::SchoolId::from("a school of 16 b");

struct Certified {
  SiteSecret secret = SiteSecret::make();
  std::string certificate;

  explicit Certified(const CertificateAuthority& authority, sync::Time now = kNow)
      : certificate(authority.issue(certificate_request(secret), kSchool, secret.keys(), now)) {}
  HttpsOptions client(const CertificateAuthority& authority) const {
    HttpsOptions options;
    options.authority_pem = authority.certificate_pem();
    options.certificate_pem = certificate;
    options.key_pem = secret.encryption().pem();
    return options;
  }
};

/// Answers with who asked, and with the body.
struct Server {
  CertificateAuthority authority = CertificateAuthority::make("a region", kNow);
  Certified site{authority};
  Certified client{authority};
  std::atomic<int> calls = 0;
  HttpServer server;

  Server()
      : server({},
               {site.certificate, site.secret.encryption().pem(), authority.certificate_pem()}) {
    server.route("POST", "/echo", [this](const Request& request) {
      ++calls;
      if (!request.peer) return Response::text(401, "who are you?");
      return Response::bytes(request.peer->site.hex() + request.body);
    });
    server.route("GET", "/large",
                 [](const Request&) { return Response::bytes(std::string(100'000, 'a')); });
    server.route("GET", "/authority", [this](const Request&) {
      return Response::text(200, authority.certificate_pem());
    });
    server.start();
  }
  HttpsOptions options() const { return client.client(authority); }
};

std::string url(int port, const std::string& path) {
  return "https://127.0.0.1:" + std::to_string(port) + path;
}

HttpsReply echo(HttpsClient& client, int port, const std::string& body = "hello") {
  return client.post(url(port, "/echo"), "application/octet-stream", body, 1000);
}

}  // namespace

TEST_CASE("the server sees who calls, and the connection serves again") {
  Server server;
  HttpsClient client(server.options());
  const auto reply = echo(client, server.server.port());
  REQUIRE(reply.outcome == Outcome::answered);
  CHECK(reply.body == server.client.secret.id().hex() + "hello");
  CHECK(reply.new_connection);
  CHECK_FALSE(reply.resumed);
  CHECK_FALSE(echo(client, server.server.port()).new_connection);
}

TEST_CASE("who has no certificate is told so, by the route") {
  Server server;
  HttpsOptions options;
  options.authority_pem = server.authority.certificate_pem();
  HttpsClient client(options);
  const auto reply = echo(client, server.server.port());
  CHECK(reply.outcome == Outcome::refused);
  CHECK(reply.status == 401);
  CHECK(reply.body == "who are you?\n");
}

TEST_CASE("another authority's certificate is refused before the request is looked at") {
  Server server;
  const auto other = CertificateAuthority::make("another region", kNow);
  auto options = Certified(other).client(other);
  options.authority_pem = server.authority.certificate_pem();
  HttpsClient client(options);
  const auto reply = echo(client, server.server.port());
  CHECK(reply.outcome == Outcome::tls);
  CHECK(reply.error != "");
  CHECK(server.calls == 0);
}

TEST_CASE("a client's certificate that has expired is refused") {
  Server server;
  const sync::Time long_ago{kNow.ms - std::int64_t{3} * 365 * 24 * 3600 * 1000};
  HttpsClient client(Certified(server.authority, long_ago).client(server.authority));
  const auto reply = echo(client, server.server.port());
  CHECK(reply.outcome == Outcome::tls);
  CHECK(reply.error.find("expired") != std::string::npos);
}

TEST_CASE("a client takes no server of another authority, and no other site where one is named") {
  Server server;
  auto options = server.options();
  options.authority_pem = CertificateAuthority::make("another region", kNow).certificate_pem();
  HttpsClient misled(options);
  CHECK(echo(misled, server.server.port()).outcome == Outcome::tls);

  options = server.options();
  options.server = SiteSecret::make().id();
  HttpsClient lost(options);
  const auto reply = echo(lost, server.server.port());
  CHECK(reply.outcome == Outcome::tls);
  CHECK(reply.error.find("another site") != std::string::npos);
  CHECK(server.calls == 0);

  options.server = server.site.secret.id();
  HttpsClient right(options);
  CHECK(echo(right, server.server.port()).outcome == Outcome::answered);
}

TEST_CASE("nobody there is told from a server that speaks no TLS") {
  Server server;
  HttpOptions options;
  options.request_time = std::chrono::milliseconds(200);
  HttpServer plain(options);
  plain.start();
  HttpsClient client(server.options());
  CHECK(echo(client, plain.port()).outcome == Outcome::tls);
  CHECK(echo(client, 1).outcome == Outcome::unreachable);
}

TEST_CASE("the authority's certificate is fetched by its fingerprint alone") {
  Server server;
  const auto address = url(server.server.port(), "/authority");
  const auto pem = fetch_authority(address, server.authority.fingerprint());
  CHECK(read_certificate(pem).fingerprint == server.authority.fingerprint());
  CHECK_THROWS_AS(
      fetch_authority(address, CertificateAuthority::make("another", kNow).fingerprint()),
      sync::Refused);
}

TEST_CASE("a reply over the bound is broken off") {
  Server server;
  HttpsClient client(server.options());
  CHECK(client.get(url(server.server.port(), "/large"), 100'000).body.size() == 100'000);
  const auto reply = client.get(url(server.server.port(), "/large"), 99'999);
  CHECK(reply.outcome == Outcome::broken_off);
  CHECK(reply.error == "a reply that is too large");
}

TEST_CASE("a session is taken up again, and the bytes are counted as a proxy counts them") {
  Server server;
  Proxy proxy(server.server.port());
  HttpsClient client(server.options());
  std::uint64_t bytes[2] = {};
  for (const bool resumed : {false, true}) {
    std::this_thread::sleep_for(std::chrono::milliseconds(100));  // the last connection's end
    proxy.reset();
    const auto reply = echo(client, proxy.port(), "");
    REQUIRE(reply.outcome == Outcome::answered);
    CHECK(reply.resumed == resumed);
    CHECK(reply.bytes_sent == proxy.sent());
    CHECK(reply.bytes_received == proxy.received());
    bytes[resumed ? 1 : 0] = proxy.sent() + proxy.received();
    client.close_connections();
  }
  CHECK(bytes[0] < 2'600);
  CHECK(bytes[1] < 1'200);
}

TEST_CASE("a connection that breaks takes no session with it") {
  Server server;
  Proxy proxy(server.server.port());
  HttpsClient client(server.options());
  REQUIRE(echo(client, proxy.port()).outcome == Outcome::answered);
  proxy.set_speed(100'000);  // the server's ticket comes long before the cut
  for (const std::uint64_t byte : {10, 100, 50'000}) {
    proxy.reset();
    client.close_connections();
    proxy.cut_after_sent(byte);
    CHECK(echo(client, proxy.port(), std::string(500'000, 'a')).outcome == Outcome::broken_off);
    REQUIRE(proxy.has_cut());
    client.close_connections();
    const auto reply = echo(client, proxy.port());
    CHECK(reply.outcome == Outcome::answered);
    INFO("cut after " << byte << " sent " << reply.bytes_sent);
    CHECK(reply.resumed);
  }
}

TEST_CASE("a connection that is cut at any byte is told as broken off, and the next call works") {
  Server server;
  Proxy proxy(server.server.port());
  HttpsClient client(server.options());
  for (const bool sending : {true, false}) {
    proxy.reset();
    client.close_connections();
    REQUIRE(echo(client, proxy.port()).outcome == Outcome::answered);
    const auto all = sending ? proxy.sent() : proxy.received();
    for (std::uint64_t byte = 0; byte < all; ++byte) {
      proxy.reset();
      client.close_connections();
      sending ? proxy.cut_after_sent(byte) : proxy.cut_after_received(byte);
      const auto reply = echo(client, proxy.port());
      if (!proxy.has_cut()) break;  // a resumed connection needs fewer bytes
      const bool is_fair = reply.outcome == Outcome::broken_off;
      INFO((sending ? "sent " : "received ") << byte << " of " << all << ": " << reply.error);
      REQUIRE(is_fair);
    }
    proxy.reset();
    client.close_connections();
    CHECK(echo(client, proxy.port()).outcome == Outcome::answered);
  }
}

}  // namespace zimnik::net::test
