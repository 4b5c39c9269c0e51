// Leaks of personal data: whom one touched, and what is due when.
#pragma once

#include "hub/console/console.h"

namespace zimnik::hub {

net::Response leaks_page(Console& console, const net::Request& request,
                         const OperatorAccount& visitor);
net::Response open_leak(Console& console, const net::Request& request,
                        const OperatorAccount& visitor);
/// With the names of those whom it touched: who opens it looked at their records, which is noted.
net::Response leak_page(Console& console, const net::Request& request,
                        const OperatorAccount& visitor);
net::Response mark_leak(Console& console, const net::Request& request,
                        const OperatorAccount& visitor);

}  // namespace zimnik::hub
