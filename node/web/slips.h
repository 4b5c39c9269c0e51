// The week's slips of a class on paper, with lines to cut along.
#pragma once

#include "node/web/site.h"

namespace zimnik::node {

/// `?week=`: any day of it, else today's; `?only=paper`: those who don't read electronically. For
/// the class's teacher, the heads and the secretary.
net::Response slips_page(Site& site, const net::Request& request, const Visitor& visitor);

}  // namespace zimnik::node
