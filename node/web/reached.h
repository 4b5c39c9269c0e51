// What the region is known to have of what lies here.
#pragma once

#include <nlohmann/json.hpp>

#include "node/journal.h"
#include "node/local_state.h"
#include "node/web/site.h"

namespace zimnik::node {

/// { arrival, unsent, reached_at }: the newest arrival number, how many transactions aren't
/// known to be at the region, and the moment (ms) at which it last had all; 0 for never.
nlohmann::json reached_json(Journal& journal, LocalState& state);
net::Response status_json(Site& site, const net::Request& request, const Visitor& visitor);

}  // namespace zimnik::node
