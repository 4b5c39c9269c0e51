#include "node/local_state.h"

#include <openssl/rand.h>

#include <algorithm>
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
                                  "ALTER TABLE reached_by DROP COLUMN leaves",
                                  // Tokens are renewed; who was signed in signs in again.
                                  R"(
  DROP TABLE session;
  CREATE TABLE session (
    id INTEGER PRIMARY KEY, token BLOB NOT NULL UNIQUE, previous BLOB UNIQUE, login TEXT NOT NULL,
    opened_at INTEGER NOT NULL, renewed_at INTEGER NOT NULL, used_at INTEGER NOT NULL);
)"};

constexpr std::int64_t kHourMs = 3600 * 1000;
constexpr std::int64_t kIdleMs = 12 * kHourMs, kLifeMs = 7 * 24 * kHourMs, kTokenMs = kHourMs;
constexpr std::int64_t kNoteMs = 60'000;  // how exactly the last use of a session is kept

std::string new_token() {
  FixedBytes<32, struct TokenTag> token;
  if (RAND_bytes(token.bytes.data(), static_cast<int>(token.bytes.size())) != 1) {
    throw std::runtime_error("no random bytes");
  }
  return token.hex();
}

Hash hash_of(const std::string& token) { return sha256({"zimnik session", token}); }

}  // namespace

LocalState::LocalState(const std::string& path) : database_(Database::open(path)) {
  database_.execute("PRAGMA secure_delete = ON");  // sessions of who was forgotten
  bring_up(database_, path, kSteps);
}

std::string LocalState::open_session(const std::string& login, Time now) {
  const auto token = new_token();
  const std::lock_guard lock(mutex_);
  database_.prepared("DELETE FROM session WHERE used_at < ? OR opened_at < ?")
      .bind(1, now.ms - kIdleMs)
      .bind(2, now.ms - kLifeMs)
      .run();
  database_
      .prepared(
          "INSERT INTO session (token, login, opened_at, renewed_at, used_at) "
          "VALUES (?1, ?2, ?3, ?3, ?3)")
      .bind_blob(1, hash_of(token).view())
      .bind_text(2, login)
      .bind(3, now.ms)
      .run();
  return token;
}

std::optional<Session> LocalState::session_of(const std::string& token, Time now) {
  const auto hash = hash_of(token);
  const std::lock_guard lock(mutex_);
  auto& query = database_.prepared(
      "SELECT id, login, opened_at, renewed_at, used_at, token = ?1 FROM session "
      "WHERE token = ?1 OR previous = ?1");
  if (!query.bind_blob(1, hash.view()).step()) return std::nullopt;
  const auto id = query.integer(0);
  Session session{std::string(query.text(1)), {}};
  // A moment that is still to come was noted by a clock that was wrong.
  const auto noted = [&](int column) { return std::min(query.integer(column), now.ms); };
  const auto opened_at = noted(2), renewed_at = noted(3), used_at = noted(4);
  const bool is_corrected = query.integer(2) > now.ms || query.integer(4) > now.ms;
  const bool is_present = query.integer(5) != 0;
  query.reset();
  if (used_at < now.ms - kIdleMs || opened_at < now.ms - kLifeMs) {
    close(id);
    return std::nullopt;
  }
  // The browser has the new token: the one before is nobody's any more.
  if (is_present) forget_previous(id);
  // Where it still has the old one, the reply with the new one was lost: it gets another.
  if (renewed_at < now.ms - (is_present ? kTokenMs : kNoteMs)) {
    session.renewed_token = renew(id, hash, now);
  }
  if (used_at < now.ms - kNoteMs || is_corrected) note_use(id, opened_at, now);
  return session;
}

/// The token before stays good until the new one is used: its reply may be lost on the way.
std::string LocalState::renew(std::int64_t session, const Hash& present, Time now) {
  const auto token = new_token();
  database_.prepared("UPDATE session SET token = ?, previous = ?, renewed_at = ? WHERE id = ?")
      .bind_blob(1, hash_of(token).view())
      .bind_blob(2, present.view())
      .bind(3, now.ms)
      .bind(4, session)
      .run();
  return token;
}

void LocalState::forget_previous(std::int64_t session) {
  database_.prepared("UPDATE session SET previous = NULL WHERE id = ? AND previous IS NOT NULL")
      .bind(1, session)
      .run();
}

void LocalState::note_use(std::int64_t session, std::int64_t opened_at, Time now) {
  database_.prepared("UPDATE session SET used_at = ?, opened_at = ? WHERE id = ?")
      .bind(1, now.ms)
      .bind(2, opened_at)
      .bind(3, session)
      .run();
}

void LocalState::close(std::int64_t session) {
  database_.prepared("DELETE FROM session WHERE id = ?").bind(1, session).run();
}

void LocalState::close_session(const std::string& token) {
  const auto hash = hash_of(token);
  const std::lock_guard lock(mutex_);
  database_.prepared("DELETE FROM session WHERE token = ?1 OR previous = ?1")
      .bind_blob(1, hash.view())
      .run();
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
