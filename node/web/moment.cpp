#include "node/web/moment.h"

#include "node/web/door.h"

namespace zimnik::node {

std::string moment_text(sync::Time time) {
  constexpr std::int64_t kMinuteMs = 60'000, kDayMinutes = 24 * 60, kZoneMinutes = 5 * 60;
  const auto of_day = (time.ms / kMinuteMs + kZoneMinutes) % kDayMinutes;
  const auto two = [](std::int64_t n) { return (n < 10 ? "0" : "") + std::to_string(n); };
  return day_of(time).russian() + " " + two(of_day / 60) + ":" + two(of_day % 60);
}

}  // namespace zimnik::node
