#include "sync/net/key_store.h"

#include <openssl/rand.h>
#include <sys/stat.h>
#include <algorithm>
#include <set>

#include "sync/net/limits.h"
#include "sync/net/openssl.h"
#include "sync/store/file_version.h"

namespace zimnik::net {
namespace {

constexpr const char* kSteps[] = {
    R"(
  CREATE TABLE IF NOT EXISTS held (
    number INTEGER PRIMARY KEY, key_id BLOB NOT NULL UNIQUE, person BLOB, key BLOB NOT NULL);
  CREATE TABLE IF NOT EXISTS handed (
    site BLOB NOT NULL, key_id BLOB NOT NULL, PRIMARY KEY (site, key_id)) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS parcel (
    number INTEGER PRIMARY KEY AUTOINCREMENT, recipient BLOB NOT NULL,
    hash BLOB NOT NULL UNIQUE, bytes BLOB NOT NULL);
  CREATE INDEX IF NOT EXISTS parcel_recipient ON parcel (recipient, number);
  CREATE TABLE IF NOT EXISTS taken_by (site BLOB PRIMARY KEY, epoch INTEGER, number INTEGER);
  CREATE TABLE IF NOT EXISTS taken_of (site BLOB PRIMARY KEY, epoch INTEGER, number INTEGER);
  CREATE TABLE IF NOT EXISTS epoch (number INTEGER NOT NULL);
)",
    R"(
  CREATE TABLE made (number INTEGER PRIMARY KEY, key_id BLOB NOT NULL);
  CREATE TABLE rotated (site BLOB PRIMARY KEY) WITHOUT ROWID;
  CREATE TABLE forgotten (person BLOB PRIMARY KEY) WITHOUT ROWID;
)",
    // The school's keys are handed again, each in a parcel of its own.
    R"(
  DELETE FROM handed WHERE key_id IN (SELECT key_id FROM held WHERE person IS NULL);
)"};

std::string encoded(const sync::Value& person) {
  std::string bytes;
  sync::Writer writer(bytes);
  sync::write_value(writer, person);
  return bytes;
}

sync::Database open(const std::string& path) {
  // SQLite gives the files that it makes beside it the same mode.
  const auto mask = ::umask(0077);
  try {
    auto database = sync::Database::open(path);
    database.execute("PRAGMA secure_delete = ON");
    sync::bring_up(database, path, kSteps);
    ::umask(mask);
    return database;
  } catch (...) {
    ::umask(mask);
    throw;
  }
}

std::vector<sync::NewKey> read_keys(sync::Statement& rows) {
  std::vector<sync::NewKey> keys;
  while (rows.step()) {
    sync::NewKey key;
    if (!rows.is_null(0)) {
      sync::Reader reader(rows.blob(0), "person");
      key.person = sync::read_value(reader, "person");
    }
    if (rows.blob(1).size() != sync::SivKey::kSize) throw std::runtime_error("a damaged key");
    key.key = sync::SivKey::from(rows.blob(1));
    keys.push_back(std::move(key));
  }
  return keys;
}

}  // namespace

KeyStore::KeyStore(const std::string& path) : lock_(path), database_(open(path)) {
  if (number("SELECT count(*) FROM epoch") == 0) begin_epoch();
  epoch_ = static_cast<std::uint64_t>(number("SELECT number FROM epoch"));
}

void KeyStore::begin_epoch() {
  std::int64_t random = 0;
  require(RAND_bytes(reinterpret_cast<unsigned char*>(&random), sizeof random) == 1, "random");
  database_.execute("DELETE FROM epoch");
  database_.prepare("INSERT INTO epoch VALUES (?)").bind(1, random | 1).run();
}

std::int64_t KeyStore::number(const std::string& sql) {
  auto& statement = database_.prepared(sql);
  statement.step();
  const auto result = statement.integer(0);
  statement.reset();
  return result;
}

void KeyStore::commit(const std::function<void()>& work) {
  database_.execute("BEGIN IMMEDIATE");
  try {
    work();
    database_.execute("COMMIT");
  } catch (...) {
    if (!database_.is_autocommit()) database_.execute("ROLLBACK");
    throw;
  }
}

void KeyStore::add(const std::vector<sync::NewKey>& keys) {
  commit([&] {
    auto& insert =
        database_.prepared("INSERT OR IGNORE INTO held (key_id, person, key) VALUES (?, ?, ?)");
    for (const auto& [person, key] : keys) {
      const auto id = sync::id_of(key);
      const auto name = person ? encoded(*person) : std::string();
      insert.bind_blob(1, id.view());
      person ? insert.bind_blob(2, name) : insert.bind_null(2);
      insert.bind_blob(3, key.view()).run();
    }
  });
}

sync::NewKey KeyStore::insert_school_key() {
  const sync::NewKey key{std::nullopt, sync::random_siv_key()};
  const auto id = sync::id_of(key.key);
  database_.prepared("INSERT INTO held (key_id, key) VALUES (?, ?)")
      .bind_blob(1, id.view())
      .bind_blob(2, key.key.view())
      .run();
  database_.prepared("INSERT INTO made (key_id) VALUES (?)").bind_blob(1, id.view()).run();
  return key;
}

