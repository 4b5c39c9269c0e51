// A code for the region's site, for one person: staff bind their federal identity there (R31),
// pupils and guardians read the diary.
#pragma once

#include "node/web/site.h"

namespace zimnik::node {

/// With it a child's diary can be read: of pupils and guardians only the principal gives one here
/// (and class teachers on the class's own page, for guardians).
bool may_issue_region_code(sync::Database& database, const Visitor& visitor, std::int64_t person);

/// person. Shows the code, once.
net::Response issue_region_code(Site& site, const net::Request& request, const Visitor& visitor);

}  // namespace zimnik::node
