// Secret addresses of families' calendars, in hub.db: only hashes of them. Goes with the account.
// Any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "hub/hub_database.h"
#include "sync/core/ids.h"

namespace zimnik::hub {

class CalendarStore {
 public:
  explicit CalendarStore(HubDatabase& database) : database_(database) {}

  /// A new secret, 32 hexadecimal digits, in place of an older one. It is kept nowhere.
  std::string renew(std::int64_t account, sync::Time now);
  void close(std::int64_t account);
  /// When it was made; nothing where there is none.
  std::optional<sync::Time> made(std::int64_t account);
  std::optional<std::int64_t> account_of(const std::string& secret);

 private:
  HubDatabase& database_;
};

}  // namespace zimnik::hub
