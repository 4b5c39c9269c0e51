#include "hub/hub_database.h"

#include "sync/store/file_version.h"

namespace zimnik::hub {
namespace {

constexpr const char* kSteps[] = {R"(
  CREATE TABLE IF NOT EXISTS region (id INTEGER PRIMARY KEY CHECK (id = 1), name TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS school (id BLOB PRIMARY KEY, name TEXT NOT NULL, added_at INTEGER);
  CREATE TABLE IF NOT EXISTS site (
    id BLOB PRIMARY KEY, school BLOB NOT NULL, name TEXT NOT NULL, kind INTEGER NOT NULL,
    enrolled_at INTEGER NOT NULL, revoked_at INTEGER);
  CREATE TABLE IF NOT EXISTS token (
    hash BLOB PRIMARY KEY, school BLOB NOT NULL, name TEXT NOT NULL, kind INTEGER NOT NULL,
    expires_at INTEGER NOT NULL, used_by BLOB, used_at INTEGER);
  CREATE TABLE IF NOT EXISTS exchange (
    site BLOB PRIMARY KEY, school BLOB NOT NULL, at INTEGER NOT NULL, complete_at INTEGER);
  CREATE TABLE IF NOT EXISTS succession (
    site BLOB PRIMARY KEY, predecessor BLOB NOT NULL, school BLOB NOT NULL, at INTEGER NOT NULL);
  CREATE TABLE IF NOT EXISTS account (
    id INTEGER PRIMARY KEY AUTOINCREMENT, login TEXT NOT NULL UNIQUE, verifier TEXT NOT NULL,
    made_at INTEGER NOT NULL);
  CREATE TABLE IF NOT EXISTS link (
    school BLOB NOT NULL, guardian INTEGER NOT NULL, account INTEGER NOT NULL, code BLOB NOT NULL,
    PRIMARY KEY (school, guardian));
  CREATE INDEX IF NOT EXISTS link_account ON link (account);
  CREATE TABLE IF NOT EXISTS used_code (hash BLOB PRIMARY KEY, used_at INTEGER NOT NULL);
  CREATE TABLE IF NOT EXISTS session (
    hash BLOB PRIMARY KEY, account INTEGER NOT NULL, seen_at INTEGER NOT NULL);
  CREATE INDEX IF NOT EXISTS session_account ON session (account);
)",
                                  R"(
  CREATE TABLE restoration (
    number INTEGER PRIMARY KEY, copied_at INTEGER NOT NULL, restored_at INTEGER NOT NULL,
    site BLOB NOT NULL);
  CREATE TABLE recovery (
    school BLOB PRIMARY KEY, copied_at INTEGER NOT NULL, restored_at INTEGER NOT NULL,
    opened_at INTEGER);
  CREATE TABLE heard (
    site BLOB PRIMARY KEY, school BLOB NOT NULL, leaves INTEGER NOT NULL, complete_at INTEGER);
)",
                                  R"(
  CREATE TABLE forgotten (
    number INTEGER PRIMARY KEY AUTOINCREMENT, school BLOB NOT NULL, person INTEGER NOT NULL,
    UNIQUE (school, person));
  CREATE TABLE backup (
    path TEXT PRIMARY KEY, at INTEGER NOT NULL, forgotten INTEGER NOT NULL) WITHOUT ROWID;
)",
                                  R"(
  ALTER TABLE succession ADD COLUMN known INTEGER NOT NULL DEFAULT 0;
)",
                                  R"(
  CREATE TABLE identity (
    issuer TEXT NOT NULL, subject TEXT NOT NULL, account INTEGER NOT NULL UNIQUE,
    bound_at INTEGER NOT NULL, PRIMARY KEY (issuer, subject));
)"};

}  // namespace

HubDatabase::HubDatabase(const std::string& path)
    : lock_(path), database_(sync::Database::open(path)) {
  database_.execute("PRAGMA secure_delete = ON");  // accounts of who was forgotten
  sync::bring_up(database_, path, kSteps);
}

void HubDatabase::truncate_log() {
  const std::lock_guard lock(mutex_);
  database_.execute("PRAGMA wal_checkpoint(TRUNCATE)");
}

}  // namespace zimnik::hub
