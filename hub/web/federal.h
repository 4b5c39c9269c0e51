// Signing in by a federal identity, and binding one to an account. Any thread.
#pragma once

#include "hub/web/family_site.h"

namespace zimnik::hub {

/// Leads to the provider, to sign in.
net::Response federal_sign_in(FamilySite& site, const net::Request& request);
/// Where the provider leads back to.
net::Response federal_return(FamilySite& site, const net::Request& request);
/// Leads to the provider, to bind its identity to the account.
net::Response bind_identity(FamilySite& site, const net::Request& request, const Visitor& visitor);
/// Where who came back to be bound says so once more, in the session that asked for it.
net::Response confirm_identity_page(FamilySite& site, const net::Request& request,
                                    const Visitor& visitor);
net::Response confirm_identity(FamilySite& site, const net::Request& request,
                               const Visitor& visitor);
net::Response unbind_identity(FamilySite& site, const net::Request& request,
                              const Visitor& visitor);

}  // namespace zimnik::hub
