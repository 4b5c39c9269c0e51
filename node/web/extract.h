// An extract from the journals for one pupil, to print and sign.
#pragma once

#include "node/web/site.h"

namespace zimnik::node {

/// For the heads, the secretary and the teacher of the pupil's class.
net::Response extract_page(Site& site, const net::Request& request, const Visitor& visitor);

}  // namespace zimnik::node
