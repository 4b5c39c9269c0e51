#include "sync/store/entry_times.h"

#include <algorithm>
#include <limits>

namespace zimnik::sync {

namespace {

constexpr std::int64_t kUnknown = std::numeric_limits<std::int64_t>::min();

}  // namespace

bool EntryTimes::catch_up(Replica& replica, std::size_t most) {
  const auto last = replica.seen().arrival;
  const auto end = std::min<std::uint64_t>(last, times_.size() + most);
  for (auto arrival = times_.size() + 1; arrival <= end; ++arrival) {
    const auto transaction = replica.transaction(arrival);
    times_.push_back(transaction ? transaction->time.ms : kUnknown);
  }
  return times_.size() >= last;
}

std::optional<Time> EntryTimes::of(std::uint64_t arrival) const {
  if (arrival == 0 || arrival > times_.size()) return std::nullopt;
  const auto time = times_[arrival - 1];
  return time == kUnknown ? std::nullopt : std::optional(Time{time});
}

}  // namespace zimnik::sync
