// What people should look at, as far as it is theirs to see.
#pragma once

#include <vector>

#include "node/web/door.h"
#include "schema/read/review.h"

namespace zimnik::node {

/// Of all that is listed: to the heads everything, to others what stands in journals that they may
/// read (R15).
std::vector<journal::ReviewItem> review_items_for(sync::Database& database, const Visitor& visitor,
                                                  journal::Date today);

}  // namespace zimnik::node
