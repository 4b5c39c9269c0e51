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
  had_keys_.reset();
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
    if (had_keys_) keyring = *had_keys_;
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
    doubt_by(outcome.taken.arrivals);
    // First what the acts say, then what they say it of.
    for (const auto arrival : outcome.taken.arrivals) judge.take(arrival, log.leaf(arrival));
    reconsider(before, last);
    for (const auto arrival : outcome.taken.arrivals) {
      rows.take(arrival, log.leaf(arrival));
      note_unopened(log.leaf(arrival));
      note_unfolded(log.leaf(arrival));
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
    received.lacked = hole.site();
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
  drop_forgotten_keys();
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

void Replica::Impl::rebuild(const std::function<void(Arrival)>& folded) {
  rows.clear();
  judge.clear();
  log.for_each(1, log.last_arrival(),
               [&](Arrival arrival, const StoredLeaf& leaf) { judge.take(arrival, leaf); });
  drop_forgotten_keys();
  database.execute("DELETE FROM zimnik_unopened; DELETE FROM zimnik_unfolded");
  log.for_each(1, log.last_arrival(), [&](Arrival arrival, const StoredLeaf& leaf) {
    rows.take(arrival, leaf);
    note_unopened(leaf);
    note_unfolded(leaf);
    if (folded) folded(arrival);
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
