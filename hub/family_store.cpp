#include "hub/family_store.h"

#include "hub/query.h"
#include "hub/random.h"
#include "sync/core/crypto.h"

namespace zimnik::hub {
namespace {

using journal::each_row;
using journal::has_row;
using journal::one_integer;
using journal::text_value;
using sync::Database;
using sync::Statement;

constexpr std::int64_t kTouchMs = 24 * 3600 * 1000;  // a session's use is noted once in so long

bool is_used(Database& database, const sync::Hash& code) {
  return has_row(database, "SELECT 1 FROM used_code WHERE hash = ?", {blob_value(code)});
}

/// Whether the guardian's code opens nothing any more.
bool is_over(Database& database, const GuardianLink& link) {
  return is_used(database, link.code) ||
         has_row(database, "SELECT 1 FROM forgotten WHERE school = ? AND person = ?",
                 {blob_value(link.school), link.guardian});
}

std::int64_t count_forgotten(Database& database, const sync::SchoolId& school) {
  return *one_integer(database, "SELECT count(*) FROM forgotten WHERE school = ?",
                      {blob_value(school)});
}

/// What an older code of this guardian opened is closed, with the account that had nothing else.
void close_older(Database& database, const GuardianLink& link) {
  const auto account =
      one_integer(database, "SELECT account FROM link WHERE school = ? AND guardian = ?",
                  {blob_value(link.school), link.guardian});
  if (!account) return;
  run_sql(database, "DELETE FROM link WHERE school = ? AND guardian = ?",
          {blob_value(link.school), link.guardian});
  if (has_row(database, "SELECT 1 FROM link WHERE account = ?", {*account})) return;
  run_sql(database, "DELETE FROM session WHERE account = ?", {*account});
  run_sql(database, "DELETE FROM account WHERE id = ?", {*account});
}

void insert_link(Database& database, std::int64_t account, const GuardianLink& link,
                 sync::Time now) {
  run_sql(database, "INSERT OR REPLACE INTO link VALUES (?, ?, ?, ?)",
          {blob_value(link.school), link.guardian, account, blob_value(link.code)});
  run_sql(database, "INSERT INTO used_code VALUES (?, ?)", {blob_value(link.code), now.ms});
}

sync::Value hash_value(const std::string& token) { return blob_value(sync::sha256({token})); }

}  // namespace

bool FamilyStore::was_used(const sync::Hash& code) {
  return database_.run([&](Database& database) { return is_used(database, code); });
}

FamilyStore::Activated FamilyStore::open_account(const std::string& login,
                                                 const std::string& verifier,
                                                 const GuardianLink& link, sync::Time now) {
  return database_.run([&](Database& database) {
    if (is_over(database, link)) return Activated::code_used;
    const bool is_own = has_row(
        database,
        "SELECT 1 FROM account a JOIN link l ON l.account = a.id "
        "WHERE a.login = ? AND l.school = ? AND l.guardian = ? "
        "AND NOT EXISTS (SELECT 1 FROM link o WHERE o.account = a.id AND o.rowid <> l.rowid)",
        {text_value(login), blob_value(link.school), link.guardian});
    if (!is_own &&
        has_row(database, "SELECT 1 FROM account WHERE login = ?", {text_value(login)})) {
      return Activated::login_taken;
    }
    close_older(database, link);
    run_sql(database, "INSERT INTO account (login, verifier, made_at) VALUES (?, ?, ?)",
            {text_value(login), text_value(verifier), now.ms});
    const auto account =
        one_integer(database, "SELECT id FROM account WHERE login = ?", {text_value(login)});
    insert_link(database, account.value(), link, now);
    return Activated::done;
  });
}

FamilyStore::Activated FamilyStore::add_link(std::int64_t account, const GuardianLink& link,
                                             sync::Time now) {
  return database_.run([&](Database& database) {
    if (is_over(database, link)) return Activated::code_used;
    const auto older =
        one_integer(database, "SELECT account FROM link WHERE school = ? AND guardian = ?",
                    {blob_value(link.school), link.guardian});
    if (older && *older != account) close_older(database, link);
    insert_link(database, account, link, now);
    return Activated::done;
  });
}

void FamilyStore::forget(const sync::SchoolId& school, const std::vector<std::int64_t>& persons) {
  const bool is_news = database_.run([&](Database& database) {
    const auto known = count_forgotten(database, school);
    if (known == static_cast<std::int64_t>(persons.size())) return false;
    for (const auto person : persons) {
      run_sql(database, "INSERT OR IGNORE INTO forgotten (school, person) VALUES (?, ?)",
              {blob_value(school), person});
      close_older(database, {school, person, {}});
    }
    return count_forgotten(database, school) != known;
  });
  if (is_news) database_.truncate_log();
}

std::int64_t FamilyStore::forgotten_of(const sync::SchoolId& school) {
  return database_.run([&](Database& database) { return count_forgotten(database, school); });
}

std::optional<FamilyAccount> FamilyStore::account_of(const std::string& login) {
  return database_.run([&](Database& database) {
    std::optional<FamilyAccount> account;
    each_row(database, "SELECT id, login, verifier FROM account WHERE login = ?",
             {text_value(login)}, [&](const Statement& row) {
               account = {row.integer(0), std::string(row.text(1)), std::string(row.text(2))};
             });
    return account;
  });
}

std::string FamilyStore::login_of(std::int64_t account) {
  return database_.run([&](Database& database) {
    return journal::one_text(database, "SELECT login FROM account WHERE id = ?", {account})
        .value_or("");
  });
}

std::vector<GuardianLink> FamilyStore::links_of(std::int64_t account) {
  return database_.run([&](Database& database) {
    std::vector<GuardianLink> links;
    each_row(database,
             "SELECT school, guardian, code FROM link WHERE account = ? ORDER BY school, guardian",
             {account}, [&](const Statement& row) {
               links.push_back({sync::SchoolId::from(row.blob(0)), row.integer(1),
                                sync::Hash::from(row.blob(2))});
             });
    return links;
  });
}

std::string FamilyStore::open_session(std::int64_t account, sync::Time now) {
  auto token = random_hex(32);
  database_.run([&](Database& database) {
    run_sql(database, "DELETE FROM session WHERE seen_at < ?", {now.ms - kSessionMs});
    run_sql(database, "INSERT INTO session VALUES (?, ?, ?)", {hash_value(token), account, now.ms});
  });
  return token;
}

std::optional<std::int64_t> FamilyStore::account_of_session(const std::string& token,
                                                            sync::Time now) {
  if (token.empty()) return std::nullopt;
  return database_.run([&](Database& database) {
    std::optional<std::int64_t> account;
    bool is_to_touch = false;
    each_row(database, "SELECT account, seen_at FROM session WHERE hash = ? AND seen_at >= ?",
             {hash_value(token), now.ms - kSessionMs}, [&](const Statement& row) {
               account = row.integer(0);
               // One that is still to come was noted by a clock that was wrong.
               is_to_touch = row.integer(1) < now.ms - kTouchMs || row.integer(1) > now.ms;
             });
    if (is_to_touch) {
      run_sql(database, "UPDATE session SET seen_at = ? WHERE hash = ?",
              {now.ms, hash_value(token)});
    }
    return account;
  });
}

void FamilyStore::close_session(const std::string& token) {
  database_.run([&](Database& database) {
    run_sql(database, "DELETE FROM session WHERE hash = ?", {hash_value(token)});
  });
}

void FamilyStore::close_other_sessions(std::int64_t account, const std::string& token) {
  database_.run([&](Database& database) {
    run_sql(database, "DELETE FROM session WHERE account = ? AND hash <> ?",
            {account, hash_value(token)});
  });
}

std::int64_t FamilyStore::count_accounts() {
  return database_.run([](Database& database) {
    return journal::one_integer(database, "SELECT count(*) FROM account", {}).value_or(0);
  });
}

std::int64_t FamilyStore::count_sessions(sync::Time now) {
  return database_.run([&](Database& database) {
    return journal::one_integer(database, "SELECT count(*) FROM session WHERE seen_at >= ?",
                                {now.ms - kSessionMs})
        .value_or(0);
  });
}

void FamilyStore::close_all_sessions() {
  database_.run([](Database& database) { run_sql(database, "DELETE FROM session", {}); });
}

}  // namespace zimnik::hub
