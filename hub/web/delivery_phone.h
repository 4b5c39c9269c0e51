// Messages to a telephone: its number, which its owner confirms by a code that comes to it. Any
// thread.
#pragma once

#include "hub/web/family_site.h"

namespace zimnik::hub {

/// A new number; the message with the code is queued.
net::Response set_phone(FamilySite& site, const net::Request& request, const Visitor& visitor);
/// The code is there: messages are chosen from now on.
net::Response confirm_phone(FamilySite& site, const net::Request& request, const Visitor& visitor);
net::Response choose_messages(FamilySite& site, const net::Request& request,
                              const Visitor& visitor);

}  // namespace zimnik::hub
