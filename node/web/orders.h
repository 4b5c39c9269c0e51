// Orders and responsible persons: the principal writes both, the secretary enters orders. Grants of
// roles, each by an order and for a term: nobody gives or takes a role above the own rank.
#pragma once

#include "node/web/site.h"

namespace zimnik::node {

net::Response orders_page(Site& site, const net::Request& request, const Visitor& visitor);
net::Response add_order(Site& site, const net::Request& request, const Visitor& visitor);
/// order, and what it says anew.
net::Response correct_order(Site& site, const net::Request& request, const Visitor& visitor);
net::Response assign_duty(Site& site, const net::Request& request, const Visitor& visitor);
net::Response end_duty(Site& site, const net::Request& request, const Visitor& visitor);

net::Response roles_page(Site& site, const net::Request& request, const Visitor& visitor);
net::Response grant_role(Site& site, const net::Request& request, const Visitor& visitor);
net::Response withdraw_role(Site& site, const net::Request& request, const Visitor& visitor);

}  // namespace zimnik::node
