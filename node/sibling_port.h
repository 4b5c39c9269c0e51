// The port that the school's other nodes call. It shows the certificate that the node has: where
// that changes, or the node goes on as another site, it is opened anew.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <string>

#include "node/school_node.h"
#include "sync/net/exchange_service.h"
#include "sync/net/http_server.h"

namespace zimnik::node {

class SiblingPort {
 public:
  /// `listen` is address:port. Without a certificate it stays closed until there is one. `node`
  /// outlives it. Throws as net::HttpServer. `log` gets lines for operators, from any thread.
  SiblingPort(SchoolNode& node, std::string listen, std::function<void(const std::string&)> log);

  /// As the node is now. Any thread but the port's own.
  void follow();
  /// 0 while it is closed.
  int port() const;

 private:
  net::ExchangeServing serving();

  SchoolNode& node_;
  std::string listen_;
  std::function<void(const std::string&)> log_;
  mutable std::mutex mutex_;
  std::string certificate_;  ///< that is shown
  sync::SiteId self_;        ///< whose service it is
  std::unique_ptr<net::ExchangeService> service_;
  std::unique_ptr<net::HttpServer> server_;  ///< last: it calls what is above
};

}  // namespace zimnik::node
