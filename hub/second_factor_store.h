// Codes by the clock beside passwords, for accounts that want them: in hub.db. Any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "hub/hub_database.h"
#include "sync/core/ids.h"

namespace zimnik::hub {

class SecondFactorStore {
 public:
  explicit SecondFactorStore(HubDatabase& database) : database_(database) {}

  /// Whether the account is asked for a code.
  bool is_on(std::int64_t account);
  /// Turns it on with a secret (sync/web/totp.h) of which the step `used` has been typed. The
  /// hashes are of codes that stand for a lost phone, each once.
  void turn_on(std::int64_t account, const std::string& secret, std::int64_t used,
               const std::vector<sync::Hash>& spare_codes, sync::Time now);
  void turn_off(std::int64_t account);
  /// Uses up a code by the clock, or a spare one. False where it is neither.
  bool use(std::int64_t account, const std::string& typed, sync::Time now);
  std::int64_t spare_codes(std::int64_t account);  ///< that are left

 private:
  HubDatabase& database_;
};

}  // namespace zimnik::hub