sync::NewKey KeyStore::make_school_key() {
  sync::NewKey key;
  commit([&] { key = insert_school_key(); });
  return key;
}

bool KeyStore::rotate(const std::vector<sync::SiteId>& revoked) {
  std::set<sync::SiteId> done;
  auto& rows = database_.prepared("SELECT site FROM rotated");
  while (rows.step()) done.insert(sync::SiteId::from(rows.blob(0)));
  const std::set<sync::SiteId> wanted(revoked.begin(), revoked.end());
  if (done == wanted || !has_school_key()) return false;
  const bool is_news = !std::includes(done.begin(), done.end(), wanted.begin(), wanted.end());
  commit([&] {
    if (is_news) insert_school_key();
    database_.execute("DELETE FROM rotated");
    auto& insert = database_.prepared("INSERT INTO rotated VALUES (?)");
    for (const auto& site : wanted) insert.bind_blob(1, site.view()).run();
  });
  return is_news;
}

sync::NewKey KeyStore::make_person_key(const sync::Value& person) {
  const sync::NewKey key{person, sync::random_siv_key()};
  add({key});
  return key;
}

std::optional<sync::NewKey> KeyStore::sealing_key() {
  const auto keys = read_keys(database_.prepared(
      "SELECT person, key FROM held JOIN made USING (key_id) ORDER BY made.number DESC LIMIT 1"));
  if (keys.empty()) return std::nullopt;
  return keys.front();
}

std::vector<sync::NewKey> KeyStore::keys() {
  return read_keys(database_.prepared("SELECT person, key FROM held ORDER BY number"));
}

sync::Keyring KeyStore::keyring() {
  sync::Keyring keyring;
  for (const auto& [person, key] : keys()) {
    person ? keyring.add_person_key(*person, key) : keyring.add_school_key(key);
  }
  if (const auto key = sealing_key()) keyring.seal_under(sync::id_of(key->key));
  return keyring;
}

bool KeyStore::has_school_key() {
  return number("SELECT EXISTS (SELECT 1 FROM held WHERE person IS NULL)") == 1;
}

void KeyStore::forget(const std::vector<sync::Value>& persons, const sync::SiteId& self) {
  std::vector<std::string> news;
  auto& is_done = database_.prepared("SELECT 1 FROM forgotten WHERE person = ?");
  for (const auto& person : persons) {
    auto name = encoded(person);
    if (!is_done.bind_blob(1, name).step()) news.push_back(std::move(name));
    is_done.reset();
  }
  if (news.empty()) return;
  commit([&] {
    for (const auto& name : news) {
      database_.prepared("DELETE FROM held WHERE person = ?").bind_blob(1, name).run();
      database_.prepared("INSERT INTO forgotten VALUES (?)").bind_blob(1, name).run();
    }
    delete_parcels_of(self);
    delete_parcels_of_persons();
    database_.execute("DELETE FROM handed");
    begin_epoch();
  });
  epoch_ = static_cast<std::uint64_t>(number("SELECT number FROM epoch"));
  truncate_log();
}

/// What was overwritten still lies in the log of writes.
void KeyStore::truncate_log() { database_.execute("PRAGMA wal_checkpoint(TRUNCATE)"); }

void KeyStore::delete_parcels_of(const sync::SiteId& sender) {
  std::vector<std::int64_t> numbers;
  auto& rows = database_.prepared("SELECT number, bytes FROM parcel");
  while (rows.step()) {
    if (decode_parcel(rows.blob(1)).sender == sender) numbers.push_back(rows.integer(0));
  }
  auto& remove = database_.prepared("DELETE FROM parcel WHERE number = ?");
  for (const auto number : numbers) remove.bind(1, number).run();
}

/// Those that may hold keys of persons.
void KeyStore::delete_parcels_of_persons() {
  database_.prepare("DELETE FROM parcel WHERE length(bytes) > ?")
      .bind(1, static_cast<std::int64_t>(kSchoolKeyParcelBytes))
      .run();
}

void KeyStore::drop_parcels_of(const sync::SiteId& sender) {
  commit([&] { delete_parcels_of(sender); });
  truncate_log();
}

void KeyStore::drop_parcels_for(const std::vector<sync::SiteId>& recipients) {
  auto& remove = database_.prepared("DELETE FROM parcel WHERE recipient = ?");
  for (const auto& recipient : recipients) remove.bind_blob(1, recipient.view()).run();
}

std::vector<sync::NewKey> KeyStore::not_handed(const sync::SiteId& site, bool with_school_keys,
                                               std::size_t most) {
  auto& rows = database_.prepared(
      "SELECT person, key FROM held WHERE (person IS NOT NULL OR ?1) AND key_id NOT IN"
      " (SELECT key_id FROM handed WHERE site = ?2) ORDER BY number LIMIT ?3");
  rows.bind(1, std::int64_t{with_school_keys ? 1 : 0}).bind_blob(2, site.view());
  return read_keys(rows.bind(3, static_cast<std::int64_t>(most)));
}

