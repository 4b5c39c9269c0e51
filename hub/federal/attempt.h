// Somebody on the way to the provider and back: all that is known of it lies in its browser's
// cookies, sealed, so that nobody fills this server's memory by setting out. Any thread.
#pragma once

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "hub/federal/provider.h"
#include "hub/identity_store.h"
#include "sync/core/crypto.h"

namespace zimnik::hub {

struct FederalAttempt {
  FederalSecrets secrets;
  std::int64_t account = 0;  ///< that the identity is to be bound to; 0: to sign in by it
};

/// Who came back, and the account that asked to be bound to it: that waits for a word of the
/// account's own session, since cookies alone may be another's.
struct FoundIdentity {
  FederalIdentity identity;
  std::int64_t account = 0;
};

/// Cookies' values are hexadecimal digits. Opening gives nothing where this object didn't seal it,
/// or its time is over.
class FederalSeals {
 public:
  static constexpr std::int64_t kMs = 10 * 60 * 1000;

  std::string seal(const FederalAttempt& attempt, sync::Time now) const;
  std::optional<FederalAttempt> open_attempt(std::string_view sealed, sync::Time now) const;
  std::string seal(const FoundIdentity& found, sync::Time now) const;
  std::optional<FoundIdentity> open_found(std::string_view sealed, sync::Time now) const;

 private:
  std::string seal(std::string_view purpose, nlohmann::json json, sync::Time now) const;
  std::optional<nlohmann::json> open(std::string_view purpose, std::string_view sealed,
                                     sync::Time now) const;

  const sync::SivKey key_ = sync::random_siv_key();
};

}  // namespace zimnik::hub
