// What operators did, by console or command, in hub.db. The table is only added to, and each entry
// carries the SHA-256 of the one before it and of its own content: who changes one, or takes one
// out, has to change all that follow, and the last one's hash, which can be written down elsewhere.
// Any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "hub/hub_database.h"
#include "sync/core/ids.h"

namespace zimnik::hub {

/// One deed, before it has a number.
struct Deed {
  std::string actor;  ///< an operator's login; kCommandLine
  std::string what;   ///< a word: deeds.h
  std::optional<sync::SchoolId> school{};
  std::string object{};  ///< a site, an act, an account: by its id or login
  std::string detail{};  ///< for people
};
/// Whoever may run commands as the hub's user.
inline constexpr const char* kCommandLine = "zimnik-hub";

struct AuditEntry : Deed {
  std::int64_t number = 0;
  sync::Time at;
  sync::Hash hash;
};

/// Which entries are wanted; empty for all.
struct AuditFilter {
  std::string actor{}, what{};
  std::optional<sync::SchoolId> school{};
  std::optional<std::int64_t> before{};  ///< a number
  std::int64_t most = 100;
};

struct AuditCheck {
  std::int64_t entries = 0;
  std::optional<std::int64_t> broken;  ///< the first that doesn't follow from the one before it
  sync::Hash last;                     ///< the last entry's hash; zeros where there is none
};

class AuditTrail {
 public:
  explicit AuditTrail(HubDatabase& database) : database_(database) {}

  /// Durable when it returns.
  void note(const Deed& deed, sync::Time now);
  std::vector<AuditEntry> entries(const AuditFilter& filter = {});  ///< the newest first
  AuditCheck check();

 private:
  HubDatabase& database_;
};

}  // namespace zimnik::hub
