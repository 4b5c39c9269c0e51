// All pages of the console, and who may open each: the one place where that is said. That an
// education authority sees its own schools alone is the pages' matter, by OperatorAccount::sees().
#pragma once

#include <span>

#include "hub/console/operator_store.h"
#include "sync/net/http_message.h"

namespace zimnik::hub {

class Console;

struct ConsoleRoute {
  const char* method;
  const char* pattern;  ///< of sync/net/http_server.h
  unsigned roles;       ///< who may, by bits; others get 403
  const char* menu;     ///< its name in the menu; null where it doesn't stand there
  net::Response (*answer)(Console&, const net::Request&, const OperatorAccount&);
};

constexpr unsigned bit_of(OperatorRole role) { return 1U << static_cast<unsigned>(role); }
constexpr bool may(OperatorRole role, const ConsoleRoute& route) {
  return (route.roles & bit_of(role)) != 0;
}

/// In the order of the menu. Only for those who are signed in; the door's own aren't among them.
std::span<const ConsoleRoute> console_routes();

}  // namespace zimnik::hub
