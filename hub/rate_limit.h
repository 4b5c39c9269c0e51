// How often somebody may do something. Any thread.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <string>

#include "sync/core/ids.h"

namespace zimnik::hub {

/// Each name has `burst` turns at hand, and gets one back each `per_turn_ms`. It holds twice as
/// many names as had fewer than all at hand lately, and a thousand.
class RateLimit {
 public:
  RateLimit(std::int64_t burst, std::int64_t per_turn_ms)
      : most_ms_(burst * per_turn_ms), per_turn_ms_(per_turn_ms) {}

  /// Takes one turn. False where there is none at hand.
  bool take(const std::string& name, sync::Time now);

 private:
  void drop_rested(sync::Time now);

  const std::int64_t most_ms_, per_turn_ms_;
  std::mutex mutex_;
  std::map<std::string, std::int64_t> spent_until_;  ///< when all of a name's are at hand again
  std::size_t kept_ = 0;                             ///< names after the last drop_rested()
};

}  // namespace zimnik::hub
