#include "hub/clock.h"

#include <catch2/catch.hpp>

// CMakeLists.txt here runs these in time zones of machines all over the world too.
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

TEST_CASE("the region's clock is five hours ahead of UTC at any hour of the year, there and back") {
  constexpr std::int64_t kHourMs = 3'600'000,
                         kStepMs = 7 * kHourMs;         // comes to each hour of the day
  constexpr std::int64_t kFirstMs = 1'767'225'600'000;  // 2026-01-01T00:00Z
  const auto first_day = journal::Date::from(2026, 1, 1).value();
  for (std::int64_t ms = 0; ms < 366 * 24 * kHourMs; ms += kStepMs) {
    const sync::Time moment{kFirstMs + ms};
    const auto hours = ms / kHourMs + 5;
    const auto wall = operators_time(moment);
    INFO(moment.ms);
    REQUIRE(wall.date == first_day.plus(static_cast<int>(hours / 24)));
    REQUIRE(wall.hour == hours % 24);
    REQUIRE(wall.minute == 0);
    REQUIRE(moment_of_operators(wall).ms == moment.ms);
    REQUIRE(wall_time(moment, "Asia/Yekaterinburg").text() == wall.text());
    REQUIRE(wall_time(moment, "").hour == hours % 24 - 5 + (hours % 24 < 5 ? 24 : 0));
  }
}

}  // namespace zimnik::hub::test
