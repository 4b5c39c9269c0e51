// How a replica takes on its file: all that opening changes is one transaction, which begins before
// the first table is made and ends when the file is of this schema. A crash in it leaves the file
// as it was.
#include <algorithm>
#include <filesystem>
#include <stdexcept>

#include "sync/core/encoding.h"
#include "sync/store/replica_impl.h"

namespace zimnik::sync {
namespace {

/// Of the engine's own tables, in SQLite's user_version. A table that an older program does without
/// needs no new number.
constexpr std::uint32_t kLayout = 1;

constexpr std::uint64_t kTellings = 100;  // of one migration, at most

std::string meta_of(Database& database, const std::string& name) {
  auto query = database.prepare("SELECT value FROM zimnik_meta WHERE name = ?");
  return query.bind_text(1, name).step() ? std::string(query.blob(0)) : std::string();
}

/// 0 where the file is no replica's yet.
std::uint32_t schema_of(Database& database) {
  auto has_meta = database.prepare("SELECT 1 FROM sqlite_master WHERE name = 'zimnik_meta'");
  if (!has_meta.step()) return 0;
  const auto text = meta_of(database, "schema");
  if (text.empty()) return 0;
  const auto version = from_decimal(text);
  if (!version) {
    throw std::runtime_error(database.path() + ": the version of its schema isn't a number");
  }
  return *version;
}

std::uint32_t layout_of(Database& database) {
  auto query = database.prepare("PRAGMA user_version");
  query.step();
  return static_cast<std::uint32_t>(query.integer(0));
}

}  // namespace

std::uint32_t Replica::schema_version(const std::string& path) {
  // A crash as a copy was first opened leaves a rollback journal, which only who writes can undo.
  const bool is_cut_off = std::filesystem::exists(path + "-journal");
  auto database = is_cut_off ? Database::open_plain(path) : Database::open_read_only(path);
  return schema_of(database);
}

/// Leaves a transaction under way.
Database Replica::Impl::open(const std::string& path, const Schema& schema, const SchoolId& school,
                             const MigrationTold& tell) {
  check(schema);
  auto database = Database::open(path);
  const auto version = schema_of(database);
  if (version != 0 && meta_of(database, "school") != school.view()) {
    throw std::runtime_error("the database is another school's");
  }
  if (version > schema.version) throw FileIsNewer(path, version, schema.version, schema.version);
  const auto layout = layout_of(database);
  if (layout > kLayout) throw FileIsNewer(path, layout, kLayout, schema.version);
  if (version != 0 && version < schema.version) {
    if (tell) tell({version, schema.version, {}, 0, 0});
    back_up_version(path, version);
  }
  database.execute("BEGIN IMMEDIATE");
  make_tables(database, schema);
  return database;
}

void Replica::Impl::make_tables(Database& database, const Schema& schema) {
  database.execute(R"(
    CREATE TABLE IF NOT EXISTS zimnik_meta (name TEXT PRIMARY KEY, value BLOB NOT NULL)
      WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS zimnik_flag (
      arrival INTEGER NOT NULL, reason INTEGER NOT NULL, PRIMARY KEY (arrival, reason))
      WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS zimnik_missing (name BLOB PRIMARY KEY) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS zimnik_unopened (key BLOB PRIMARY KEY) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS zimnik_unfolded (
      table_id INTEGER NOT NULL, group_id INTEGER NOT NULL, PRIMARY KEY (table_id, group_id))
      WITHOUT ROWID)");
  Log::create_tables(database);
  Judge::create_tables(database);
  Peers::create_tables(database);
  Receipts::create_tables(database);
  for (const auto& table : schema.tables) database.execute(RowTable::create_sql(table));
  Rows::create_tables(database);
}

Replica::Impl::Impl(const std::string& path, Schema with_schema, SchoolId with_school,
                    PublicKey with_authority, Identity with_identity, Keyring with_keyring,
                    const MigrationTold& tell)
    : schema(std::move(with_schema)),
      school(with_school),
      authority(with_authority),
      identity(std::move(with_identity)),
      site(identity.record.keys.id()),
      keyring(std::move(with_keyring)),
      lock(path),
      database(open(path, schema, school, tell)),
      log(database, keyring),
      judge(database, log, school, authority),
      rows(database, schema, log, judge),
      signer(log, site, identity.key),
      receipts(database, log, judge, site, identity.record.kind, identity.key),
      writer(schema, site, log, judge, rows, signer),
      capture(database, schema),
      exchange(database, log, judge, signer, receipts, schema.version) {
  // If anything throws, closing the database rolls back. The log isn't flushed: opening a file
  // writes no leaf.
  adopt(path, tell);
  database.execute("COMMIT");
}

std::string Replica::Impl::meta(const std::string& name) { return meta_of(database, name); }

void Replica::Impl::set_meta(const std::string& name, std::string_view value) {
  auto save = database.prepare("INSERT OR REPLACE INTO zimnik_meta VALUES (?, ?)");
  save.bind_text(1, name).bind_blob(2, value).run();
}

/// Makes the file this replica's, or sees that it is, and takes on a newer schema or other keys.
void Replica::Impl::adopt(const std::string& path, const MigrationTold& tell) {
  const auto version = schema_of(database);
  const auto had_keys = meta("keys");
  drop_forgotten_keys();  // an older copy of the keys may have been put back
  const auto keys = keyring.digest_of_all();
  const Verdict before = judge.verdict();
  // A site that another vouches for, or that nobody has enrolled yet, has no signed record.
  if (!identity.record.signature.is_zero()) judge.take(identity.record);
  if (version != 0 && version < schema.version) {
    migrate({version, schema.version, version_path(path, version), 0, log.last_arrival()}, tell);
  } else if (version != 0 && had_keys != keys.view()) {
    remake_tables();
  } else {
    reconsider(before, log.last_arrival());
  }
  set_meta("school", school.view());
  set_meta("schema", std::to_string(schema.version));
  set_meta("keys", keys.view());
  if (layout_of(database) != kLayout) {
    database.execute("PRAGMA user_version = " + std::to_string(kLayout));
  }
}

void Replica::Impl::migrate(Migration migration, const MigrationTold& tell) {
  set_meta("backup", std::filesystem::path(migration.backup).filename().string());
  if (tell) tell(migration);
  const auto step = std::max<std::uint64_t>(migration.leaves / kTellings, 1);
  remake_tables([&](Arrival arrival) {
    if (!tell || arrival % step != 0) return;
    migration.folded = arrival;
    tell(migration);
  });
}

}  // namespace zimnik::sync
