// A code from the school makes an account, or adds a guardian to one that is signed in. Any thread.
#pragma once

#include "hub/web/family_site.h"

namespace zimnik::hub {

net::Response activation_page(FamilySite& site, const net::Request& request);
net::Response activate(FamilySite& site, const net::Request& request);

}  // namespace zimnik::hub
