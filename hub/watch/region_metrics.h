// The region's figures at this moment: schools, their exchanges, accounts, files, the process.
#pragma once

#include <vector>

#include "hub/hub.h"
#include "hub/watch/metrics.h"

namespace zimnik::hub {

/// Waits for no school. Any thread.
std::vector<MetricFamily> region_metrics(Hub& hub);

}  // namespace zimnik::hub
