// How many requests a key may make. Any thread.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>

#include "sync/core/ids.h"

namespace zimnik::hub {

/// Each key has kBurst requests at hand, and gets one back each kPerRequestMs. It holds as many
/// keys as were used, of which the region's operators make each.
class RateLimit {
 public:
  static constexpr std::int64_t kBurst = 120;
  static constexpr std::int64_t kPerRequestMs = 200;

  /// Takes one request. False where there is none at hand.
  bool take(std::int64_t key, sync::Time now);

 private:
  std::mutex mutex_;
  std::map<std::int64_t, std::int64_t> spent_until_;  ///< when all of a key's are at hand again
};

}  // namespace zimnik::hub
