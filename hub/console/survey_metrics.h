// What the survey found of each school, for whoever watches the hub.
#pragma once

#include <vector>

#include "hub/console/survey.h"
#include "hub/watch/metrics.h"

namespace zimnik::hub {

/// Of the schools that were looked at; waits for none. Any thread.
std::vector<MetricFamily> survey_metrics(Hub& hub, const Survey& survey);

}  // namespace zimnik::hub
