// A code by the clock after the password: asked for, turned on and off. Any thread.
#pragma once

#include "hub/web/family_site.h"

namespace zimnik::hub {

/// For who has typed the right password: the session, or the page that asks for the code.
net::Response after_password(FamilySite& site, const net::Request& request,
                             const FamilyAccount& account);
net::Response check_second_factor(FamilySite& site, const net::Request& request);

/// Shows a new secret; nothing is on before a code of it was typed.
net::Response second_factor_page(FamilySite& site, const net::Request& request,
                                 const Visitor& visitor);
net::Response turn_on_second_factor(FamilySite& site, const net::Request& request,
                                    const Visitor& visitor);
net::Response turn_off_second_factor(FamilySite& site, const net::Request& request,
                                     const Visitor& visitor);

}  // namespace zimnik::hub
