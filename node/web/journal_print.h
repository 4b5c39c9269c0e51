// A course's journal as the paper one is laid out: on the left pupils and their marks by date, on
// the right of the same sheet what was taught on these dates.
#pragma once

#include "node/web/site.h"

namespace zimnik::node {

/// `?period=`: a period's code or «year»; else the one at hand.
net::Response journal_print_page(Site& site, const net::Request& request, const Visitor& visitor);

}  // namespace zimnik::node
