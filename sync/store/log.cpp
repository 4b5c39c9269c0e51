#include "sync/store/log.h"

#include <algorithm>
#include <stdexcept>

#include "sync/core/bytes.h"

namespace zimnik::sync {

std::string name_of(const LogId& log) {
  return "log " + log.site.hex() + (log.stream == Stream::shared ? "/shared" : "/school");
}

const Line& Log::line(LineId id) const {
  if (id == 0 || id > lines_.size()) {
    throw std::runtime_error("the log has no line " + std::to_string(id));
  }
  return lines_[id - 1];
}

void Log::create_tables(Database& database) {
  database.execute(R"(
    CREATE TABLE IF NOT EXISTS zimnik_line (
      line INTEGER PRIMARY KEY, site BLOB NOT NULL, stream INTEGER NOT NULL,
      parent INTEGER NOT NULL, fork INTEGER NOT NULL,
      size INTEGER NOT NULL, peaks BLOB NOT NULL, tip BLOB NOT NULL,
      head_size INTEGER, head_root BLOB, head_time INTEGER, head_signature BLOB,
      right_nodes BLOB NOT NULL);
    CREATE TABLE IF NOT EXISTS zimnik_block (
      line INTEGER NOT NULL, block INTEGER NOT NULL, hash BLOB NOT NULL,
      PRIMARY KEY (line, block)) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS zimnik_run (
      arrival INTEGER PRIMARY KEY, line INTEGER NOT NULL, seq INTEGER NOT NULL);
    CREATE TABLE IF NOT EXISTS zimnik_tail (
      arrival INTEGER PRIMARY KEY, leaves BLOB NOT NULL);
    CREATE TABLE IF NOT EXISTS zimnik_stretch (
      arrival INTEGER PRIMARY KEY, lines BLOB NOT NULL, hashes BLOB NOT NULL, batch BLOB NOT NULL);
    CREATE TABLE IF NOT EXISTS zimnik_sealed (
      mark INTEGER NOT NULL, arrival INTEGER NOT NULL, PRIMARY KEY (mark, arrival)) WITHOUT ROWID)");
  EntryLedger::create_tables(database);
}

Log::Log(Database& database, const Keyring& keys)
    : database_(database), keys_(keys), entries_(database) {
  reload();
}

void Log::drop_caches() {
  open_stretches_.clear();
  open_hashes_.clear();
}

void Log::reload() {
  drop_caches();
  entries_.clear();
  load_lines();
  load_blocks();
  load_runs();
  load_tail();
  require_forks();
}

void Log::load_runs() {
  runs_.clear();
  runs_of_line_.assign(lines_.size(), {});
  auto query = database_.prepare("SELECT arrival, line, seq FROM zimnik_run ORDER BY arrival");
  while (query.step()) {
    add_run(static_cast<Arrival>(query.integer(0)), static_cast<LineId>(query.integer(1)),
            static_cast<std::uint64_t>(query.integer(2)));
  }
  saved_runs_ = runs_.size();
}

void Log::add_run(Arrival arrival, LineId line, std::uint64_t seq) {
  runs_of_line_[this->line(line).id - 1].push_back(runs_.size());
  runs_.push_back({arrival, line, seq});
}

LineId Log::add_line(const LogId& log, LineId parent, std::uint64_t fork) {
  Line line;
  line.id = static_cast<LineId>(lines_.size() + 1);
  line.log = log;
  line.parent = parent;
  line.fork = fork;
  if (parent != 0) {
    line.tree = tree_of(parent, fork);
    if (fork > 0) line.tip = hash_of(arrival_of(parent, fork));
  }
  by_log_[log].push_back(line.id);
  lines_.push_back(std::move(line));
  changed_lines_.push_back(true);
  runs_of_line_.emplace_back();
  return lines_.back().id;
}

void Log::set_head(LineId id, LogHead head, RightNodes right) {
  auto& line = lines_.at(id - 1);
  line.head = std::move(head);
  line.right = std::move(right);
  changed_lines_[id - 1] = true;
}

Arrival Log::append(NewLeaf leaf) {
  auto& line = lines_.at(leaf.line - 1);
  const Arrival arrival = last_arrival() + 1;
  const auto seq = line.size() + 1;
  if (runs_.empty() || runs_.back().line != line.id) add_run(arrival, line.id, seq);
  keep_block(line, line.tree.append(leaf.hash));
  line.tip = leaf.hash;
  if (leaf.transaction) entries_.add(leaf.transaction->entry);
  tail_bytes_ += leaf.bytes.size();
  tail_.push_back({leaf.line, seq, leaf.hash, std::move(leaf.bytes), std::move(leaf.transaction)});
  return arrival;
}

std::vector<LineId> Log::lines_of(const LogId& log) const {
  const auto found = by_log_.find(log);
  return found == by_log_.end() ? std::vector<LineId>{} : found->second;
}

Frontier Log::frontier() const {
  Frontier frontier;
  for (const auto& line : lines_) {
    if (line.size() > line.fork) frontier.push_back({line.log, line.size(), line.tip});
  }
  // A branch that grew only after another parted from it at its tip is one with that other.
  std::sort(frontier.begin(), frontier.end());
  return frontier;
}

void Log::spread(std::vector<std::uint64_t>& held) const {
  // A parent has the smaller number.
  for (auto line = lines_.rbegin(); line != lines_.rend(); ++line) {
    if (line->parent == 0) continue;
    auto& of_parent = held[line->parent - 1];
    of_parent = std::max(of_parent, std::min(held[line->id - 1], line->fork));
  }
  for (const auto& line : lines_) {
    if (line.parent == 0) continue;
    auto& of_line = held[line.id - 1];
    of_line = std::max(of_line, std::min(held[line.parent - 1], line.fork));
  }
}

Arrival Log::run_end(std::size_t run) const {
  return run + 1 < runs_.size() ? runs_[run + 1].arrival : last_arrival() + 1;
}

const Log::Run& Log::run_of(Arrival arrival) const {
  const auto after =
      std::upper_bound(runs_.begin(), runs_.end(), arrival,
                       [](Arrival value, const Run& run) { return value < run.arrival; });
  if (after == runs_.begin() || arrival > last_arrival()) {
    throw std::logic_error("no leaf has arrival number " + std::to_string(arrival));
  }
  return *std::prev(after);
}

std::pair<LineId, std::uint64_t> Log::place_of(Arrival arrival) const {
  const auto& run = run_of(arrival);
  return {run.line, run.seq + (arrival - run.arrival)};
}

Arrival Log::arrival_of(LineId id, std::uint64_t seq) const {
  if (seq == 0 || id == 0) return 0;
  while (seq <= line(id).fork) {
    id = line(id).parent;
    if (id == 0) return 0;
  }
  if (seq > line(id).size()) return 0;
  const auto& runs = runs_of_line_[id - 1];
  const auto after = std::upper_bound(
      runs.begin(), runs.end(), seq,
      [&](std::uint64_t value, std::size_t run) { return value < runs_[run].seq; });
  if (after == runs.begin()) return 0;
  const std::size_t run = *std::prev(after);
  const Arrival arrival = runs_[run].arrival + (seq - runs_[run].seq);
  return arrival < run_end(run) ? arrival : 0;
}

Arrival Log::find(const LogId& log, std::uint64_t seq, const std::function<bool(const Hash&)>& is) {
  for (const auto id : lines_of(log)) {
    if (seq <= line(id).fork) continue;
    const Arrival arrival = arrival_of(id, seq);
    if (arrival != 0 && is(hash_of(arrival))) return arrival;
  }
  return 0;
}

void Log::find_names(std::map<Hash, Arrival>& names, Stream stream) {
  if (names.empty()) return;
  const auto take = [&](const Hash& hash, Arrival arrival) {
    const auto found = names.find(hash);
    if (found == names.end()) return;
    if (line(place_of(arrival).first).log.stream == stream) found->second = arrival;
  };
  for (std::size_t i = 0; i < tail_.size(); ++i) take(tail_[i].hash, first_of_tail_ + i);
  if (stream == Stream::school) {
    for (auto& [hash, arrival] : names) {
      if (arrival == 0) arrival = find_sealed(hash);
    }
    return;
  }
  for (const auto first : stretches_) {
    const std::string_view hashes = stretch_hashes(first);
    for (std::size_t at = 0; at < hashes.size(); at += Hash::kSize) {
      take(Hash::from(hashes.substr(at, Hash::kSize)), first + at / Hash::kSize);
    }
  }
}

void Log::for_each(Arrival from, Arrival to,
                   const std::function<void(Arrival, const StoredLeaf&)>& use) {
  for (Arrival arrival = from; arrival <= to; ++arrival) {
    const StoredLeaf copy = leaf(arrival);  // whoever uses it may read others
    use(arrival, copy);
  }
}

}  // namespace zimnik::sync
