// The first-run assistant: a school that has nothing yet is set up step by step, with a checklist
// of what is done. Each step can be gone through again at any time.
#pragma once

#include "node/web/site.h"

namespace zimnik::node {

/// `?year=` that is set up: from June on the next one too. `?plan=` quarters, trimesters,
/// half_years: what periods are offered for.
net::Response setup_page(Site& site, const net::Request& request, const Visitor& visitor);
/// name, settlement, time_zone. A school without a building gets its main one.
net::Response set_up_school(Site& site, const net::Request& request, const Visitor& visitor);
/// plan, and starts_CODE, ends_CODE of each of its periods.
net::Response set_up_periods(Site& site, const net::Request& request, const Visitor& visitor);
/// days: a day and its name in each line. It is all of the year's.
net::Response set_up_days_off(Site& site, const net::Request& request, const Visitor& visitor);
/// branch, shift, first, minutes, lessons, breaks.
net::Response set_up_bells(Site& site, const net::Request& request, const Visitor& visitor);
/// Adds the usual ones that aren't there.
net::Response set_up_works(Site& site, const net::Request& request, const Visitor& visitor);

}  // namespace zimnik::node
