// An account in wrong hands (R32, R33): reported by anybody of the staff, received by the principal
// and the technical specialist, locked in one click; an act of the principal's voids what it wrote.
#pragma once

#include "node/web/site.h"

namespace zimnik::node {

net::Response incidents_page(Site& site, const net::Request& request, const Visitor& visitor);
/// login, what.
net::Response report_incident(Site& site, const net::Request& request, const Visitor& visitor);
/// incident: when each of the two first had it.
net::Response receive_incident(Site& site, const net::Request& request, const Visitor& visitor);
/// incident: its account is locked, and whoever is signed in with it is out.
net::Response lock_account(Site& site, const net::Request& request, const Visitor& visitor);
/// incident, from, until, reason: leads to the act.
net::Response void_account(Site& site, const net::Request& request, const Visitor& visitor);
/// The act with the list of what it takes away, to be printed and signed.
net::Response act_page(Site& site, const net::Request& request, const Visitor& visitor);
/// act, reason.
net::Response undo_act(Site& site, const net::Request& request, const Visitor& visitor);

}  // namespace zimnik::node
