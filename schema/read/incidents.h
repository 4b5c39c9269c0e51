// What was reported of accounts in wrong hands, and what came of it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sync/core/ids.h"
#include "sync/store/database.h"

namespace zimnik::journal {

struct Incident {
  std::int64_t id = 0;
  std::string login;
  std::string what;
  sync::Time reported;
  std::optional<sync::Time> principal_received, support_received;
  std::optional<sync::Hash> act;  ///< that voided the account's work
};

/// The newest first.
std::vector<Incident> incidents(sync::Database& database);
std::optional<Incident> incident(sync::Database& database, std::int64_t id);

}  // namespace zimnik::journal
