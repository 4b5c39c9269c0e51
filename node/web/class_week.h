// Two more pages of a class: its week of absences with their reasons, and the register of its
// families' consents. For who reads the class's list; excuses are entered by who cares for it.
#pragma once

#include "node/web/site.h"

namespace zimnik::node {

/// `?day=`: a day of the week; else the one that runs.
net::Response class_week_page(Site& site, const net::Request& request, const Visitor& visitor);
net::Response class_consents_page(Site& site, const net::Request& request, const Visitor& visitor);

}  // namespace zimnik::node
