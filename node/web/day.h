// Where one begins: the day's lessons, and the journals.
#pragma once

#include "node/web/site.h"

namespace zimnik::node {

net::Response day_page(Site& site, const net::Request& request, const Visitor& visitor);

}  // namespace zimnik::node
