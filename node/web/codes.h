// Activation codes of the diary for the guardians of a class, on slips to cut and hand out.
#pragma once

#include "node/web/site.h"

namespace zimnik::node {

/// Who has a code and who doesn't. For the class's teacher, the heads and the secretary.
net::Response codes_page(Site& site, const net::Request& request, const Visitor& visitor);
/// Makes codes for those who have none, or for all (`anew`), and shows them, this once. `address`:
/// of the diary, as the slips say it.
net::Response make_codes(Site& site, const net::Request& request, const Visitor& visitor);

}  // namespace zimnik::node
