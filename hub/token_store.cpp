#include "hub/token_store.h"

#include "hub/query.h"

namespace zimnik::hub {
namespace {

using journal::text_value;
using sync::Database;
using sync::Statement;

constexpr const char* kTokens =
    "SELECT hash, school, name, kind, expires_at, made_by, confirmed_at FROM token WHERE ";

std::vector<TokenEntry> tokens_where(Database& database, const std::string& condition,
                                     std::initializer_list<sync::Value> values) {
  std::vector<TokenEntry> tokens;
  journal::each_row(database, kTokens + condition, values, [&](const Statement& row) {
    tokens.push_back({sync::Hash::from(row.blob(0)), sync::SchoolId::from(row.blob(1)),
                      std::string(row.text(2)), static_cast<sync::SiteKind>(row.integer(3)),
                      sync::Time{row.integer(4)}, std::string(row.text(5)), time_at(row, 6)});
  });
  return tokens;
}

}  // namespace

bool TokenStore::add(const TokenEntry& token) {
  const sync::Value confirmed = token.confirmed ? sync::Value(token.confirmed->ms) : sync::Value();
  return database_.run([&](Database& database) {
    run_sql(database,
            "INSERT INTO token (hash, school, name, kind, expires_at, made_by, confirmed_at) "
            "SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7 WHERE NOT EXISTS "
            "(SELECT 1 FROM operator WHERE login = ?6 AND locked_at IS NOT NULL)",
            {blob_value(token.hash), blob_value(token.school), text_value(token.name),
             static_cast<std::int64_t>(token.kind), token.expires.ms, text_value(token.made_by),
             confirmed});
    return database.changes() == 1;
  });
}

std::optional<TokenEntry> TokenStore::find(const sync::Hash& hash) {
  return database_.run([&](Database& database) -> std::optional<TokenEntry> {
    const auto tokens = tokens_where(database, "hash = ?", {blob_value(hash)});
    if (tokens.empty()) return std::nullopt;
    return tokens.front();
  });
}

bool TokenStore::use(const sync::Hash& hash, const sync::SiteId& site, sync::Time now) {
  return database_.run([&](Database& database) {
    run_sql(database,
            "UPDATE token SET used_by = ?1, used_at = coalesce(used_at, ?2) "
            "WHERE hash = ?3 AND expires_at > ?2 AND confirmed_at IS NOT NULL "
            "AND (used_by IS NULL OR used_by = ?1)",
            {blob_value(site), now.ms, blob_value(hash)});
    return database.changes() == 1;
  });
}

std::vector<TokenEntry> TokenStore::unused(const sync::SchoolId& school, sync::Time now) {
  return database_.run([&](Database& database) {
    return tokens_where(
        database, "school = ? AND used_by IS NULL AND expires_at > ? ORDER BY expires_at, hash",
        {blob_value(school), now.ms});
  });
}

std::vector<TokenEntry> TokenStore::unused_by(const std::string& maker, sync::Time now) {
  return database_.run([&](Database& database) {
    return tokens_where(
        database, "made_by = ? AND used_by IS NULL AND expires_at > ? ORDER BY expires_at, hash",
        {text_value(maker), now.ms});
  });
}

bool TokenStore::confirm(const sync::Hash& hash, sync::Time now) {
  return database_.run([&](Database& database) {
    run_sql(database,
            "UPDATE token SET confirmed_at = ?1 WHERE hash = ?2 AND used_by IS NULL "
            "AND confirmed_at IS NULL AND expires_at > ?1",
            {now.ms, blob_value(hash)});
    return database.changes() == 1;
  });
}

bool TokenStore::drop(const sync::Hash& hash) {
  return database_.run([&](Database& database) {
    run_sql(database, "DELETE FROM token WHERE hash = ? AND used_by IS NULL", {blob_value(hash)});
    return database.changes() == 1;
  });
}

void TokenStore::drop_unused() {
  database_.run(
      [](Database& database) { run_sql(database, "DELETE FROM token WHERE used_by IS NULL", {}); });
}

}  // namespace zimnik::hub
