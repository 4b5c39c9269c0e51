// The teaching load: who teaches what to whom, and how many hours a year. Each line is a page of
// the journal.
#pragma once

#include "node/web/site.h"

namespace zimnik::node {

/// Of one class (?class=), of what goes over several (?streams), or of the first class.
net::Response load_page(Site& site, const net::Request& request, const Visitor& visitor);
net::Response add_course(Site& site, const net::Request& request, const Visitor& visitor);
net::Response change_course(Site& site, const net::Request& request, const Visitor& visitor);

}  // namespace zimnik::node
