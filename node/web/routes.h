// All pages of the journal, and who may open each: the one place where that is said. What a page
// then shows of what it has (the own classes alone, say) is the page's matter, by schema/access.h.
#pragma once

#include <span>

#include "node/web/door.h"
#include "schema/roles.h"
#include "sync/net/http_message.h"

namespace zimnik::node {

class Site;

struct Route {
  const char* method;
  const char* pattern;   ///< of sync/net/http_server.h; a script's begins with /api/
  journal::Roles roles;  ///< who may; others get 403
  const char* menu;      ///< its name in the menu; null where it doesn't stand there
  net::Response (*answer)(Site&, const net::Request&, const Visitor&);
};

/// In the order of the menu. Only for those who are signed in; the door's own aren't among them.
std::span<const Route> routes();

}  // namespace zimnik::node
