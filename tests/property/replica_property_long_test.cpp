// Whole replicas against the naive model of the merge laws: random regions in which everything
// happens that happens to schools. RC_PARAMS="seed=N" repeats a run that failed.
#include <rapidcheck/catch.h>

#include "tests/property/region.h"

namespace zimnik::property {
namespace {

TEST_CASE("replicas show the fold of what they hold, and the same once they hold the same") {
  rc::prop("whatever is saved, exchanged, lost, repeated, voided, forgotten, copied and succeeded",
           [](const Step& setting, const std::vector<Step>& steps) {
             Region region(setting);
             for (const Step& step : steps) region.take(step);
             region.settle();
           });
}

/// Guards the other property: a generator that never makes a case proves nothing about it.
TEST_CASE("random regions have versions of every status") {
  std::map<sync::Status, int> statuses;
  rc::prop("over all regions together", [&](const Step& setting) {
    const auto steps = *rc::gen::container<std::vector<Step>>(100, rc::gen::arbitrary<Step>());
    Region region(setting);
    for (const Step& step : steps) region.take(step);
    for (const auto& [status, count] : region.statuses()) statuses[status] += count;
  });
  for (int i = 0; i <= static_cast<int>(sync::Status::superseded); ++i) {
    INFO(name_of(static_cast<sync::Status>(i)));
    CHECK(statuses[static_cast<sync::Status>(i)] > 0);
  }
}

}  // namespace
}  // namespace zimnik::property
