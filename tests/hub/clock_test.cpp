#include "hub/clock.h"

#include <catch2/catch.hpp>

namespace zimnik::hub::test {

TEST_CASE("a moment is shown as the school's clock shows it") {
  const sync::Time time{1'795'424'700'000};  // 2026-11-23T09:05:00Z
  CHECK(wall_time(time, "Asia/Yekaterinburg").text() == "14:05 23.11.2026");
  CHECK(wall_time(time, "Europe/Moscow").text() == "12:05 23.11.2026");
  CHECK(wall_time(time, "").text() == "09:05 23.11.2026");
  CHECK(wall_time(time, "no such zone").text() == "09:05 23.11.2026");
  CHECK(wall_time({1'795'460'400'000}, "Asia/Yekaterinburg").text() == "00:00 24.11.2026");
}

TEST_CASE("what operators type is of the clock on their wall, whatever the machine's") {
  const sync::Time time{1'795'424'700'000};
  CHECK(operators_time(time).text() == "14:05 23.11.2026");
  CHECK(moment_of_operators(operators_time(time)).ms == time.ms);
  const sync::Time midnight{1'795'460'400'000};
  CHECK(moment_of_operators(operators_time(midnight)).ms == midnight.ms);
}

}  // namespace zimnik::hub::test
