#include "hub/console/operator_store.h"

#include <array>

#include "hub/query.h"
#include "hub/random.h"
#include "sync/core/crypto.h"

namespace zimnik::hub {
namespace {

using journal::each_row;
using journal::text_value;
using sync::Database;
using sync::Statement;

constexpr std::int64_t kTouchMs = 60 * 1000;  // a session's use is noted once in so long

constexpr std::array<std::pair<OperatorRole, const char*>, 3> kRoles{{
    {OperatorRole::administrator, "administrator"},
    {OperatorRole::support, "support"},
    {OperatorRole::authority, "authority"},
}};

sync::Value hash_value(const std::string& token) { return blob_value(sync::sha256({token})); }

std::vector<OperatorAccount> accounts_where(Database& database, const std::string& condition,
                                            std::initializer_list<sync::Value> values) {
  std::vector<OperatorAccount> accounts;
  each_row(database,
           "SELECT id, login, role, verifier, locked_at FROM operator o WHERE " + condition +
               " ORDER BY login",
           values, [&](const Statement& row) {
             accounts.push_back({row.integer(0), std::string(row.text(1)),
                                 static_cast<OperatorRole>(row.integer(2)),
                                 std::string(row.text(3)), !row.is_null(4)});
           });
  for (auto& account : accounts) {
    each_row(
        database, "SELECT school FROM operator_school WHERE operator = ?", {account.id},
        [&](const Statement& row) { account.schools.insert(sync::SchoolId::from(row.blob(0))); });
  }
  return accounts;
}

std::optional<OperatorAccount> account_where(Database& database, const std::string& condition,
                                             std::initializer_list<sync::Value> values) {
  auto accounts = accounts_where(database, condition, values);
  if (accounts.empty()) return std::nullopt;
  return std::move(accounts.front());
}

void end_sessions(Database& database, std::int64_t id) {
  run_sql(database, "DELETE FROM operator_session WHERE operator = ?", {id});
}

}  // namespace

std::string word_of(OperatorRole role) {
  for (const auto& [known, word] : kRoles) {
    if (known == role) return word;
  }
  return "";
}

std::optional<OperatorRole> operator_role(const std::string& word) {
  for (const auto& [role, known] : kRoles) {
    if (word == known) return role;
  }
  return std::nullopt;
}

bool OperatorStore::add(const std::string& login, OperatorRole role,
                        const std::set<sync::SchoolId>& schools, sync::Time now) {
  return database_.run([&](Database& database) {
    run_sql(database,
            "INSERT OR IGNORE INTO operator (login, role, verifier, made_at) VALUES (?, ?, '', ?)",
            {text_value(login), static_cast<std::int64_t>(role), now.ms});
    if (database.changes() != 1) return false;
    const auto id = account_where(database, "login = ?", {text_value(login)})->id;
    for (const auto& school : schools) {
      run_sql(database, "INSERT INTO operator_school VALUES (?, ?)", {id, blob_value(school)});
    }
    return true;
  });
}

std::optional<OperatorAccount> OperatorStore::find(const std::string& login) {
  return database_.run([&](Database& database) {
    return account_where(database, "login = ?", {text_value(login)});
  });
}

std::vector<OperatorAccount> OperatorStore::all() {
  return database_.run([](Database& database) { return accounts_where(database, "1", {}); });
}

void OperatorStore::issue_code(std::int64_t id, const sync::Hash& code, sync::Time now) {
  database_.run([&](Database& database) {
    run_sql(database, "DELETE FROM operator_code WHERE operator = ? OR expires_at <= ?",
            {id, now.ms});
    run_sql(database, "INSERT INTO operator_code VALUES (?, ?, ?)",
            {blob_value(code), id, now.ms + kCodeMs});
  });
}

void OperatorStore::lock(std::int64_t id, bool is_locked, sync::Time now) {
  const sync::Value moment = is_locked ? sync::Value(now.ms) : sync::Value();
  database_.run([&](Database& database) {
    run_sql(database, "UPDATE operator SET locked_at = ? WHERE id = ?", {moment, id});
    if (!is_locked) return;
    end_sessions(database, id);
    run_sql(database, "DELETE FROM operator_code WHERE operator = ?", {id});
  });
}

std::optional<OperatorAccount> OperatorStore::owner_of_code(const sync::Hash& code,
                                                            sync::Time now) {
  return database_.run([&](Database& database) {
    return account_where(database,
                         "locked_at IS NULL AND id = (SELECT operator FROM operator_code "
                         "WHERE hash = ? AND expires_at > ?)",
                         {blob_value(code), now.ms});
  });
}

bool OperatorStore::set_password(const sync::Hash& code, const std::string& verifier,
                                 sync::Time now) {
  return database_.run([&](Database& database) {
    const auto id = journal::one_integer(
        database, "SELECT operator FROM operator_code WHERE hash = ? AND expires_at > ?",
        {blob_value(code), now.ms});
    if (!id) return false;
    run_sql(database, "DELETE FROM operator_code WHERE operator = ?", {*id});
    run_sql(database, "UPDATE operator SET verifier = ? WHERE id = ?", {text_value(verifier), *id});
    end_sessions(database, *id);
    return true;
  });
}

std::string OperatorStore::open_session(std::int64_t id, const std::string& former,
                                        sync::Time now) {
  auto token = random_hex(32);
  database_.run([&](Database& database) {
    run_sql(database, "DELETE FROM operator_session WHERE hash = ? OR seen_at < ? OR begun_at < ?",
            {hash_value(former), now.ms - kIdleMs, now.ms - kSessionMs});
    run_sql(database, "INSERT INTO operator_session VALUES (?, ?, ?, ?)",
            {hash_value(token), id, now.ms, now.ms});
  });
  return token;
}

std::optional<OperatorAccount> OperatorStore::of_session(const std::string& token, sync::Time now) {
  if (token.empty()) return std::nullopt;
  return database_.run([&](Database& database) {
    auto account =
        account_where(database,
                      "locked_at IS NULL AND id = (SELECT operator FROM "
                      "operator_session WHERE hash = ? AND seen_at >= ? AND begun_at >= ?)",
                      {hash_value(token), now.ms - kIdleMs, now.ms - kSessionMs});
    if (account) {
      run_sql(database, "UPDATE operator_session SET seen_at = ?1 WHERE hash = ?2 AND seen_at < ?3",
              {now.ms, hash_value(token), now.ms - kTouchMs});
    }
    return account;
  });
}

void OperatorStore::close_session(const std::string& token) {
  database_.run([&](Database& database) {
    run_sql(database, "DELETE FROM operator_session WHERE hash = ?", {hash_value(token)});
  });
}

void OperatorStore::close_all() {
  database_.run([](Database& database) {
    run_sql(database, "DELETE FROM operator_session", {});
    run_sql(database, "DELETE FROM operator_code", {});
  });
}

std::int64_t OperatorStore::count_sessions(sync::Time now) {
  return database_.run([&](Database& database) {
    return journal::one_integer(
               database,
               "SELECT count(*) FROM operator_session WHERE seen_at >= ? AND begun_at >= ?",
               {now.ms - kIdleMs, now.ms - kSessionMs})
        .value_or(0);
  });
}

}  // namespace zimnik::hub
