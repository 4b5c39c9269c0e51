// What the heads check, in tabs: journals, results, readiness for the year, periods. For remarks
// see remarks.h.
#pragma once

#include "node/web/site.h"

namespace zimnik::node {

/// `?period=`: the days of a period up to yesterday; else of the one at hand.
net::Response control_page(Site& site, const net::Request& request, const Visitor& visitor);
/// `?period=`: a period's code or «year».
net::Response results_page(Site& site, const net::Request& request, const Visitor& visitor);
net::Response readiness_page(Site& site, const net::Request& request, const Visitor& visitor);
net::Response periods_page(Site& site, const net::Request& request, const Visitor& visitor);
/// year, code; `reopen` opens it again.
net::Response close_period(Site& site, const net::Request& request, const Visitor& visitor);

}  // namespace zimnik::node
