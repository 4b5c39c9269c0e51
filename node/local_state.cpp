#include "node/local_state.h"

#include <openssl/rand.h>

#include <array>
#include <stdexcept>

#include "sync/core/crypto.h"
#include "sync/store/file_version.h"

namespace zimnik::node {

using namespace sync;

namespace {

constexpr const char* kSteps[] = {R"(
  CREATE TABLE IF NOT EXISTS session (
    token BLOB PRIMARY KEY, login TEXT NOT NULL, used_at INTEGER NOT NULL) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS reached_by (
    site BLOB PRIMARY KEY, leaves INTEGER NOT NULL, at INTEGER NOT NULL,
    fault TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS backup (
    path TEXT PRIMARY KEY, at INTEGER NOT NULL, schema INTEGER NOT NULL) WITHOUT ROWID;
)",
                                  // The engine knows what others hold.
                                  "ALTER TABLE reached_by DROP COLUMN leaves"};

constexpr std::int64_t kIdleMs = 12LL * 3600 * 1000;
constexpr std::int64_t kNoteMs = 60'000;  // how exactly the last use of a session is kept

Hash hash_of(const std::string& token) { return sha256({"zimnik session", token}); }

}  // namespace

LocalState::LocalState(const std::string& path) : database_(Database::open(path)) {
  database_.execute("PRAGMA secure_delete = ON");  // sessions of who was forgotten
  bring_up(database_, path, kSteps);
}

std::string LocalState::open_session(const std::string& login, Time now) {
  FixedBytes<16, struct TokenTag> token;
  if (RAND_bytes(token.bytes.data(), static_cast<int>(token.bytes.size())) != 1) {
    throw std::runtime_error("no random bytes");
  }
  const std::lock_guard lock(mutex_);
  database_.prepared("DELETE FROM session WHERE used_at < ?").bind(1, now.ms - kIdleMs).run();
  const auto text = token.hex();
  const auto hash = hash_of(text);
  database_.prepared("INSERT INTO session VALUES (?, ?, ?)")
      .bind_blob(1, hash.view())
      .bind_text(2, login)
      .bind(3, now.ms)
      .run();
  return text;
}

std::optional<std::string> LocalState::login_of(const std::string& token, Time now) {
  const auto hash = hash_of(token);
  const std::lock_guard lock(mutex_);
  auto& query = database_.prepared("SELECT login, used_at FROM session WHERE token = ?");
  if (!query.bind_blob(1, hash.view()).step()) return std::nullopt;
  const std::string login(query.text(0));
  const auto used_at = query.integer(1);
  query.reset();
  if (used_at < now.ms - kIdleMs) return std::nullopt;
  // One that is still to come was noted by a clock that was wrong.
  if (used_at < now.ms - kNoteMs || used_at > now.ms) {
    database_.prepared("UPDATE session SET used_at = ? WHERE token = ?")
        .bind(1, now.ms)
        .bind_blob(2, hash.view())
        .run();
  }
  return login;
}

void LocalState::close_session(const std::string& token) {
  const auto hash = hash_of(token);
  const std::lock_guard lock(mutex_);
  database_.prepared("DELETE FROM session WHERE token = ?").bind_blob(1, hash.view()).run();
}

void LocalState::close_sessions_of(const std::string& login) {
  const std::lock_guard lock(mutex_);
  database_.prepared("DELETE FROM session WHERE login = ?").bind_text(1, login).run();
}

Reached LocalState::reached(const SiteId& site) {
  const std::lock_guard lock(mutex_);
  auto& query = database_.prepared("SELECT at, fault FROM reached_by WHERE site = ?");
  if (!query.bind_blob(1, site.view()).step()) return {};
  const Reached reached{Time{query.integer(0)}, std::string(query.text(1))};
  query.reset();
  return reached;
}

void LocalState::set_reached(const Reached& reached, const SiteId& site) {
  const std::lock_guard lock(mutex_);
  database_.prepared("INSERT OR REPLACE INTO reached_by VALUES (?, ?, ?)")
      .bind_blob(1, site.view())
      .bind(2, reached.at.ms)
      .bind_text(3, reached.fault)
      .run();
}

void LocalState::set_fault(const std::string& fault, const SiteId& site) {
  const std::lock_guard lock(mutex_);
  database_
      .prepared(
          "INSERT INTO reached_by VALUES (?1, 0, ?2) "
          "ON CONFLICT (site) DO UPDATE SET fault = ?2 WHERE fault <> ?2")
      .bind_blob(1, site.view())
      .bind_text(2, fault)
      .run();
}

/// `or_else`: REPLACE, or IGNORE where one of that path is to stay as it is.
void LocalState::put(const BackupNote& backup, const char* or_else) {
  database_.prepared(std::string("INSERT OR ") + or_else + " INTO backup VALUES (?, ?, ?)")
      .bind_text(1, backup.path)
      .bind(2, backup.at.ms)
      .bind(3, std::int64_t{backup.schema})
      .run();
}

void LocalState::drop(const std::string& path) {
  database_.prepared("DELETE FROM backup WHERE path = ?").bind_text(1, path).run();
}

void LocalState::add_backup(const BackupNote& backup) {
  const std::lock_guard lock(mutex_);
  put(backup, "REPLACE");
}

void LocalState::remove_backup(const std::string& path) {
  const std::lock_guard lock(mutex_);
  drop(path);
}

void LocalState::finish_backup(const std::string& unfinished, const BackupNote& backup,
                               const std::function<void()>& move) {
  const std::lock_guard lock(mutex_);
  put(backup, "IGNORE");
  const bool is_new = database_.changes() > 0;
  try {
    move();
  } catch (...) {
    if (is_new) drop(backup.path);
    throw;
  }
  put(backup, "REPLACE");
  drop(unfinished);
}

std::vector<BackupNote> LocalState::backups() {
  const std::lock_guard lock(mutex_);
  auto& query = database_.prepared("SELECT path, at, schema FROM backup ORDER BY at, path");
  std::vector<BackupNote> backups;
  while (query.step()) {
    backups.push_back({std::string(query.text(0)), Time{query.integer(1)},
                       static_cast<std::uint32_t>(query.integer(2))});
  }
  return backups;
}

}  // namespace zimnik::node
