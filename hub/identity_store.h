// By which federal identities accounts come in, in hub.db. Any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "hub/hub_database.h"
#include "sync/core/ids.h"

namespace zimnik::hub {

/// Whom a provider means.
struct FederalIdentity {
  std::string issuer, subject;
};

class IdentityStore {
 public:
  explicit IdentityStore(HubDatabase& database) : database_(database) {}

  std::optional<std::int64_t> account_of(const FederalIdentity& identity);
  std::optional<FederalIdentity> identity_of(std::int64_t account);
  /// In place of the account's older one. False where another account has the identity.
  bool bind(std::int64_t account, const FederalIdentity& identity, sync::Time now);
  void unbind(std::int64_t account);

 private:
  HubDatabase& database_;
};

}  // namespace zimnik::hub
