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
#include <utility>

#include "hub/random.h"
#include "sync/core/ids.h"

namespace zimnik::hub {

template <class Kept>
class Waiting {
 public:
  static constexpr std::int64_t kMs = 10 * 60 * 1000;
  /// The oldest goes for a newer one: of the same owner, so that nobody's is pushed out by others
  /// but where very many are at it.
  static constexpr std::size_t kMost = 10'000, kMostOfOwner = 10;

  /// The token. `owner` is the account whose it is.
  std::string keep(Kept kept, std::int64_t owner, sync::Time now) {
    constexpr std::size_t kTokenBytes = 32;
    auto token = random_hex(kTokenBytes);
    const std::lock_guard lock(mutex_);
    std::erase_if(waiting_, [&](const auto& entry) { return is_over(entry.second, now); });
    const auto is_own = [&](const Entry& entry) { return entry.owner == owner; };
    if (count(is_own) >= kMostOfOwner) waiting_.erase(oldest(is_own));
    if (waiting_.size() >= kMost) waiting_.erase(oldest([](const Entry&) { return true; }));
    waiting_.emplace(token, Entry{std::move(kept), owner, now});
    return token;
  }
  /// Once. Nothing where there is none, or its time is over.
  std::optional<Kept> take(const std::string& token, sync::Time now) {
    return take_if(token, now, [](const Entry&) { return true; });
  }
  /// Likewise, where it is this owner's; else it stays.
  std::optional<Kept> take_own(const std::string& token, std::int64_t owner, sync::Time now) {
    return take_if(token, now, [&](const Entry& entry) { return entry.owner == owner; });
  }

 private:
  struct Entry {
    Kept kept;
    std::int64_t owner;
    sync::Time since;
  };
  template <class Predicate>
  std::optional<Kept> take_if(const std::string& token, sync::Time now, Predicate may) {
    const std::lock_guard lock(mutex_);
    const auto found = waiting_.find(token);
    if (found == waiting_.end() || !may(found->second)) return std::nullopt;
    auto entry = std::move(found->second);
    waiting_.erase(found);
    if (is_over(entry, now)) return std::nullopt;
    return std::move(entry.kept);
  }
  static bool is_over(const Entry& entry, sync::Time now) { return now.ms - entry.since.ms > kMs; }
  template <class Predicate>
  std::size_t count(Predicate counts) const {
    return static_cast<std::size_t>(
        std::ranges::count_if(waiting_, [&](const auto& entry) { return counts(entry.second); }));
  }
  /// REQUIRES: there is one that counts.
  template <class Predicate>
  auto oldest(Predicate counts) {
    return std::ranges::min_element(waiting_, {}, [&](const auto& entry) {
      return std::pair(!counts(entry.second), entry.second.since.ms);
    });
  }

  std::mutex mutex_;
  std::map<std::string, Entry> waiting_;
};

}  // namespace zimnik::hub
