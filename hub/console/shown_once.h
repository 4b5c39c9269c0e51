// A page with a secret that is kept nowhere else: what made it leads there, and the operator who
// asked for it sees it once. A reload neither does the deed again nor shows it. Any thread.
#pragma once

#include "hub/console/console.h"

namespace zimnik::hub {

/// Leads to the page of this template.
net::Response show_once(Console& console, const OperatorAccount& visitor, const std::string& name,
                        const std::string& title, web::Values values);
/// Where show_once() leads.
net::Response shown_page(Console& console, const net::Request& request,
                         const OperatorAccount& visitor);

}  // namespace zimnik::hub
