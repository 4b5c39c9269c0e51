// What is kept for a browser between two of its requests, by a token that it alone has: in memory,
// for some minutes. Any thread.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>

#include "hub/random.h"
#include "sync/core/ids.h"

namespace zimnik::hub {

template <class Kept>
class Waiting {
 public:
  static constexpr std::int64_t kMs = 10 * 60 * 1000;
  static constexpr std::size_t kMost = 10'000;  ///< the oldest goes for a newer one

  /// The token.
  std::string keep(Kept kept, sync::Time now) {
    constexpr std::size_t kTokenBytes = 32;
    auto token = random_hex(kTokenBytes);
    const std::lock_guard lock(mutex_);
    std::erase_if(waiting_, [&](const auto& entry) { return is_over(entry.second, now); });
    if (waiting_.size() >= kMost) waiting_.erase(oldest());
    waiting_.emplace(token, Entry{std::move(kept), now});
    return token;
  }
  /// Once. Nothing where there is none, or its time is over.
  std::optional<Kept> take(const std::string& token, sync::Time now) {
    const std::lock_guard lock(mutex_);
    const auto found = waiting_.find(token);
    if (found == waiting_.end()) return std::nullopt;
    auto entry = std::move(found->second);
    waiting_.erase(found);
    if (is_over(entry, now)) return std::nullopt;
    return std::move(entry.kept);
  }

 private:
  struct Entry {
    Kept kept;
    sync::Time since;
  };
  static bool is_over(const Entry& entry, sync::Time now) { return now.ms - entry.since.ms > kMs; }
  auto oldest() {
    return std::min_element(
        waiting_.begin(), waiting_.end(),
        [](const auto& left, const auto& right) { return left.second.since < right.second.since; });
  }

  std::mutex mutex_;
  std::map<std::string, Entry> waiting_;
};

}  // namespace zimnik::hub
