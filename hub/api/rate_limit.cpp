#include "hub/api/rate_limit.h"

#include <algorithm>

namespace zimnik::hub {

bool RateLimit::take(std::int64_t key, sync::Time now) {
  const std::lock_guard lock(mutex_);
  constexpr auto kMostMs = kBurst * kPerRequestMs;
  auto& until = spent_until_[key];
  // A clock that was set back leaves nobody waiting for longer than a whole burst takes.
  until = std::clamp(until, now.ms, now.ms + kMostMs);
  if (until + kPerRequestMs > now.ms + kMostMs) return false;
  until += kPerRequestMs;
  return true;
}

}  // namespace zimnik::hub
