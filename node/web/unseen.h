// Results that their parents don't have yet, had late, or have on paper alone.
#pragma once

#include "node/web/site.h"

namespace zimnik::node {

net::Response unseen_page(Site& site, const net::Request& request, const Visitor& visitor);

}  // namespace zimnik::node
