// Somebody on the way to the provider and back: all that is known of it lies in its browser's
// cookie, sealed, so that nobody fills this server's memory by setting out. Any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "hub/federal/provider.h"
#include "sync/core/crypto.h"

namespace zimnik::hub {

struct FederalAttempt {
  FederalSecrets secrets;
  std::int64_t account = 0;  ///< that the identity is to be bound to; 0: to sign in by it
};

class FederalAttempts {
 public:
  static constexpr std::int64_t kMs = 10 * 60 * 1000;

  /// The cookie's value: hexadecimal digits.
  std::string seal(const FederalAttempt& attempt, sync::Time now) const;
  /// Nothing where this object didn't seal it, or its time is over.
  std::optional<FederalAttempt> open(std::string_view sealed, sync::Time now) const;

 private:
  const sync::SivKey key_ = sync::random_siv_key();
};

}  // namespace zimnik::hub
