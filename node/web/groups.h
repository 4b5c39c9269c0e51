// Subgroups, streams and individual plans: who is in them, from which day to which, and what they
// are taught. For who may manage the structure.
#pragma once

#include "node/web/site.h"

namespace zimnik::node {

net::Response groups_page(Site& site, const net::Request& request, const Visitor& visitor);
net::Response add_group(Site& site, const net::Request& request, const Visitor& visitor);
/// `?class=`: whose pupils may join a group that isn't of a class.
net::Response group_page(Site& site, const net::Request& request, const Visitor& visitor);
net::Response rename_group(Site& site, const net::Request& request, const Visitor& visitor);
/// All that were ticked: the fields `pupil`.
net::Response join_group(Site& site, const net::Request& request, const Visitor& visitor);
net::Response leave_group(Site& site, const net::Request& request, const Visitor& visitor);

}  // namespace zimnik::node
