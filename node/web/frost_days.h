// Days on which lessons are remote for the cold: everybody sees them, the heads announce them.
#pragma once

#include "node/web/site.h"

namespace zimnik::node {

net::Response frost_days_page(Site& site, const net::Request& request, const Visitor& visitor);
/// branch, shift, date, through, source. The heads.
net::Response announce_frost_day(Site& site, const net::Request& request, const Visitor& visitor);
/// branch, shift, date. The heads.
net::Response withdraw_frost_day(Site& site, const net::Request& request, const Visitor& visitor);

/// For the day page.
web::List frost_on(Site& site, journal::Date date);

}  // namespace zimnik::node
