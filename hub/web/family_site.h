// The families' pages: what all of them work with. Which pages there are, and which of them are for
// those who are signed in alone, stands in routes.cpp. Plain HTTP, meant to stand behind a proxy
// that does TLS and says who calls (X-Real-IP, Host). Any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "hub/files.h"
#include "hub/hub.h"
#include "sync/net/http_server.h"
#include "sync/web/pages.h"
#include "sync/web/throttle.h"

namespace zimnik::hub {

/// An account that is signed in.
struct Visitor {
  std::int64_t account = 0;
};

class FamilySite {
 public:
  /// `hub` outlives it.
  explicit FamilySite(Hub& hub)
      : hub_(hub), pages_(files(), {"base.css", "hub.css", "diary.css"}) {}

  /// REQUIRES: this object outlives the server.
  void mount(net::HttpServer& server);

  Hub& hub() { return hub_; }
  sync::Time now() const { return hub_.now(); }
  const web::Pages& pages() const { return pages_; }
  std::optional<Visitor> visitor(const net::Request& request);

  /// `title` is Russian, and translated.
  net::Response page(const net::Request& request, const std::string& name, const std::string& title,
                     web::Values values, int status = 200);
  net::Response not_found(const net::Request& request);

  web::Throttle& callers() { return callers_; }
  web::Throttle& logins() { return logins_; }

 private:
  net::Handler for_families(const struct FamilyRoute& route);

  Hub& hub_;
  web::Pages pages_;
  web::Throttle callers_{50};  ///< many families of a settlement have one address
  web::Throttle logins_{10};
};

/// A number in an address or a form; 0 where it is none.
std::int64_t number_from(const std::string& text);

}  // namespace zimnik::hub
