// A pupil's diary on the school's network, for the pupil, the guardians, the teacher of the class
// and the heads; and what families write to the school.
#pragma once

#include "node/web/site.h"

namespace zimnik::node {

/// Leads to the pupil's own, or that of the guardian's first child.
net::Response own_diary_page(Site& site, const net::Request& request, const Visitor& visitor);
net::Response diary_page(Site& site, const net::Request& request, const Visitor& visitor);
net::Response diary_day_page(Site& site, const net::Request& request, const Visitor& visitor);
net::Response diary_results_page(Site& site, const net::Request& request, const Visitor& visitor);
net::Response diary_subject_page(Site& site, const net::Request& request, const Visitor& visitor);
net::Response diary_schedule_page(Site& site, const net::Request& request, const Visitor& visitor);
net::Response write_to_school(Site& site, const net::Request& request, const Visitor& visitor);

}  // namespace zimnik::node
