// A region in one process: an authority, sites of its schools with replicas and key stores, and a
// hub that serves them over TLS.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "sync/net/exchange_client.h"
#include "sync/net/exchange_service.h"
#include "sync/net/tls.h"
#include "tests/sync/net/folder.h"

namespace zimnik::net::test {

sync::Time now();
/// shared: note(id): body, and by(id): name, personal. school: secret(id): body.
sync::Schema notes();

struct Region {
  CertificateAuthority authority = CertificateAuthority::make("a region", now());
  sync::SchoolId school = sync::SchoolId::from("a school of 16 b");
  sync::Schema schema = notes();
};

/// A site of the region's school, with all that it keeps.
class Place {
 public:
  Place(const Region& region, sync::SiteKind kind, const sync::SchoolId& school);
  Place(const Region& region, sync::SiteKind kind) : Place(region, kind, region.school) {}

  LockedSchool lock();
  void write(const std::string& sql);
  /// Rows as text: columns parted by a comma, rows by a line's end.
  std::string read(const std::string& sql);
  void act(decltype(sync::Act::what) what);
  /// As the site that a server expects or a client calls.
  HttpsOptions https(const Place& server) const;
  ExchangeClient client_of(const Place& hub, int port) const;
  /// All bytes of its files.
  std::string files() const;

  const sync::SchoolId school;
  const SiteSecret secret = SiteSecret::make();
  const sync::SiteRecord record;
  const std::string authority_pem;
  const std::string certificate;

 private:
  Folder folder_;
  std::mutex mutex_;
  std::uint32_t entries_ = 0;

 public:
  KeyStore keys;
  sync::Replica replica;
};

/// Serves a hub's schools, and keeps all bytes that it got and gave.
class HubServer {
 public:
  explicit HubServer(Place& hub);
  int port() const { return server_.port(); }
  HttpServer& server() { return server_; }
  std::string seen();
  std::string fault();

 private:
  Place& hub_;
  ExchangeService service_;
  HttpServer server_;
  std::mutex mutex_;
  std::string seen_;
  std::string fault_;
};

/// A hub and two nodes, which know of each other what the hub would tell them.
struct SmallRegion {
  Region region;  ///< made first
  Place hub{region, sync::SiteKind::hub};
  Place a{region, sync::SiteKind::node};
  Place b{region, sync::SiteKind::node};
  HubServer server{hub};
  ExchangeClient client_a = a.client_of(hub, server.port());
  ExchangeClient client_b = b.client_of(hub, server.port());

  explicit SmallRegion(const sync::Schema& schema = notes());
  static ExchangeReport run(ExchangeClient& client, Place& place);
  /// a, b, a and b again, until both are in step with the hub.
  void settle();
};

}  // namespace zimnik::net::test
