// Who comes in at the console: sign-in with a password that a one-time code has set.
#pragma once

#include <optional>
#include <string>

#include "hub/console/operator_store.h"
#include "hub/hub.h"
#include "hub/rate_limit.h"
#include "hub/sign_in_guard.h"
#include "sync/net/http_server.h"
#include "sync/web/pages.h"

namespace zimnik::hub {

/// Any thread.
class ConsoleDoor {
 public:
  /// Both outlive it.
  ConsoleDoor(Hub& hub, const web::Pages& pages) : hub_(hub), pages_(pages) {}

  /// Mounts /sign-in, /code and /sign-out. REQUIRES: this object outlives the server.
  void mount(net::HttpServer& server);
  /// Nothing where nobody is signed in.
  std::optional<OperatorAccount> visitor(const net::Request& request);
  /// The page to sign in on, with status 403: what was asked for is for operators.
  net::Response show(const net::Request& request) { return show(request, 403, ""); }

 private:
  net::Response show(const net::Request& request, int status, const std::string& problem);
  net::Response show_code(const net::Request& request, int status, const std::string& problem);
  net::Response enter(const net::Request& request);
  net::Response use_code(const net::Request& request);
  net::Response leave(const net::Request& request);
  net::Response let_in(const net::Request& request, const std::string& login);
  /// What failed is counted, and noted.
  void note_failure(const net::Request& request, const SignInAttempt& attempt);

  Hub& hub_;
  const web::Pages& pages_;
  SignInGuard guard_;
  /// Of what is noted for good of logins that are nobody's: anybody may try them.
  RateLimit nobodys_failures_{100, 60 * 1000};
};

}  // namespace zimnik::hub
