#include "hub/school_status.h"

#include <catch2/catch.hpp>
#include <cstdlib>

#include "schema/commands/lesson.h"
#include "tests/hub/small_school.h"

namespace zimnik::hub::test {
namespace {

constexpr std::int64_t kDayMs = std::int64_t{24} * 3600 * 1000;

/// The algebra lesson of the small school's Monday.
void name_topic(SchoolSite& site, const std::string& topic, sync::Time time) {
  const sync::Entry entry{{"teacher", "teacher", 50, "node"}, time, {}, site.replica().seen()};
  site.replica().write(entry, [&](sync::Command& run) {
    journal::set_topic(run, {901, this_monday(), 1}, topic);
  });
}

SchoolStatus status_of_school(SmallRegion& region) {
  return status_of(*region.hub, *region.hub->find(region.site.reply().record.school));
}

}  // namespace

TEST_CASE("of a site that calls the hub sees until when its certificate holds, and its clock") {
  SmallRegion region;
  const auto seen = SiteLedger(region.hub->database()).seen(region.site.id());
  REQUIRE(seen.certificate_end);
  CHECK(seen.certificate_end->ms > region.hub->now().ms + 300 * kDayMs);
  REQUIRE(seen.skew);
  CHECK(std::abs(*seen.skew) < 60'000);  // the same machine's
}

TEST_CASE("a conflict is old once its last side was entered more than a week ago") {
  for (const auto& [age, old] : {std::pair{8, 1U}, std::pair{1, 0U}}) {
    SmallRegion region;
    SchoolSite second(region.hub.sync_url(), region.hub.run({"token", region.school}), "second");
    second.exchange();
    const sync::Time then{region.hub->now().ms - age * kDayMs};
    name_topic(region.site, "Дроби", then);
    name_topic(second, "Проценты", then);
    region.site.exchange();
    second.exchange();
    const auto status = status_of_school(region);
    CHECK(status.conflicts == 1);
    CHECK(status.old_conflicts == old);
  }
}

TEST_CASE("a school's standing is that of its sites at work") {
  SmallRegion region;
  auto status = status_of_school(region);
  REQUIRE(status.of_sites.size() == 1);
  CHECK(status.of_sites[0].is_at_work());
  CHECK(status.queue() == 0);
  CHECK(status.lags().empty());
  CHECK(status.complete());
  SchoolSite second(region.hub.sync_url(), region.hub.run({"token", region.school}), "second");
  status = status_of_school(region);
  CHECK(status.sites == 2);
  CHECK_FALSE(status.complete());  // the second wasn't in exchange yet
  CHECK(status.lags() == second.id().hex().substr(0, 8) + " обмена не было");
}

}  // namespace zimnik::hub::test
