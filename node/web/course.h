// The page of a class and subject: the grid, what scripts ask for again, and what they save.
#pragma once

#include "node/web/site.h"

namespace zimnik::node {

net::Response course_page(Site& site, const net::Request& request, const Visitor& visitor);
/// Of a multi-grade class: the grids of several courses, one under the other.
net::Response together_page(Site& site, const net::Request& request, const Visitor& visitor);
/// As grid.h has it.
net::Response course_json(Site& site, const net::Request& request, const Visitor& visitor);
/// Takes one entry (save.h); answers what has reached the region (reached.h), and `saved`: written
/// or held.
net::Response save_entry(Site& site, const net::Request& request, const Visitor& visitor);

}  // namespace zimnik::node
