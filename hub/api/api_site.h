// The read API for other systems, beside the families' pages: JSON under /api/v1, for who has a key
// (Authorization: Bearer). What it gives stands in resources.cpp and openapi.json. Any thread.
#pragma once

#include <functional>
#include <mutex>
#include <span>
#include <string>

#include "hub/api/key_store.h"
#include "hub/api/resources.h"
#include "hub/hub.h"
#include "hub/rate_limit.h"
#include "sync/net/http_server.h"
#include "sync/web/throttle.h"

namespace zimnik::hub {

class ApiSite {
 public:
  /// `hub` outlives it. `log` gets lines for operators.
  ApiSite(Hub& hub, std::function<void(const std::string&)> log);

  /// Everything under /api. REQUIRES: this object outlives the server, and is mounted before
  /// whoever answers all that is left.
  void mount(net::HttpServer& server);

  /// All routes that answer with something, as the document names them: /api/v1/schools/{school}.
  static std::vector<std::string> paths();

 private:
  using Answer = std::function<net::Response(const net::Request&, const ApiKey&)>;
  /// Whom the request is of; else why it isn't answered.
  net::Handler for_keys(Answer answer);
  /// Also asks for the scope, and a school that the key opens and that can be read.
  using SchoolAnswer = std::function<net::Response(const net::Request&, const ApiKey&, School&)>;
  net::Handler for_school(ApiScope scope, SchoolAnswer answer);

  net::Response schools(const net::Request& request, const ApiKey& key);
  net::Response school(const net::Request& request, School& school);
  net::Response rows(const net::Request& request, const ApiKey& key, School& school,
                     const ApiResource& resource);
  net::Response oneroster(const ApiKey& key, School& school);

  Hub& hub_;
  const std::function<void(const std::string&)> log_;
  web::Throttle callers_{20};
  RateLimit rates_{120, 200};  ///< of a key: requests, and milliseconds for each more
  std::mutex archive_;         ///< one is made at a time: it reads a whole school
};

}  // namespace zimnik::hub
