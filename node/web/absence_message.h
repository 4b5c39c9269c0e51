// What families are told of an absence: the school's own text.
#pragma once

#include "node/web/site.h"

namespace zimnik::node {

/// `?text=`: shows what becomes of it, before it is written.
net::Response absence_message_page(Site& site, const net::Request& request, const Visitor& visitor);
/// text; blank for the usual one.
net::Response set_absence_message(Site& site, const net::Request& request, const Visitor& visitor);

}  // namespace zimnik::node
