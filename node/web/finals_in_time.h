// Results that are missing in their period's last week, or were entered outside of it.
#pragma once

#include "node/web/site.h"

namespace zimnik::node {

/// `?period=`: a period's code; else the one at hand.
net::Response finals_in_time_page(Site& site, const net::Request& request, const Visitor& visitor);

}  // namespace zimnik::node
