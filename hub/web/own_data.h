// What a school knows of the members of a family, and they may say themselves: contacts, and the
// consent to the electronic diary. Any thread.
#pragma once

#include "hub/web/family_site.h"

namespace zimnik::hub {

net::Response own_data_page(FamilySite& site, const net::Request& request, const Visitor& visitor);
net::Response set_own_contact(FamilySite& site, const net::Request& request,
                              const Visitor& visitor);
net::Response set_own_consent(FamilySite& site, const net::Request& request,
                              const Visitor& visitor);

}  // namespace zimnik::hub