void KeyStore::hand(const Parcel& parcel, const std::vector<sync::NewKey>& keys) {
  commit([&] {
    insert(parcel);
    insert_handed(parcel.recipient, keys);
  });
}

void KeyStore::note_held(const sync::SiteId& site, const std::vector<sync::NewKey>& keys) {
  commit([&] { insert_handed(site, keys); });
}

void KeyStore::insert_handed(const sync::SiteId& site, const std::vector<sync::NewKey>& keys) {
  auto& handed = database_.prepared("INSERT OR IGNORE INTO handed VALUES (?, ?)");
  for (const auto& key : keys) {
    const auto id = sync::id_of(key.key);
    handed.bind_blob(1, site.view()).bind_blob(2, id.view()).run();
  }
}

void KeyStore::hand_again(const sync::SiteId& site) {
  database_.prepared("DELETE FROM handed WHERE site = ?").bind_blob(1, site.view()).run();
}

void KeyStore::insert(const Parcel& parcel) {
  const auto bytes = encode_parcel(parcel);
  const auto hash = sync::sha256({bytes});
  database_.prepared("INSERT OR IGNORE INTO parcel (recipient, hash, bytes) VALUES (?, ?, ?)")
      .bind_blob(1, parcel.recipient.view())
      .bind_blob(2, hash.view())
      .bind_blob(3, bytes)
      .run();
}

void KeyStore::pass_on(const Parcel& parcel) {
  const bool is_of_school = encode_parcel(parcel).size() <= kSchoolKeyParcelBytes;
  if (!is_of_school && number("SELECT EXISTS (SELECT 1 FROM forgotten)") == 1) return;
  const auto waiting = static_cast<std::size_t>(number("SELECT count(*) FROM parcel"));
  if (waiting >= limits::kParcelsInTransit) throw sync::Refused("too many parcels are waiting");
  insert(parcel);
}

std::vector<NumberedParcel> KeyStore::parcels_for(const sync::SiteId& peer, bool is_above,
                                                  const ParcelCursor& taken, std::size_t most) {
  std::vector<NumberedParcel> parcels;
  auto& rows = database_.prepared(
      "SELECT number, bytes FROM parcel WHERE (recipient = ?1 OR ?2) AND number > ?3"
      " ORDER BY number LIMIT ?4");
  rows.bind_blob(1, peer.view()).bind(2, std::int64_t{is_above ? 1 : 0});
  rows.bind(3, static_cast<std::int64_t>(taken.epoch == epoch_ ? taken.number : 0));
  rows.bind(4, static_cast<std::int64_t>(limits::kParcels));
  most = std::min(most, limits::kParcelsBytes);
  std::size_t size = 0;
  while (rows.step()) {
    size += rows.blob(1).size();
    if (!parcels.empty() && size > most) break;
    parcels.push_back({static_cast<std::uint64_t>(rows.integer(0)), std::string(rows.blob(1))});
  }
  rows.reset();
  return parcels;
}

void KeyStore::taken_by(const sync::SiteId& peer, const ParcelCursor& taken) {
  const auto last = last_taken_by(peer);
  const bool has_gone_back =
      last.epoch == epoch_ && (taken.epoch != epoch_ || taken.number < last.number);
  if (has_gone_back) {
    commit([&] {
      set_cursor("taken_by", peer, taken);
      hand_again(peer);
    });
    return;
  }
  if (taken.epoch != epoch_ || taken == last) return;
  commit([&] {
    set_cursor("taken_by", peer, taken);
    database_.prepared("DELETE FROM parcel WHERE recipient = ? AND number <= ?")
        .bind_blob(1, peer.view())
        .bind(2, static_cast<std::int64_t>(taken.number))
        .run();
  });
}

ParcelCursor KeyStore::last_taken_by(const sync::SiteId& peer) { return cursor("taken_by", peer); }
ParcelCursor KeyStore::taken_of(const sync::SiteId& peer) { return cursor("taken_of", peer); }
void KeyStore::take_of(const sync::SiteId& peer, const ParcelCursor& taken) {
  if (taken != taken_of(peer)) set_cursor("taken_of", peer, taken);
}

ParcelCursor KeyStore::cursor(const char* table, const sync::SiteId& peer) {
  auto& row =
      database_.prepared(std::string("SELECT epoch, number FROM ") + table + " WHERE site = ?");
  row.bind_blob(1, peer.view());
  ParcelCursor result;
  if (row.step()) {
    result = {static_cast<std::uint64_t>(row.integer(0)),
              static_cast<std::uint64_t>(row.integer(1))};
  }
  row.reset();
  return result;
}

void KeyStore::set_cursor(const char* table, const sync::SiteId& peer, const ParcelCursor& cursor) {
  database_.prepared(std::string("INSERT OR REPLACE INTO ") + table + " VALUES (?, ?, ?)")
      .bind_blob(1, peer.view())
      .bind(2, static_cast<std::int64_t>(cursor.epoch))
      .bind(3, static_cast<std::int64_t>(cursor.number))
      .run();
}

}  // namespace zimnik::net
