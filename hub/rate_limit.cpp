#include "hub/rate_limit.h"

#include <algorithm>

namespace zimnik::hub {

constexpr std::size_t kFewNames = 1000;

bool RateLimit::take(const std::string& name, sync::Time now) {
  const std::lock_guard lock(mutex_);
  drop_rested(now);
  auto& until = spent_until_[name];
  // A clock that was set back leaves nobody waiting for longer than a whole burst takes.
  until = std::clamp(until, now.ms, now.ms + most_ms_);
  if (until + per_turn_ms_ > now.ms + most_ms_) return false;
  until += per_turn_ms_;
  return true;
}

void RateLimit::drop_rested(sync::Time now) {
  if (spent_until_.size() < 2 * kept_ + kFewNames) return;
  std::erase_if(spent_until_, [&](const auto& entry) { return entry.second <= now.ms; });
  kept_ = spent_until_.size();
}

}  // namespace zimnik::hub
