// Browsers in which an account's password was right before: each keeps a mark of it, which stays at
// signing out and is void with a new password. It opens nothing: it says whom guessing elsewhere
// doesn't hold up (sign_in_guard.h). Any thread.
//
//   known_<door>_<account>=<account>-<seal>: hub/delivery/links.h, the door as purpose, over the
//   verifier
#pragma once

#include <cstdint>
#include <string>

#include "hub/hub.h"
#include "sync/net/http_message.h"

namespace zimnik::hub {

struct KnownAccount {
  std::string door;  ///< whose accounts these are: family, operator
  std::int64_t id = 0;
  std::string verifier;
};

bool is_known_browser(Hub& hub, const net::Request& request, const KnownAccount& account);
/// Adds the mark.
void remember_browser(Hub& hub, const net::Request& request, const KnownAccount& account,
                      net::Response& response);

}  // namespace zimnik::hub
