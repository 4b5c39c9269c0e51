#include "hub/delivery/calendar_store.h"

#include "hub/query.h"
#include "hub/random.h"
#include "sync/core/crypto.h"

namespace zimnik::hub {
namespace {

using sync::Database;

constexpr std::size_t kSecretBytes = 16;

}  // namespace

std::string CalendarStore::renew(std::int64_t account, sync::Time now) {
  auto secret = random_hex(kSecretBytes);
  database_.run([&](Database& database) {
    run_sql(database, "INSERT OR REPLACE INTO calendar_feed VALUES (?, ?, ?)",
            {account, blob_value(sync::sha256({secret})), now.ms});
  });
  return secret;
}

void CalendarStore::close(std::int64_t account) {
  database_.run([&](Database& database) {
    run_sql(database, "DELETE FROM calendar_feed WHERE account = ?", {account});
  });
}

std::optional<sync::Time> CalendarStore::made(std::int64_t account) {
  return database_.run([&](Database& database) -> std::optional<sync::Time> {
    const auto ms = journal::one_integer(
        database, "SELECT made_at FROM calendar_feed WHERE account = ?", {account});
    return ms ? std::optional(sync::Time{*ms}) : std::nullopt;
  });
}

std::optional<std::int64_t> CalendarStore::account_of(const std::string& secret) {
  return database_.run([&](Database& database) {
    return journal::one_integer(database, "SELECT account FROM calendar_feed WHERE hash = ?",
                                {blob_value(sync::sha256({secret}))});
  });
}

}  // namespace zimnik::hub
