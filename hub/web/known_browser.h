// Browsers in which an account's password was right before: each keeps a mark, which stays at
// signing out and is void with a new password. It opens nothing: it says whom guessing elsewhere
// doesn't hold up (sign_in_guard.h). Any thread.
//
//   known=<account>-<seal>: hub/delivery/links.h, purpose "known-browser", over the verifier
#pragma once

#include "hub/family_store.h"
#include "hub/web/family_site.h"

namespace zimnik::hub {

bool is_known_browser(FamilySite& site, const net::Request& request, const FamilyAccount& account);
/// Adds the mark.
void remember_browser(FamilySite& site, const net::Request& request, const FamilyAccount& account,
                      net::Response& response);

}  // namespace zimnik::hub
