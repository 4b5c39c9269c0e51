// A family says ahead that a pupil won't come. Any thread.
#pragma once

#include "hub/web/family_site.h"

namespace zimnik::hub {

net::Response absence_page(FamilySite& site, const net::Request& request, const Visitor& visitor);
net::Response announce_absence(FamilySite& site, const net::Request& request,
                               const Visitor& visitor);
net::Response withdraw_absence(FamilySite& site, const net::Request& request,
                               const Visitor& visitor);

}  // namespace zimnik::hub
