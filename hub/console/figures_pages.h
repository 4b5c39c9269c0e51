// The region's figures, as far as who looks may see them: an authority its own schools alone.
// Nobody's name is in them.
#pragma once

#include "hub/console/console.h"

namespace zimnik::hub {

/// Results, absences and late entries.
net::Response figures_page(Console& console, const net::Request& request,
                           const OperatorAccount& visitor);
/// Whether the schools are ready for the year, due by 5 September.
net::Response readiness_page(Console& console, const net::Request& request,
                             const OperatorAccount& visitor);

}  // namespace zimnik::hub
