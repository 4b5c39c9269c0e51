// What is for the heads of the whole school: a grant for a part of it opens the route, not the
// page.
#pragma once

#include "node/web/site.h"

namespace zimnik::node {

/// Throws CommandRefused where the visitor isn't one.
void require_head(const Visitor& visitor);
/// The page that is shown to who isn't one.
net::Response heads_only(const Site& site, const net::Request& request);

}  // namespace zimnik::node
