// What is entered from a pupil's page by who cares for the class: excuses, contacts, consents,
// guardians. Each refuses pupils of other classes.
#pragma once

#include "node/web/site.h"

namespace zimnik::node {

/// With the field `week`, a day, it leads back to that week of the class.
net::Response add_excuse(Site& site, const net::Request& request, const Visitor& visitor);
net::Response withdraw_excuse(Site& site, const net::Request& request, const Visitor& visitor);
net::Response set_contact(Site& site, const net::Request& request, const Visitor& visitor);
net::Response record_consent(Site& site, const net::Request& request, const Visitor& visitor);
/// One who is known here by the field `person`, else a new one by names.
net::Response add_guardian(Site& site, const net::Request& request, const Visitor& visitor);
net::Response end_guardianship(Site& site, const net::Request& request, const Visitor& visitor);

}  // namespace zimnik::node
