#include "hub/api/key_store.h"

#include "hub/query.h"
#include "hub/random.h"
#include "sync/core/crypto.h"

namespace zimnik::hub {
namespace {

using journal::text_value;
using sync::Database;
using sync::Statement;

constexpr std::string_view kBeginning = "zimnik_";  // so that who scans for leaked keys finds them
constexpr std::size_t kSecretBytes = 32;

sync::Value hash_value(const std::string& text) { return blob_value(sync::sha256({text})); }

std::optional<std::set<sync::SchoolId>> schools_of(Database& database, std::int64_t key) {
  std::set<sync::SchoolId> schools;
  journal::each_row(
      database, "SELECT school FROM api_key_school WHERE key = ?", {key},
      [&](const Statement& row) { schools.insert(sync::SchoolId::from(row.blob(0))); });
  return schools;
}

std::vector<ApiKey> keys_where(Database& database, const std::string& condition,
                               std::initializer_list<sync::Value> values) {
  std::vector<ApiKey> keys;
  std::vector<bool> are_of_all;
  journal::each_row(database,
                    "SELECT id, name, scopes, is_of_all, made_by, made_at, expires_at, ended_at, "
                    "used_at FROM api_key WHERE " +
                        condition + " ORDER BY id DESC",
                    values, [&](const Statement& row) {
                      ApiKey key;
                      key.id = row.integer(0);
                      key.name = row.text(1);
                      key.scopes = static_cast<ApiScopes>(row.integer(2));
                      are_of_all.push_back(row.integer(3) == 1);
                      key.made_by = row.text(4);
                      key.made = {row.integer(5)};
                      key.expires = {row.integer(6)};
                      key.ended = time_at(row, 7);
                      key.used = time_at(row, 8);
                      keys.push_back(std::move(key));
                    });
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if (!are_of_all[i]) keys[i].schools = schools_of(database, keys[i].id);
  }
  return keys;
}

std::optional<ApiKey> key_where(Database& database, const std::string& condition,
                                std::initializer_list<sync::Value> values) {
  auto keys = keys_where(database, condition, values);
  if (keys.empty()) return std::nullopt;
  return std::move(keys.front());
}

}  // namespace

std::string_view word_of(ApiScope scope) {
  switch (scope) {
    case ApiScope::structure:
      return "structure";
    case ApiScope::names:
      return "names";
    case ApiScope::journal:
      return "journal";
    case ApiScope::finals:
      return "finals";
    case ApiScope::oneroster:
      return "oneroster";
  }
  return "";
}

std::optional<ApiScope> api_scope_of(std::string_view word) {
  for (const auto scope : kApiScopes) {
    if (word == word_of(scope)) return scope;
  }
  return std::nullopt;
}

std::string words_of(ApiScopes scopes) {
  std::string words;
  for (const auto scope : kApiScopes) {
    if ((scopes & bit_of(scope)) == 0) continue;
    words += (words.empty() ? "" : " ") + std::string(word_of(scope));
  }
  return words;
}

std::string ApiKeyStore::add(const ApiKey& key) {
  auto text = std::string(kBeginning) + random_hex(kSecretBytes);
  database_.run([&](Database& database) {
    run_sql(
        database,
        "INSERT INTO api_key (name, hash, scopes, is_of_all, made_by, made_at, expires_at) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        {text_value(key.name), hash_value(text), std::int64_t{key.scopes},
         std::int64_t{key.schools ? 0 : 1}, text_value(key.made_by), key.made.ms, key.expires.ms});
    if (!key.schools) return;
    const auto id = journal::one_integer(database, "SELECT max(id) FROM api_key", {}).value();
    for (const auto& school : *key.schools) {
      run_sql(database, "INSERT INTO api_key_school VALUES (?, ?)", {id, blob_value(school)});
    }
  });
  return text;
}

std::optional<ApiKey> ApiKeyStore::find(std::int64_t id) {
  return database_.run([&](Database& database) { return key_where(database, "id = ?", {id}); });
}

std::vector<ApiKey> ApiKeyStore::all() {
  return database_.run([](Database& database) { return keys_where(database, "1", {}); });
}

std::optional<ApiKey> ApiKeyStore::use(const std::string& text, sync::Time now) {
  if (text.size() != kBeginning.size() + 2 * kSecretBytes) return std::nullopt;
  return database_.run([&](Database& database) {
    auto key = key_where(database, "hash = ?1 AND ended_at IS NULL AND expires_at > ?2",
                         {hash_value(text), now.ms});
    if (key && (!key->used || key->used->ms < now.ms - kTouchMs)) {
      run_sql(database, "UPDATE api_key SET used_at = ? WHERE id = ?", {now.ms, key->id});
      key->used = now;
    }
    return key;
  });
}

bool ApiKeyStore::end(std::int64_t id, sync::Time now) {
  return database_.run([&](Database& database) {
    run_sql(database, "UPDATE api_key SET ended_at = ? WHERE id = ? AND ended_at IS NULL",
            {now.ms, id});
    return database.changes() == 1;
  });
}

void ApiKeyStore::end_all(sync::Time now) {
  database_.run([&](Database& database) {
    run_sql(database, "UPDATE api_key SET ended_at = ? WHERE ended_at IS NULL", {now.ms});
  });
}

}  // namespace zimnik::hub
