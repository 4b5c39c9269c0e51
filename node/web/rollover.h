// From one school year into the next: what becomes of each class and pupil, looked at before
// anything is written.
#pragma once

#include "node/web/site.h"

namespace zimnik::node {

/// `?year=` that begins. The form: what a rule has it, to be changed class by class.
net::Response rollover_page(Site& site, const net::Request& request, const Visitor& visitor);
/// The form's plan. Writes nothing.
net::Response rollover_preview(Site& site, const net::Request& request, const Visitor& visitor);
/// The same form, and `shown`: the plan that the visitor has seen.
net::Response roll_over(Site& site, const net::Request& request, const Visitor& visitor);

}  // namespace zimnik::node
