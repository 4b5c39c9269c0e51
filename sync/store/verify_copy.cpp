#include "sync/store/verify_copy.h"

#include <cstdlib>
#include <filesystem>
#include <stdexcept>

#include "sync/core/encoding.h"
#include "sync/store/audit.h"
#include "sync/store/file_shape.h"
#include "sync/store/peers.h"
#include "sync/store/row_table.h"
#include "sync/store/rows.h"

namespace zimnik::sync {
namespace {

namespace files = std::filesystem;

std::string meta(Database& database, const char* name) {
  auto query = database.prepare("SELECT value FROM zimnik_meta WHERE name = ?");
  return query.bind_text(1, name).step() ? std::string(query.blob(0)) : std::string();
}

constexpr std::uint64_t kLeastSteps = 500'000'000, kStepsOfByte = 200;

/// A copy of the file that has no name any more.
Database open_nameless(const std::string& path) {
  const ScratchCopy scratch(path);
  auto database = Database::open_plain(scratch.path());
  database.execute(
      "PRAGMA trusted_schema = OFF; PRAGMA temp_store = MEMORY; PRAGMA journal_mode = DELETE; "
      "PRAGMA journal_mode = MEMORY");
  database.limit_work(kLeastSteps + kStepsOfByte * files::file_size(scratch.path()));
  return database;
}

/// Of the engine's own that are read here.
Database engine_tables() {
  auto model = Database::open(":memory:");
  model.execute("CREATE TABLE zimnik_meta (name TEXT PRIMARY KEY, value BLOB) WITHOUT ROWID");
  Log::create_tables(model);
  Judge::create_tables(model);
  Receipts::create_tables(model);
  return model;
}

/// An empty file of the schema's tables, to fold into.
Database empty_tables(const Schema& schema) {
  auto beside = Database::open(":memory:");
  Log::create_tables(beside);
  Judge::create_tables(beside);
  for (const auto& table : schema.tables) beside.execute(RowTable::create_sql(table));
  Rows::create_tables(beside);
  return beside;
}

/// A copied file under check.
class Copy {
 public:
  Copy(Database database, const Schema& schema, const PublicKey& authority, const Keyring& keys)
      : schema_(schema), authority_(authority), keys_(keys), database_(std::move(database)) {
    auto engine = engine_tables();
    const auto misshapen = misshapen_tables(database_, engine);
    if (!misshapen.empty()) {
      throw std::runtime_error("isn't a replica's file: " + misshapen.front() +
                               " isn't the table of that name");
    }
    const auto school = meta(database_, "school");
    const auto version = from_decimal(meta(database_, "schema"));
    if (school.size() != SchoolId::kSize || !version) {
      throw std::runtime_error("isn't a replica's file");
    }
    report_.school = SchoolId::from(school);
    report_.schema = *version;
    // What an older version's file hasn't got yet.
    Log::create_tables(database_);
    Judge::create_tables(database_);
    Receipts::create_tables(database_);
  }

  CopyReport run() {
    try {
      check();
    } catch (const std::exception& error) {
      report_.findings.add(std::string("the log can't be folded: ") + error.what());
    }
    return std::move(report_);
  }

 private:
  void check() {
    Log log(database_, keys_);
    report_.leaves = log.last_arrival();
    // Nothing is taken from the file's word but the leaves and the records.
    auto beside = empty_tables(schema_);
    Judge judge(beside, log, report_.school, authority_);
    take_sites(judge);
    Audit audit(log, judge, report_.findings);
    report_.unreadable = audit.check_leaves();
    const bool reads = report_.findings.empty();
    if (reads) {
      log.for_each(1, log.last_arrival(),
                   [&](Arrival arrival, const StoredLeaf& leaf) { judge.take(arrival, leaf); });
    }
    report_.uncovered = audit.check_heads({});
    for (const auto& line : log.lines()) report_.heads += line.head ? 1 : 0;
    // Read here by nobody who could issue any.
    const SiteId nobody;
    const auto kind = SiteKind::laptop;
    const auto key = SigningKey::generate();
    Receipts receipts(database_, log, judge, nobody, kind, key);
    report_.receipts = audit.check_receipts(receipts);
    audit.check_blocks();
    if (reads && report_.schema == schema_.version) compare(log, judge, beside);
  }

  void take_sites(Judge& judge) {
    auto query = database_.prepare("SELECT record, site FROM zimnik_site");
    while (query.step()) try {
        Reader reader(query.blob(0), "site record");
        const auto record = read_site_record(reader);
        judge.take(record);
        if (query.blob(1) != record.keys.id().view()) {
          throw Refused("the record of site " + record.keys.id().hex() +
                        " is under another's name");
        }
        ++report_.sites;
      } catch (const Refused& error) {
        report_.findings.add(error.what());
      }
  }

  void compare(Log& log, const Judge& judge, Database& beside) {
    const auto misshapen = misshapen_tables(database_, beside);
    for (const auto& name : misshapen) {
      report_.findings.add("table " + name + ": isn't the table of that name");
    }
    if (!misshapen.empty()) return;
    Rows folded(beside, schema_, log, judge);
    log.for_each(1, log.last_arrival(),
                 [&](Arrival arrival, const StoredLeaf& leaf) { folded.take(arrival, leaf); });
    folded.finish();
    report_.compared = true;
    report_.all_compared = meta(database_, "keys") == keys_.digest_of_all().view();
    compare_tables(schema_, database_, beside,
                   report_.all_compared ? Compared::all : Compared::readable, report_.findings);
  }

  const Schema& schema_;
  const PublicKey authority_;
  const Keyring& keys_;
  Database database_;
  CopyReport report_;
};

}  // namespace

SignalsHeld::SignalsHeld() {
  sigset_t held;
  sigemptyset(&held);
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) sigaddset(&held, signal);
  pthread_sigmask(SIG_BLOCK, &held, &before_);
}

SignalsHeld::~SignalsHeld() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }

ScratchCopy::ScratchCopy(const std::string& path) {
  folder_ = (files::temp_directory_path() / "zimnik-XXXXXX").string();
  if (::mkdtemp(folder_.data()) == nullptr) {
    throw std::runtime_error(folder_ + ": can't be made");
  }
  path_ = folder_ + "/copy.db";
  try {
    files::copy_file(path, path_);
    if (files::exists(path + "-wal")) files::copy_file(path + "-wal", path_ + "-wal");
    for (const auto& entry : files::directory_iterator(folder_)) {
      files::permissions(entry, files::perms::owner_read | files::perms::owner_write);
    }
  } catch (...) {
    files::remove_all(folder_);
    throw;
  }
}

ScratchCopy::~ScratchCopy() {
  std::error_code ignored;
  files::remove_all(folder_, ignored);
}

CopyReport verify_copy(const std::string& path, const Schema& schema, const PublicKey& authority,
                       const Keyring& keys) {
  try {
    return Copy(open_nameless(path), schema, authority, keys).run();
  } catch (const std::exception& error) {
    throw std::runtime_error(path + ": " + error.what());
  }
}

}  // namespace zimnik::sync
