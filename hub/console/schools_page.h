// The region's schools at a glance, and each one's own page.
#pragma once

#include "hub/console/console.h"

namespace zimnik::hub {

/// All schools, or those that ask for attention (?only=attention).
net::Response schools_page(Console& console, const net::Request& request,
                           const OperatorAccount& visitor);
net::Response add_school_page(Console& console, const net::Request& request,
                              const OperatorAccount& visitor);
/// One school: its sites, its acts, and what can be done.
net::Response school_page(Console& console, const net::Request& request,
                          const OperatorAccount& visitor);

}  // namespace zimnik::hub
