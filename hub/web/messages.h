// What school and family write to each other about a pupil. Any thread.
#pragma once

#include "hub/web/family_site.h"

namespace zimnik::hub {

net::Response messages_page(FamilySite& site, const net::Request& request, const Visitor& visitor);
net::Response write_to_school(FamilySite& site, const net::Request& request,
                              const Visitor& visitor);

}  // namespace zimnik::hub
