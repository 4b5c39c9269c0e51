// The results of a course: what its teacher posts for the period at hand, what waits, and what a
// commission or an order has set.
#pragma once

#include "node/web/site.h"

namespace zimnik::node {

/// `?period=`: the one at hand, else the last that has begun.
net::Response finals_page(Site& site, const net::Request& request, const Visitor& visitor);
/// The form of all pupils: period, and for each `final-ID`, with what was shown in `was-ID`. Only
/// what differs is written. The course's teacher alone.
net::Response post_finals(Site& site, const net::Request& request, const Visitor& visitor);
/// pupil, period, until, reason, document; `end` ends it. The course's teacher and the heads.
net::Response defer_final(Site& site, const net::Request& request, const Visitor& visitor);
/// pupil, period, value, basis, number, date. The heads.
net::Response set_final_by_paper(Site& site, const net::Request& request, const Visitor& visitor);

}  // namespace zimnik::node
