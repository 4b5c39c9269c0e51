#include "sync/store/replica_impl.h"

#include <algorithm>
#include <set>
#include <stdexcept>

#include "sync/core/limits.h"

namespace zimnik::sync {

namespace {

/// Times are others' numbers: their difference may not be one.
bool is_well_after(Time left, Time right) {
  return left.ms >= INT64_MIN + limits::kClockToleranceMs &&
         left.ms - limits::kClockToleranceMs > right.ms;
}

bool holds_personal(const RowWrite& row) {
  for (const auto& cell : row.cells) {
    for (const auto& value : cell.values) {
      if (std::holds_alternative<Cipher>(value)) return true;
    }
  }
  return false;
}

}  // namespace

Database Replica::Impl::prepare(const std::string& path, const Schema& schema) {
  check(schema);
  auto database = Database::open(path);
  database.execute("BEGIN IMMEDIATE");
  database.execute(R"(
    CREATE TABLE IF NOT EXISTS zimnik_meta (name TEXT PRIMARY KEY, value BLOB NOT NULL)
      WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS zimnik_flag (
      arrival INTEGER NOT NULL, reason INTEGER NOT NULL, PRIMARY KEY (arrival, reason))
      WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS zimnik_missing (name BLOB PRIMARY KEY) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS zimnik_unopened (key BLOB PRIMARY KEY) WITHOUT ROWID)");
  Log::create_tables(database);
  Judge::create_tables(database);
  Peers::create_tables(database);
  Receipts::create_tables(database);
  for (const auto& table : schema.tables) database.execute(RowTable::create_sql(table));
  Rows::create_tables(database);
  database.execute("COMMIT");
  return database;
}

Replica::Impl::Impl(const std::string& path, Schema with_schema, SchoolId with_school,
                    PublicKey with_authority, Identity with_identity, Keyring with_keyring)
    : schema(std::move(with_schema)),
      school(with_school),
      authority(with_authority),
      identity(std::move(with_identity)),
      site(identity.record.keys.id()),
      keyring(std::move(with_keyring)),
      lock(path),
      database(prepare(path, schema)),
      log(database, keyring),
      judge(database, log, school, authority),
      rows(database, schema, log, judge),
      signer(log, site, identity.key),
      receipts(database, log, judge, site, identity.record.kind, identity.key),
      writer(schema, site, log, judge, rows, signer),
      capture(database, schema),
      exchange(database, log, judge, signer, receipts, schema.version) {
  transact([&] { adopt(); });
}

std::string Replica::Impl::meta(const std::string& name) {
  auto query = database.prepare("SELECT value FROM zimnik_meta WHERE name = ?");
  return query.bind_text(1, name).step() ? std::string(query.blob(0)) : std::string();
}

void Replica::Impl::set_meta(const std::string& name, std::string_view value) {
  auto save = database.prepare("INSERT OR REPLACE INTO zimnik_meta VALUES (?, ?)");
  save.bind_text(1, name).bind_blob(2, value).run();
}

/// Makes the file this replica's, or sees that it is, and takes on a newer schema or other keys.
void Replica::Impl::adopt() {
  const auto had_school = meta("school"), had_version = meta("schema"), had_keys = meta("keys");
  const auto version = std::to_string(schema.version);
  if (!had_school.empty() && had_school != school.view()) {
    throw std::runtime_error("the database is another school's");
  }
  if (!had_version.empty() && std::stoul(had_version) > schema.version) {
    throw std::runtime_error("the database has schema " + had_version + ", this program knows " +
                             version);
  }
  const auto keys = keyring.digest_of_all();
  const Verdict before = judge.verdict();
  // A site that another vouches for, or that nobody has enrolled yet, has no signed record.
  if (!identity.record.signature.is_zero()) judge.take(identity.record);
  if (had_version.empty() || (had_version == version && had_keys == keys.view())) {
    reconsider(before, log.last_arrival());
  } else {
    remake_tables();
  }
  set_meta("school", school.view());
  set_meta("schema", version);
  set_meta("keys", keys.view());
}

void Replica::Impl::transact(const std::function<void()>& work) {
  if (is_transacting_) {
    try {
      return work();
    } catch (...) {
      is_doomed_ = true;  // whoever catches it can't have the rest committed
      throw;
    }
  }
  is_transacting_ = true;
  is_doomed_ = false;
  try {
    database.prepared("BEGIN IMMEDIATE").run();
    work();
    if (is_doomed_) throw std::logic_error("a write of this batch failed: none is written");
    log.flush();
    database.prepared("COMMIT").run();
    is_transacting_ = false;
  } catch (...) {
    is_transacting_ = false;
    capture.abandon();
    // SQLite may have rolled back by itself: a full disk, say.
    if (!database.is_autocommit()) database.execute("ROLLBACK");
    log.reload();
    judge.reload();
    rows.reload();
    exchange.reload();
    throw;
  }
}

Saved Replica::Impl::write(const Entry& entry, const std::function<void(Command&)>& command) {
  if (entry.id.page != 0 && log.holds(entry.id)) return Saved::held;
  std::size_t cells = 0;
  transact([&] {
    Command run(database, schema, rows, capture);
    capture.begin();
    command(run);
    cells = writer.write(entry, capture.end());
  });
  return cells == 0 ? Saved::nothing : Saved::written;
}

Saved Replica::Impl::append(const Entry& entry, decltype(Transaction::body) body) {
  if (entry.id.page != 0 && log.holds(entry.id)) return Saved::held;
  transact([&] {
    const Verdict before = judge.verdict();
    const Arrival arrival = writer.append(entry, std::move(body));
    judge.take(arrival, log.leaf(arrival));
    reconsider(before, arrival);
  });
  return Saved::written;
}

Received Replica::Impl::receive(const SiteId& peer, std::string_view bytes, Time now) {
  const Message message = decode_message(bytes);
  Exchange::Outcome outcome;
  const auto take = [&] {
    const Verdict before = judge.verdict();
    const Arrival last = log.last_arrival();
    outcome = exchange.receive(peer, message, now);
    // First what the acts say, then what they say it of.
    for (const auto arrival : outcome.taken.arrivals) judge.take(arrival, log.leaf(arrival));
    reconsider(before, last);
    for (const auto arrival : outcome.taken.arrivals) {
      rows.take(arrival, log.leaf(arrival));
      note_unopened(log.leaf(arrival));
      flag_clock(arrival, now);
    }
    rows.finish();
    flag_odd_overs();
    if (was_missing(outcome.taken.arrivals)) {
      log.resolve_again();
      rebuild();
    }
    exchange.settle(peer, message, outcome);
  };
  Received received;
  try {
    transact(take);
  } catch (const Hole& hole) {
    received.hole = true;
    received.reason = hole.what();
    transact([&] { exchange.lose_ground(peer); });
    return received;
  }
  received.leaves = outcome.taken.arrivals.size();
  received.waiting = outcome.taken.waiting;
  received.in_step = outcome.in_step;
  received.more = outcome.more;
  received.forked = outcome.taken.forked;
  return received;
}

void Replica::Impl::reconsider(const Verdict& before, Arrival last) {
  const auto& after = judge.verdict();
  if (before == after) return;
  std::set<std::pair<std::uint32_t, Key>> touched;
  log.for_each(1, last, [&](Arrival, const StoredLeaf& leaf) {
    const auto* edit = edit_of(leaf);
    if (edit == nullptr) return;
    const auto& place = log.line(leaf.line).log;
    const auto& transaction = *leaf.transaction;
    const auto is_void = [&](const Verdict& verdict) {
      return verdict.voids_edit(place, leaf.seq, transaction.origin.author, transaction.time);
    };
    const bool changes = is_void(before) != is_void(after);
    for (const auto& row : edit->rows) {
      if (changes || (after.forgets_any() && holds_personal(row))) {
        touched.emplace(row.table, row.key);
      }
    }
  });
  for (const auto& [id, key] : touched) {
    const auto* table = schema.find(id);
    if (table != nullptr && table->fits_key(key_values(key))) rows.refold(*table, key);
  }
}

void Replica::Impl::rebuild() {
  rows.clear();
  judge.clear();
  log.for_each(1, log.last_arrival(),
               [&](Arrival arrival, const StoredLeaf& leaf) { judge.take(arrival, leaf); });
  database.execute("DELETE FROM zimnik_unopened");
  log.for_each(1, log.last_arrival(), [&](Arrival arrival, const StoredLeaf& leaf) {
    rows.take(arrival, leaf);
    note_unopened(leaf);
  });
  rows.finish();
  flag_odd_overs();
  note_missing();
}

void Replica::Impl::note_missing() {
  database.execute("DELETE FROM zimnik_missing");
  auto& add = database.prepared("INSERT OR IGNORE INTO zimnik_missing VALUES (?)");
  log.for_each(1, log.last_arrival(), [&](Arrival, const StoredLeaf& leaf) {
    if (!leaf.transaction) return;
    for_each_over(*leaf.transaction, [&](const Over& over) {
      if (over.at == 0) add.bind_blob(1, over.leaf.view()).run();
    });
  });
}

bool Replica::Impl::was_missing(const std::vector<Arrival>& arrivals) {
  auto& any = database.prepared("SELECT 1 FROM zimnik_missing LIMIT 1");
  if (!any.step()) return false;
  any.reset();
  auto& find = database.prepared("SELECT 1 FROM zimnik_missing WHERE name = ?");
  return std::any_of(arrivals.begin(), arrivals.end(), [&](Arrival arrival) {
    const Hash name = log.hash_of(arrival);
    const bool found = find.bind_blob(1, name.view()).step();
    find.reset();
    return found;
  });
}

void Replica::Impl::flag(Arrival arrival, Flag::Reason reason) {
  database.prepared("INSERT OR IGNORE INTO zimnik_flag VALUES (?, ?)")
      .bind(1, static_cast<std::int64_t>(arrival))
      .bind(2, static_cast<std::int64_t>(reason))
      .run();
}

void Replica::Impl::flag_odd_overs() {
  for (const auto arrival : rows.take_odd_overs()) flag(arrival, Flag::Reason::over);
}

/// A time counts all the same, whatever it is; people should know.
void Replica::Impl::flag_clock(Arrival arrival, Time now) {
  const auto& leaf = log.leaf(arrival);
  if (!leaf.transaction) return;
  const auto time = leaf.transaction->time;
  bool odd = is_well_after(time, now);
  if (const Arrival before = log.arrival_of(leaf.line, leaf.seq - 1)) {
    const auto& previous = log.leaf(before);
    odd = odd || (previous.transaction && is_well_after(previous.transaction->time, time));
  }
  if (odd) flag(arrival, Flag::Reason::clock);
}

}  // namespace zimnik::sync
