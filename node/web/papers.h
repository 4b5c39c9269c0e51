// The register and the extract as PDF with a QR code that proves of which state of the school's
// journal they were made, and the page that checks such a code.
#pragma once

#include "node/web/site.h"

namespace zimnik::node {

/// `?period=`, as the page has it.
net::Response register_pdf(Site& site, const net::Request& request, const Visitor& visitor);
net::Response extract_pdf(Site& site, const net::Request& request, const Visitor& visitor);
/// `?code=`: what was read from a document's QR code. Says whether this school attested it, whether
/// its log has that state, and whether the journal says the same now.
net::Response paper_check_page(Site& site, const net::Request& request, const Visitor& visitor);

}  // namespace zimnik::node
