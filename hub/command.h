// What a command line comes to.
#pragma once

#include <functional>
#include <ostream>

#include "hub/hub.h"

namespace zimnik::hub {

/// Writes to the first what was asked for, to the second warnings.
using Command = std::function<void(Hub&, std::ostream&, std::ostream&)>;

}  // namespace zimnik::hub
