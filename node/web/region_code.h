// A code for the region's site, for one person: staff bind their federal identity there (R31),
// pupils and guardians read the diary.
#pragma once

#include "node/web/site.h"

namespace zimnik::node {

net::Response issue_region_code(Site& site, const net::Request& request, const Visitor& visitor);

}  // namespace zimnik::node
