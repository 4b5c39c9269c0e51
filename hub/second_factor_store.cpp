#include "hub/second_factor_store.h"

#include "hub/query.h"
#include "sync/web/one_time_code.h"
#include "sync/web/totp.h"

namespace zimnik::hub {

using journal::each_row;
using journal::has_row;
using journal::one_integer;
using sync::Database;
using sync::Statement;

namespace {

void remove(Database& database, std::int64_t account) {
  run_sql(database, "DELETE FROM second_factor WHERE account = ?", {account});
  run_sql(database, "DELETE FROM spare_code WHERE account = ?", {account});
}

bool use_by_clock(Database& database, std::int64_t account, const std::string& typed,
                  sync::Time now) {
  std::optional<std::int64_t> step;
  each_row(database, "SELECT secret, last_step FROM second_factor WHERE account = ?", {account},
           [&](const Statement& row) {
             step = web::totp_step(row.blob(0), typed, now, row.integer(1));
           });
  if (!step) return false;
  run_sql(database, "UPDATE second_factor SET last_step = ? WHERE account = ?", {*step, account});
  return true;
}

bool use_spare(Database& database, std::int64_t account, const std::string& typed) {
  const auto hash = blob_value(web::hash_of_code(typed));
  if (!has_row(database, "SELECT 1 FROM spare_code WHERE account = ? AND hash = ?",
               {account, hash})) {
    return false;
  }
  run_sql(database, "DELETE FROM spare_code WHERE account = ? AND hash = ?", {account, hash});
  return true;
}

}  // namespace

bool SecondFactorStore::is_on(std::int64_t account) {
  return database_.run([&](Database& database) {
    return has_row(database, "SELECT 1 FROM second_factor WHERE account = ?", {account});
  });
}

void SecondFactorStore::turn_on(std::int64_t account, const std::string& secret, std::int64_t used,
                                const std::vector<sync::Hash>& spare_codes, sync::Time now) {
  database_.run([&](Database& database) {
    remove(database, account);
    run_sql(database, "INSERT INTO second_factor VALUES (?, ?, ?, ?)",
            {account, sync::Blob{secret}, now.ms, used});
    for (const auto& hash : spare_codes) {
      run_sql(database, "INSERT INTO spare_code VALUES (?, ?)", {account, blob_value(hash)});
    }
  });
}

void SecondFactorStore::turn_off(std::int64_t account) {
  database_.run([&](Database& database) { remove(database, account); });
}

bool SecondFactorStore::use(std::int64_t account, const std::string& typed, sync::Time now) {
  return database_.run([&](Database& database) {
    return use_by_clock(database, account, typed, now) || use_spare(database, account, typed);
  });
}

std::int64_t SecondFactorStore::spare_codes(std::int64_t account) {
  return database_.run([&](Database& database) {
    return one_integer(database, "SELECT count(*) FROM spare_code WHERE account = ?", {account})
        .value_or(0);
  });
}

}  // namespace zimnik::hub
