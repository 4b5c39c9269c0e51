// What links in letters do (hub/delivery/links.h), without a sign-in. To look at one does nothing:
// programs that check letters follow links. Any thread.
#pragma once

#include "hub/web/family_site.h"

namespace zimnik::hub {

net::Response confirmation_page(FamilySite& site, const net::Request& request);
net::Response confirm_address(FamilySite& site, const net::Request& request);
net::Response unsubscription_page(FamilySite& site, const net::Request& request);
/// From the page, or one click in a mail program (RFC 8058), which comes from no page of ours.
net::Response unsubscribe(FamilySite& site, const net::Request& request);

}  // namespace zimnik::hub
