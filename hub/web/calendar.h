// A family's calendar by a secret address, which calendar programs ask for again and again, without
// a sign-in. Whose lessons are in it is asked anew each time. Any thread.
#pragma once

#include "hub/web/family_site.h"

namespace zimnik::hub {

/// `/calendar/SECRET.ics`; with an ETag. Without a diary that may be read it is empty, so that
/// programs forget what they had.
net::Response calendar_feed(FamilySite& site, const net::Request& request);
/// Shows the page with a new address, this once; an older one is over.
net::Response renew_calendar(FamilySite& site, const net::Request& request, const Visitor& visitor);
net::Response close_calendar(FamilySite& site, const net::Request& request, const Visitor& visitor);

}  // namespace zimnik::hub
