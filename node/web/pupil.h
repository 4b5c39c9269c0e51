// A pupil's page: file, family, contacts, consents, excuses and absences, the way through the
// classes. For who reads the class; what is entered from it stands in care_entries.h, movement.h.
#pragma once

#include "node/web/site.h"

namespace zimnik::node {

/// `?guardian=`: how the family name of a guardian begins who is known here already.
net::Response pupil_page(Site& site, const net::Request& request, const Visitor& visitor);

}  // namespace zimnik::node
