// Whole replicas against the naive model of the merge laws: random regions in which everything
// happens that happens to schools. RC_PARAMS="seed=N" repeats a run that failed.
#include <rapidcheck/catch.h>

#include <iostream>

#include "tests/property/region.h"

namespace zimnik::property {
namespace {

TEST_CASE("replicas show the fold of what they hold, and the same once they hold the same") {
  rc::prop(
      "whatever is saved, exchanged, lost, repeated, voided, forgotten, copied, rolled back and "
      "succeeded",
      [](const Step& setting, const std::vector<Step>& steps) {
        Region region(setting);
        for (const Step& step : steps) region.take(step);
        region.settle();
      });
}

/// What is logged outside of RapidCheck's own runs goes to std::cerr: a long story.
class Quiet {
 public:
  Quiet() : was_(std::cerr.rdbuf(nullptr)) {}
  ~Quiet() { std::cerr.rdbuf(was_); }
  Quiet(const Quiet&) = delete;
  Quiet& operator=(const Quiet&) = delete;

 private:
  std::streambuf* was_;
};

/// Guards the other property: a generator that never makes a case proves nothing about it. The same
/// regions in every run.
TEST_CASE("random regions have versions of every status, something to review, and old replicas") {
  const Quiet quiet;
  std::map<sync::Status, int> statuses;
  Reviewed reviewed;
  VersionsMet met;
  for (std::uint64_t seed = 40; seed < 100; ++seed) {  // orphans are rare before
    const auto draw =
        rc::gen::pair(rc::gen::arbitrary<Step>(),
                      rc::gen::container<std::vector<Step>>(120, rc::gen::arbitrary<Step>()));
    const auto drawn = draw(rc::Random(seed), rc::kNominalSize).value();
    Region region(drawn.first);
    for (const Step& step : drawn.second) region.take(step);
    for (const auto& [status, count] : region.statuses()) statuses[status] += count;
    const Reviewed listed = region.reviewed();
    reviewed.unseen += listed.unseen;
    reviewed.over_void += listed.over_void;
    for (std::size_t apart = 0; apart < kNewestSchema; ++apart) {
      met.exchanged[apart] += region.versions_met().exchanged[apart];
      met.upgraded[apart] += region.versions_met().upgraded[apart];
    }
  }
  for (int i = 0; i <= static_cast<int>(sync::Status::superseded); ++i) {
    INFO(name_of(static_cast<sync::Status>(i)));
    CHECK(statuses[static_cast<sync::Status>(i)] > 10);
  }
  CHECK(reviewed.unseen > 10);
  CHECK(reviewed.over_void > 10);
  for (std::size_t apart = 0; apart < kNewestSchema; ++apart) {
    INFO(apart << " versions apart");
    CHECK(met.exchanged[apart] > 10);
    CHECK(met.upgraded[apart] > 5);
  }
}

}  // namespace
}  // namespace zimnik::property
