// How large a message may be on the link as it was seen.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

#include "sync/net/limits.h"

namespace zimnik::net {

class MessageBudget {
 public:
  std::size_t bytes() const { return bytes_; }
  /// A request and its reply went through: bytes both ways, and what they took. Small ones say
  /// nothing of the link's speed, only of its delay, and don't count.
  void saw(std::uint64_t bytes, double seconds);
  /// The connection broke: half, until a message gets through.
  void broke();

 private:
  std::size_t bytes_ = limits::kFirstBudget;
};

/// How long to wait after so many failures in a row: from 5 seconds doubling to 10 minutes, of
/// which `chance` (0 to 1) takes off up to half, so that schools don't come back all at once. There
/// is no last failure.
std::chrono::milliseconds retry_delay(int failures, double chance);

}  // namespace zimnik::net
