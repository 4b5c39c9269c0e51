// Whole replicas against the naive model of the merge laws: random regions in which everything
// happens that happens to schools. RC_PARAMS="seed=N" repeats a run that failed.
#include <rapidcheck/catch.h>

#include "tests/property/region.h"

namespace zimnik::property {
namespace {

TEST_CASE("replicas show the fold of what they hold, and the same once they hold the same") {
  rc::prop("whatever is saved, exchanged, lost, repeated, copied and voided",
           [](const Step& setting, const std::vector<Step>& steps) {
             Region region(setting);
             for (const Step& step : steps) region.take(step);
             region.settle();
           });
}

}  // namespace
}  // namespace zimnik::property
