#include "sync/net/message_budget.h"

#include <algorithm>

namespace zimnik::net {

void MessageBudget::saw(std::uint64_t bytes, double seconds) {
  if (bytes < limits::kLeastBudget) return;
  const double speed = static_cast<double>(bytes) / std::max(seconds, 0.001);
  const double fits = std::min(speed * limits::kMessageSeconds, 1e9);
  // What was seen was sent at the old size: it says little of one far larger.
  const auto most = std::min(limits::kMostBudget, bytes_ * 4);
  bytes_ = std::clamp(static_cast<std::size_t>(fits), limits::kLeastBudget, most);
}

void MessageBudget::broke() { bytes_ = std::max(bytes_ / 2, limits::kLeastBudget); }

std::chrono::milliseconds retry_delay(int failures, double chance) {
  constexpr std::int64_t kFirst = 5'000;
  constexpr std::int64_t kLast = 600'000;
  const auto delay = std::min(kFirst << std::clamp(failures - 1, 0, 10), kLast);
  const double share = 1 - std::clamp(chance, 0.0, 1.0) / 2;
  return std::chrono::milliseconds(static_cast<std::int64_t>(static_cast<double>(delay) * share));
}

}  // namespace zimnik::net
