// What a family has sent to it, and where: its own choice, and what came of the last letters. Any
// thread.
#pragma once

#include "hub/web/family_site.h"

namespace zimnik::hub {

net::Response delivery_page(FamilySite& site, const net::Request& request, const Visitor& visitor);
/// The same, with the calendar's new address, which is shown this once.
net::Response delivery_page_with(FamilySite& site, const net::Request& request,
                                 const Visitor& visitor, const std::string& calendar);
/// The same, with what is wrong with what was asked for: Russian, translated.
net::Response delivery_page_saying(FamilySite& site, const net::Request& request,
                                   const Visitor& visitor, int status, const std::string& problem);
/// A new address; the letter that asks whether it is theirs is queued.
net::Response set_delivery_address(FamilySite& site, const net::Request& request,
                                   const Visitor& visitor);
net::Response choose_news(FamilySite& site, const net::Request& request, const Visitor& visitor);

}  // namespace zimnik::hub
