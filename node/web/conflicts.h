// What people should look at, as far as it is theirs to see, and how they settle it.
#pragma once

#include <vector>

#include "node/web/site.h"
#include "schema/read/review.h"

namespace zimnik::node {

/// Of all that is listed: to the heads everything, to others what stands in journals that they may
/// read (R15).
std::vector<journal::ReviewItem> review_items_for(sync::Database& database, const Visitor& visitor,
                                                  journal::Date today);

net::Response conflicts_page(Site& site, const net::Request& request, const Visitor& visitor);
/// The form of one item: table, key, group, choice.
net::Response settle_conflict(Site& site, const net::Request& request, const Visitor& visitor);

}  // namespace zimnik::node
