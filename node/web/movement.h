// Pupils who come, go over to another class and leave, each by an order; and their files. For the
// office: who may move pupils.
#pragma once

#include "node/web/site.h"

namespace zimnik::node {

/// A new pupil in a class, and there is led to its page.
net::Response add_pupil(Site& site, const net::Request& request, const Visitor& visitor);
net::Response set_pupil_file(Site& site, const net::Request& request, const Visitor& visitor);
/// Who is in no class comes to one.
net::Response admit_pupil(Site& site, const net::Request& request, const Visitor& visitor);
net::Response transfer_pupil(Site& site, const net::Request& request, const Visitor& visitor);
net::Response dismiss_pupil(Site& site, const net::Request& request, const Visitor& visitor);

}  // namespace zimnik::node
