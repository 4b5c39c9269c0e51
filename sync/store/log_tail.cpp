// The open part of the log: its lines and the tail, between memory and the database.
#include <algorithm>
#include <numeric>

#include "sync/core/bytes.h"
#include "sync/core/limits.h"
#include "sync/store/log.h"

namespace zimnik::sync {
namespace {

constexpr std::size_t kStretchLeaves = 1024;
/// When the tail holds so many, its oldest kStretchLeaves are closed: what was just written stays
/// quick to read.
constexpr std::size_t kTailLeaves = 2 * kStretchLeaves;
/// The same where leaves are long: in memory they may take fifty times as much.
constexpr std::size_t kTailBytes = 4 * 1024 * 1024;
/// So many new leaves of one commit, and the tail before them, are closed without being saved leaf
/// by leaf first: that is a tenth of the bytes.
constexpr std::size_t kClosedAtOnce = 256;

std::string join(const std::vector<Hash>& hashes) {
  std::string bytes;
  for (const auto& hash : hashes) bytes += hash.view();
  return bytes;
}

std::vector<Hash> split(std::string_view bytes) {
  std::vector<Hash> hashes;
  for (; bytes.size() >= Hash::kSize; bytes.remove_prefix(Hash::kSize)) {
    hashes.push_back(Hash::from(bytes.substr(0, Hash::kSize)));
  }
  return hashes;
}

std::string write_right_nodes(const RightNodes& nodes) {
  std::string bytes;
  Writer writer(bytes);
  for (const auto& [range, hash] : nodes) {
    writer.varint(range.first);
    writer.varint(range.second);
    writer.fixed(hash);
  }
  return bytes;
}

RightNodes read_right_nodes(std::string_view bytes) {
  RightNodes nodes;
  Reader reader(bytes, "right nodes");
  while (!reader.done()) {
    const auto first = reader.varint("first");
    const auto second = reader.varint("second");
    nodes[{first, second}] = reader.fixed<Hash>("hash");
  }
  return nodes;
}

/// The arrival numbers of what a leaf's writes overwrite, in the order in which the leaf names it.
std::string over_arrivals(const StoredLeaf& leaf) {
  std::string bytes;
  Writer writer(bytes);
  if (leaf.transaction) {
    for_each_over(*leaf.transaction, [&](const Over& over) { writer.varint(over.at); });
  }
  return bytes;
}

}  // namespace

void Log::load_lines() {
  lines_.clear();
  by_log_.clear();
  auto query = database_.prepare(
      "SELECT line, site, stream, parent, fork, size, peaks, tip, head_size, head_root, head_time, "
      "head_signature, right_nodes FROM zimnik_line ORDER BY line");
  while (query.step()) {
    Line line;
    line.id = static_cast<LineId>(query.integer(0));
    line.log = {SiteId::from(query.blob(1)), static_cast<Stream>(query.integer(2))};
    line.parent = static_cast<LineId>(query.integer(3));
    line.fork = static_cast<std::uint64_t>(query.integer(4));
    line.tree = MerkleTree(static_cast<std::uint64_t>(query.integer(5)), split(query.blob(6)));
    line.tip = Hash::from(query.blob(7));
    if (!query.is_null(8)) {
      line.head =
          LogHead{line.log, static_cast<std::uint64_t>(query.integer(8)), Hash::from(query.blob(9)),
                  Time{query.integer(10)}, Signature::from(query.blob(11))};
    }
    line.right = read_right_nodes(query.blob(12));
    require_place(line);
    by_log_[line.log].push_back(line.id);
    lines_.push_back(std::move(line));
  }
  changed_lines_.assign(lines_.size(), false);
}

/// Throws std::runtime_error for a line that the lines before it can't have been followed by.
void Log::require_place(const Line& line) const {
  const auto refuse = [&](const std::string& why) {
    throw std::runtime_error("line " + std::to_string(line.id) + " of the log: " + why);
  };
  if (line.id != lines_.size() + 1) refuse("isn't the next");
  if (line.fork > line.size()) refuse("parts from its log behind its end");
  if (line.parent == 0) {
    if (line.fork != 0) refuse("parts from no line");
    return;
  }
  if (line.parent >= line.id) refuse("parts from a later line");
  if (this->line(line.parent).log != line.log) refuse("parts from another log");
}

/// Likewise; but a line is saved when it is closed or signed for, so how long it is only the tail
/// tells.
void Log::require_forks() const {
  for (const auto& line : lines_) {
    if (line.parent == 0 || line.fork <= this->line(line.parent).size()) continue;
    throw std::runtime_error("line " + std::to_string(line.id) +
                             " of the log: parts from leaves that its parent hasn't");
  }
}

void Log::save_line(const Line& line) {
  auto& save = database_.prepared(
      "INSERT OR REPLACE INTO zimnik_line VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  const std::string peaks = join(line.tree.peaks()), right = write_right_nodes(line.right);
  save.bind(1, std::int64_t{line.id}).bind_blob(2, line.log.site.view());
  save.bind(3, static_cast<std::int64_t>(line.log.stream)).bind(4, std::int64_t{line.parent});
  save.bind(5, static_cast<std::int64_t>(line.fork));
  save.bind(6, static_cast<std::int64_t>(line.size())).bind_blob(7, peaks);
  save.bind_blob(8, line.tip.view());
  for (int column = 9; column <= 12; ++column) save.bind_null(column);
  if (line.head) {
    save.bind(9, static_cast<std::int64_t>(line.head->size)).bind_blob(10, line.head->root.view());
    save.bind(11, line.head->time.ms).bind_blob(12, line.head->signature.view());
  }
  save.bind_blob(13, right).run();
}

void Log::load_tail() {
  tail_.clear();
  tail_bytes_ = 0;
  stretches_.clear();
  auto stretches =
      database_.prepare("SELECT arrival, length(hashes) / 32 FROM zimnik_stretch ORDER BY arrival");
  first_of_tail_ = 1;
  while (stretches.step()) {
    stretches_.push_back(static_cast<Arrival>(stretches.integer(0)));
    first_of_tail_ = stretches_.back() + static_cast<Arrival>(stretches.integer(1));
  }
  saved_.clear();
  auto query = database_.prepare("SELECT leaves FROM zimnik_tail ORDER BY arrival");
  while (query.step()) {
    const auto had = tail_.size();
    Reader reader(query.blob(0), "tail");
    while (!reader.done()) load_leaf(reader);
    saved_.push_back(tail_.size() - had);
  }
  resolve_overs(tail_);  // some may be readable now that weren't when they were saved
}

void Log::load_leaf(Reader& reader) {
  StoredLeaf leaf;
  leaf.hash = reader.fixed<Hash>("hash");
  leaf.bytes = reader.sized(limits::kLeafBytes, "leaf");
  Reader over(reader.sized(reader.left(), "over"), "over");
  leaf.transaction = read_leaf(leaf.bytes, keys_);
  std::string_view rest;
  leaf.seq = read_leaf_header(leaf.bytes, rest).place.seq;
  tail_.emplace_back();  // so that run lengths count it
  leaf.line = place_of(last_arrival()).first;
  auto& line = lines_.at(leaf.line - 1);
  if (leaf.seq == line.size() + 1) {
    keep_block(line, line.tree.append(leaf.hash));
    line.tip = leaf.hash;
  }
  if (leaf.transaction) {
    for_each_over(*leaf.transaction, [&](Over& it) {
      if (!over.done()) it.at = over.varint("arrival");
    });
    entries_.add(leaf.transaction->entry);
  }
  tail_bytes_ += leaf.bytes.size();
  tail_.back() = std::move(leaf);
}

std::size_t Log::saved_leaves() const {
  return std::accumulate(saved_.begin(), saved_.end(), std::size_t{0});
}

/// Writes what is new in the tail, as one row.
void Log::save_tail() {
  const auto saved = saved_leaves();
  if (saved == tail_.size()) return;
  std::string leaves;
  Writer writer(leaves);
  for (auto i = saved; i < tail_.size(); ++i) {
    writer.fixed(tail_[i].hash);
    writer.sized(tail_[i].bytes);
    writer.sized(over_arrivals(tail_[i]));
  }
  auto& add = database_.prepared("INSERT INTO zimnik_tail VALUES (?, ?)");
  add.bind(1, static_cast<std::int64_t>(first_of_tail_ + saved)).bind_blob(2, leaves).run();
  saved_.push_back(tail_.size() - saved);
}

/// At least kStretchLeaves of the tail's oldest: whole rows, as far as they are saved.
std::size_t Log::stretch_size() const {
  std::size_t count = 0;
  for (const auto saved : saved_) {
    count += saved;
    if (count >= kStretchLeaves) return count;
  }
  return kStretchLeaves;
}

void Log::flush() {
  if (tail_.size() - saved_leaves() >= kClosedAtOnce) {
    while (!tail_.empty()) close_stretch(std::min(tail_.size(), kStretchLeaves));
  }
  while (tail_.size() >= kTailLeaves || (tail_bytes_ > kTailBytes && tail_.size() > 1)) {
    close_stretch(std::min(stretch_size(), tail_.size()));
  }
  save_tail();
  auto& run = database_.prepared("INSERT INTO zimnik_run VALUES (?, ?, ?)");
  for (; saved_runs_ < runs_.size(); ++saved_runs_) {
    const auto& it = runs_[saved_runs_];
    run.bind(1, static_cast<std::int64_t>(it.arrival)).bind(2, std::int64_t{it.line});
    run.bind(3, static_cast<std::int64_t>(it.seq)).run();
  }
  for (std::size_t i = 0; i < lines_.size(); ++i) {
    if (changed_lines_[i]) save_line(lines_[i]);
    changed_lines_[i] = false;
  }
  flush_blocks();
}

void Log::resolve_again() {
  open_stretches_.clear();
  resolve_overs(tail_);
}

void Log::drop_from_tail(std::size_t count) {
  Stretch stretch;
  const auto end = tail_.begin() + static_cast<std::ptrdiff_t>(count);
  std::move(tail_.begin(), end, std::back_inserter(stretch.leaves));
  for (const auto& leaf : stretch.leaves) stretch.bytes += leaf.bytes.size();
  tail_.erase(tail_.begin(), end);
  tail_bytes_ -= stretch.bytes;
  open(first_of_tail_, std::move(stretch));
  first_of_tail_ += count;
  auto left = count;
  for (; !saved_.empty() && saved_.front() <= left; saved_.pop_front()) left -= saved_.front();
  if (saved_.empty() || left == 0) {
    auto& drop = database_.prepared("DELETE FROM zimnik_tail WHERE arrival < ?");
    drop.bind(1, static_cast<std::int64_t>(first_of_tail_)).run();
  } else {
    database_.execute("DELETE FROM zimnik_tail");  // a row was halved: what is left is saved anew
    saved_.clear();
  }
}

}  // namespace zimnik::sync
