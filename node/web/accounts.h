// Who may sign in: accounts by class and of the staff, made and locked, and the codes by which
// their owners choose passwords. Rights: schema/access.h, may_manage_account.
#pragma once

#include "node/web/site.h"

namespace zimnik::node {

net::Response accounts_page(Site& site, const net::Request& request, const Visitor& visitor);
/// An account of a person who is known, or of a new member of the staff; shows its code.
net::Response add_account(Site& site, const net::Request& request, const Visitor& visitor);
/// Accounts of all pupils of a class who have none; shows their codes.
net::Response add_class_accounts(Site& site, const net::Request& request, const Visitor& visitor);
/// A new code for an account.
net::Response issue_account_code(Site& site, const net::Request& request, const Visitor& visitor);
/// Locks an account, as stolen too: then an incident is noted with it.
net::Response close_account(Site& site, const net::Request& request, const Visitor& visitor);
net::Response reopen_account(Site& site, const net::Request& request, const Visitor& visitor);
/// The own password.
net::Response password_page(Site& site, const net::Request& request, const Visitor& visitor);
net::Response change_password(Site& site, const net::Request& request, const Visitor& visitor);

}  // namespace zimnik::node
