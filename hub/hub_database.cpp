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
  CREATE TABLE second_factor (
    account INTEGER PRIMARY KEY, secret BLOB NOT NULL, turned_on_at INTEGER NOT NULL,
    last_step INTEGER NOT NULL);
  CREATE TABLE spare_code (
    account INTEGER NOT NULL, hash BLOB NOT NULL, PRIMARY KEY (account, hash)) WITHOUT ROWID;
  CREATE TRIGGER sign_in_account_gone AFTER DELETE ON account BEGIN
    DELETE FROM identity WHERE account = OLD.id;
    DELETE FROM second_factor WHERE account = OLD.id;
    DELETE FROM spare_code WHERE account = OLD.id;
  END;
)",
                                  R"(
  CREATE TABLE delivery_secret (
    id INTEGER PRIMARY KEY CHECK (id = 1), secret BLOB NOT NULL);
  CREATE TABLE delivery_choice (
    account INTEGER PRIMARY KEY, address TEXT NOT NULL, language TEXT NOT NULL,
    asked_at INTEGER NOT NULL, confirmed_at INTEGER, fault TEXT, absences_at INTEGER,
    marks_at INTEGER, week_at INTEGER, message_at INTEGER);
  CREATE TABLE delivery_watch (
    account INTEGER NOT NULL, school BLOB NOT NULL, pupil INTEGER NOT NULL, kind INTEGER NOT NULL,
    since INTEGER NOT NULL, PRIMARY KEY (account, school, pupil, kind)) WITHOUT ROWID;
  CREATE TABLE delivery_told (
    account INTEGER NOT NULL, school BLOB NOT NULL, pupil INTEGER NOT NULL, kind INTEGER NOT NULL,
    what TEXT NOT NULL, value TEXT NOT NULL, former TEXT NOT NULL, letter INTEGER,
    at INTEGER NOT NULL, PRIMARY KEY (account, school, pupil, kind, what)) WITHOUT ROWID;
  CREATE INDEX delivery_told_letter ON delivery_told (letter);
  CREATE TABLE delivery_digest (
    school BLOB NOT NULL, kind INTEGER NOT NULL, day TEXT NOT NULL, PRIMARY KEY (school, kind));
  CREATE TABLE outbox (
    id INTEGER PRIMARY KEY AUTOINCREMENT, account INTEGER NOT NULL, kind INTEGER NOT NULL,
    school BLOB, pupil INTEGER, message_id TEXT NOT NULL UNIQUE, made_at INTEGER NOT NULL,
    state INTEGER NOT NULL, is_doubtful INTEGER NOT NULL DEFAULT 0,
    attempts INTEGER NOT NULL DEFAULT 0, next_at INTEGER NOT NULL, ended_at INTEGER,
    reply TEXT NOT NULL DEFAULT '');
  CREATE INDEX outbox_state ON outbox (state, next_at);
  CREATE INDEX outbox_account ON outbox (account, made_at);
  CREATE TABLE calendar_feed (
    account INTEGER PRIMARY KEY, hash BLOB NOT NULL UNIQUE, made_at INTEGER NOT NULL);
  CREATE TRIGGER delivery_account_gone AFTER DELETE ON account BEGIN
    DELETE FROM calendar_feed WHERE account = OLD.id;
    DELETE FROM delivery_choice WHERE account = OLD.id;
    DELETE FROM delivery_watch WHERE account = OLD.id;
    DELETE FROM delivery_told WHERE account = OLD.id;
    DELETE FROM outbox WHERE account = OLD.id;
  END;
  CREATE TRIGGER delivery_forgotten AFTER INSERT ON forgotten BEGIN
    DELETE FROM delivery_watch WHERE school = NEW.school AND pupil = NEW.person;
    DELETE FROM delivery_told WHERE school = NEW.school AND pupil = NEW.person;
    DELETE FROM outbox WHERE school = NEW.school AND pupil = NEW.person;
  END;
)",
                                  // The console: operators, what they did, what was read, leaks;
                                  // what is seen of sites; the schools' figures.
                                  R"(
  CREATE TABLE operator (
    id INTEGER PRIMARY KEY AUTOINCREMENT, login TEXT NOT NULL UNIQUE, role INTEGER NOT NULL,
    verifier TEXT NOT NULL, made_at INTEGER NOT NULL, locked_at INTEGER);
  CREATE TABLE operator_school (
    operator INTEGER NOT NULL, school BLOB NOT NULL, PRIMARY KEY (operator, school)) WITHOUT ROWID;
  CREATE TABLE operator_code (
    hash BLOB PRIMARY KEY, operator INTEGER NOT NULL, expires_at INTEGER NOT NULL) WITHOUT ROWID;
  CREATE TABLE operator_session (
    hash BLOB PRIMARY KEY, operator INTEGER NOT NULL, begun_at INTEGER NOT NULL,
    seen_at INTEGER NOT NULL) WITHOUT ROWID;
  CREATE TABLE audit (
    number INTEGER PRIMARY KEY, at INTEGER NOT NULL, actor TEXT NOT NULL, deed TEXT NOT NULL,
    school BLOB, object TEXT NOT NULL, detail TEXT NOT NULL, hash BLOB NOT NULL);
  CREATE TRIGGER audit_is_never_changed BEFORE UPDATE ON audit
    BEGIN SELECT raise(ABORT, 'the audit trail is only added to'); END;
  CREATE TRIGGER audit_is_never_cut BEFORE DELETE ON audit
    BEGIN SELECT raise(ABORT, 'the audit trail is only added to'); END;
  CREATE TABLE access (
    kind INTEGER NOT NULL, reader INTEGER NOT NULL, school BLOB NOT NULL, person INTEGER NOT NULL,
    day INTEGER NOT NULL, count INTEGER NOT NULL, first_at INTEGER NOT NULL,
    last_at INTEGER NOT NULL, PRIMARY KEY (kind, reader, school, person, day)) WITHOUT ROWID;
  CREATE INDEX access_day ON access (day);
  CREATE TABLE leak (
    number INTEGER PRIMARY KEY AUTOINCREMENT, noticed_at INTEGER NOT NULL,
    opened_at INTEGER NOT NULL, opened_by TEXT NOT NULL, what TEXT NOT NULL, account TEXT NOT NULL,
    school BLOB, from_at INTEGER NOT NULL, until_at INTEGER NOT NULL, notified_at INTEGER,
    inquiry_at INTEGER);
  CREATE TABLE site_seen (site BLOB PRIMARY KEY, certificate_end INTEGER, skew INTEGER)
    WITHOUT ROWID;
  CREATE TABLE figures (
    school BLOB NOT NULL, day INTEGER NOT NULL, at INTEGER NOT NULL, body TEXT NOT NULL,
    PRIMARY KEY (school, day)) WITHOUT ROWID;
)",
                                  // What families saw of diaries at their visits; what sites
                                  // brought that wasn't theirs to bring.
                                  R"(
  CREATE TABLE seen (
    account INTEGER NOT NULL, school BLOB NOT NULL, pupil INTEGER NOT NULL,
    before BLOB, before_at INTEGER, last BLOB, last_at INTEGER,
    PRIMARY KEY (account, school, pupil)) WITHOUT ROWID;
  CREATE TABLE refusal (
    site BLOB PRIMARY KEY, count INTEGER NOT NULL, last_at INTEGER NOT NULL, why TEXT NOT NULL)
    WITHOUT ROWID;
  CREATE TRIGGER seen_account_gone AFTER DELETE ON account BEGIN
    DELETE FROM seen WHERE account = OLD.id;
  END;
  CREATE TRIGGER seen_forgotten AFTER INSERT ON forgotten BEGIN
    DELETE FROM seen WHERE school = NEW.school AND pupil = NEW.person;
  END;
)",
                                  // Keys of other systems that read the API.
                                  R"(
  CREATE TABLE api_key (
    id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, hash BLOB NOT NULL UNIQUE,
    scopes INTEGER NOT NULL, is_of_all INTEGER NOT NULL, made_by TEXT NOT NULL,
    made_at INTEGER NOT NULL, expires_at INTEGER NOT NULL, ended_at INTEGER, used_at INTEGER);
  CREATE TABLE api_key_school (
    key INTEGER NOT NULL, school BLOB NOT NULL, PRIMARY KEY (key, school)) WITHOUT ROWID;
)",
                                  // Messages go to a number that its owner has confirmed.
                                  R"(
  ALTER TABLE delivery_choice ADD COLUMN phone TEXT NOT NULL DEFAULT '';
  ALTER TABLE delivery_choice ADD COLUMN phone_asked_at INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE delivery_choice ADD COLUMN phone_confirmed_at INTEGER;
)",
                                  // Tokens know who made them, and may wait for an administrator.
                                  // Of earlier ones those are taken to wait that support may have
                                  // made (operator.role 2).
                                  R"(
  ALTER TABLE token ADD COLUMN made_by TEXT NOT NULL DEFAULT '';
  ALTER TABLE token ADD COLUMN confirmed_at INTEGER;
  UPDATE token SET confirmed_at = 0 WHERE used_by IS NOT NULL OR school NOT IN (
    SELECT a.school FROM audit a JOIN operator o ON o.login = a.actor
    WHERE a.deed = 'token' AND a.school IS NOT NULL AND o.role = 2);
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
