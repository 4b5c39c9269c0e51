#include "sync/web/throttle.h"

namespace zimnik::web {
namespace {

constexpr std::int64_t kMemoryMs = 10 * 60 * 1000;
constexpr std::int64_t kDropMs = 60 * 1000;
constexpr std::size_t kNames = 100'000;  // a few MiB

/// Not older than that, and not still to come: such a time is of a clock that was wrong.
bool is_within(std::int64_t age, sync::Time time, sync::Time now) {
  return time.ms > now.ms - age && time <= now;
}

}  // namespace

bool Throttle::is_barred(const std::string& name, sync::Time now) {
  const std::lock_guard lock(mutex_);
  const auto found = failures_.find(name);
  return found != failures_.end() && found->second.count >= most_ &&
         is_within(kMemoryMs, found->second.last, now);
}

void Throttle::note_failure(const std::string& name, sync::Time now) {
  const std::lock_guard lock(mutex_);
  drop_old(now);
  if (failures_.size() >= kNames && !failures_.contains(name)) failures_.erase(failures_.begin());
  auto& failures = failures_[name];
  if (!is_within(kMemoryMs, failures.last, now)) failures.count = 0;
  ++failures.count;
  failures.last = now;
}

void Throttle::forget(const std::string& name) {
  const std::lock_guard lock(mutex_);
  failures_.erase(name);
}

void Throttle::drop_old(sync::Time now) {
  if (is_within(kDropMs, dropped_, now)) return;
  dropped_ = now;
  std::erase_if(failures_,
                [&](const auto& entry) { return !is_within(kMemoryMs, entry.second.last, now); });
}

}  // namespace zimnik::web
