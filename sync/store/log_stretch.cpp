// The closed part of the log, and the way between memory and the database.
#include <algorithm>
#include <cstring>
#include <stdexcept>

#include "sync/core/bytes.h"
#include "sync/store/log.h"

namespace zimnik::sync {
namespace {

constexpr std::size_t kStretchLeaves = 1024;
/// When the tail holds so many, its oldest kStretchLeaves are closed: what was just written stays
/// quick to read.
constexpr std::size_t kTailLeaves = 2 * kStretchLeaves;
constexpr std::size_t kStretchesInMemory = 8;
constexpr std::size_t kHashesInMemory = 64;

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
  const auto* edit = leaf.transaction ? std::get_if<Edit>(&leaf.transaction->body) : nullptr;
  if (edit == nullptr) return bytes;
  Writer writer(bytes);
  for (const auto& row : edit->rows) {
    for (const auto& cell : row.cells) {
      for (const auto& over : cell.over) writer.varint(over.at);
    }
  }
  return bytes;
}

template <class Use>
void for_each_over(Transaction& transaction, Use use) {
  auto* edit = std::get_if<Edit>(&transaction.body);
  if (edit == nullptr) return;
  for (auto& row : edit->rows) {
    for (auto& cell : row.cells) {
      for (auto& over : cell.over) use(over);
    }
  }
}

std::int64_t mark_number(const Hash& hash) {
  std::int64_t number;
  std::memcpy(&number, hash.bytes.data(), sizeof number);
  return number;
}

/// The table of lines of a stretch, and where each line's leaves begin in it.
struct StretchLines {
  std::vector<LineId> ids;
  BatchContext context;

  std::uint32_t index(LineId id, std::uint64_t seq) {
    const auto found = std::find(ids.begin(), ids.end(), id);
    if (found != ids.end()) return static_cast<std::uint32_t>(found - ids.begin());
    ids.push_back(id);
    context.first.push_back(seq);
    context.lines = ids.size();
    return static_cast<std::uint32_t>(ids.size() - 1);
  }

  std::string save() const {
    std::string bytes;
    Writer writer(bytes);
    for (std::size_t i = 0; i < ids.size(); ++i) {
      writer.varint(ids[i]);
      writer.varint(context.first[i]);
    }
    return bytes;
  }
  static StretchLines load(std::string_view bytes) {
    StretchLines lines;
    Reader reader(bytes, "stretch");
    while (!reader.done()) {
      const auto id = static_cast<LineId>(reader.varint("line", UINT32_MAX));
      lines.index(id, reader.varint("seq"));
    }
    return lines;
  }
};

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
    by_log_[line.log].push_back(line.id);
    lines_.push_back(std::move(line));
  }
  changed_lines_.assign(lines_.size(), false);
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
  stretches_.clear();
  auto stretches =
      database_.prepare("SELECT arrival, length(hashes) / 32 FROM zimnik_stretch ORDER BY arrival");
  first_of_tail_ = 1;
  while (stretches.step()) {
    stretches_.push_back(static_cast<Arrival>(stretches.integer(0)));
    first_of_tail_ = stretches_.back() + static_cast<Arrival>(stretches.integer(1));
  }
  auto query = database_.prepare("SELECT hash, leaf, over FROM zimnik_tail ORDER BY arrival");
  while (query.step()) {
    StoredLeaf leaf;
    leaf.hash = Hash::from(query.blob(0));
    leaf.bytes = query.blob(1);
    leaf.transaction = read_leaf(leaf.bytes, keys_);
    std::string_view rest;
    const auto place = read_leaf_header(leaf.bytes, rest).place;
    leaf.seq = place.seq;
    tail_.emplace_back();  // so that run lengths count it
    leaf.line = place_of(last_arrival()).first;
    auto& line = lines_.at(leaf.line - 1);
    if (leaf.seq == line.size() + 1) {
      keep_block(line, line.tree.append(leaf.hash));
      line.tip = leaf.hash;
    }
    if (leaf.transaction) {
      Reader over(query.blob(2), "over");
      for_each_over(*leaf.transaction, [&](Over& it) {
        if (!over.done()) it.at = over.varint("arrival");
      });
      entries_.add(leaf.transaction->entry);
    }
    tail_.back() = std::move(leaf);
  }
  saved_tail_ = tail_.size();
}

void Log::flush() {
  while (tail_.size() >= kTailLeaves) close_stretch(kStretchLeaves);
  auto& add = database_.prepared("INSERT INTO zimnik_tail VALUES (?, ?, ?, ?)");
  for (; saved_tail_ < tail_.size(); ++saved_tail_) {
    const auto& leaf = tail_[saved_tail_];
    const std::string over = over_arrivals(leaf);
    add.bind(1, static_cast<std::int64_t>(first_of_tail_ + saved_tail_));
    add.bind_blob(2, leaf.hash.view()).bind_blob(3, leaf.bytes);
    over.empty() ? add.bind_null(4) : add.bind_blob(4, over);
    add.run();
  }
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

BatchLeaf Log::batch_leaf(const StoredLeaf& leaf, std::uint32_t line) const {
  BatchLeaf result;
  result.line = line;
  std::string_view rest;
  const auto header = read_leaf_header(leaf.bytes, rest);
  result.format = header.format;
  if (leaf.transaction && header.place.log.stream == Stream::shared &&
      std::holds_alternative<Edit>(leaf.transaction->body)) {
    result.edit = leaf.transaction;
  } else {
    result.raw = rest;
  }
  return result;
}

/// The batch of the tail's first leaves, and its table of lines.
std::pair<std::string, std::string> Log::pack_stretch(std::size_t count) const {
  StretchLines lines;
  std::vector<BatchLeaf> leaves;
  for (std::size_t i = 0; i < count; ++i) {
    leaves.push_back(batch_leaf(tail_[i], lines.index(tail_[i].line, tail_[i].seq)));
  }
  const auto place = [&](const Over& over) -> std::optional<Place> {
    if (over.at == 0) return std::nullopt;
    const auto [line, seq] = place_of(over.at);
    return Place{lines.index(line, seq), seq};
  };
  // Lines that are only overwritten must be in the table before the batch is written.
  for (auto& leaf : leaves) {
    if (leaf.edit) for_each_over(*leaf.edit, [&](Over& over) { place(over); });
  }
  auto batch = encode_batch(leaves, lines.context, place, nullptr, Effort::quick);
  return {lines.save(), std::move(batch)};
}

void Log::close_stretch(std::size_t count) try {
  const auto [lines, batch] = pack_stretch(count);
  std::string hashes;
  auto& sealed = database_.prepared("INSERT OR IGNORE INTO zimnik_sealed VALUES (?, ?)");
  for (std::size_t i = 0; i < count; ++i) {
    const auto& leaf = tail_[i];
    hashes += leaf.hash.view();
    changed_lines_[leaf.line - 1] = true;
    if (line(leaf.line).log.stream != Stream::school) continue;
    sealed.bind(1, mark_number(leaf.hash));
    sealed.bind(2, static_cast<std::int64_t>(first_of_tail_ + i)).run();
  }
  auto& save = database_.prepared("INSERT INTO zimnik_stretch VALUES (?, ?, ?, ?)");
  save.bind(1, static_cast<std::int64_t>(first_of_tail_)).bind_blob(2, lines);
  save.bind_blob(3, hashes).bind_blob(4, batch).run();
  stretches_.push_back(first_of_tail_);
  first_of_tail_ += count;
  auto& drop = database_.prepared("DELETE FROM zimnik_tail WHERE arrival < ?");
  if (saved_tail_ > 0) drop.bind(1, static_cast<std::int64_t>(first_of_tail_)).run();
  saved_tail_ -= std::min(saved_tail_, count);
  tail_.erase(tail_.begin(), tail_.begin() + static_cast<std::ptrdiff_t>(count));
  entries_.flush();
} catch (const std::length_error&) {
  close_stretch(count / 2);  // imports: more rows than a batch may have; one leaf always fits
}

Arrival Log::stretch_of(Arrival arrival) const {
  const auto after = std::upper_bound(stretches_.begin(), stretches_.end(), arrival);
  if (arrival == 0 || after == stretches_.begin()) {
    throw std::runtime_error("leaves that the log had are gone");
  }
  return *std::prev(after);
}

const std::string& Log::stretch_hashes(Arrival first) {
  for (auto it = open_hashes_.begin(); it != open_hashes_.end(); ++it) {
    if (it->first != first) continue;
    open_hashes_.splice(open_hashes_.begin(), open_hashes_, it);
    return it->second;
  }
  auto& query = database_.prepared("SELECT hashes FROM zimnik_stretch WHERE arrival = ?");
  if (!query.bind(1, static_cast<std::int64_t>(first)).step()) {
    throw std::runtime_error("the log's stretch " + std::to_string(first) + " is gone");
  }
  open_hashes_.emplace_front(first, query.blob(0));
  query.reset();
  if (open_hashes_.size() > kHashesInMemory) open_hashes_.pop_back();
  return open_hashes_.front().second;
}

Hash Log::hash_of(Arrival arrival) {
  if (arrival >= first_of_tail_) return tail_.at(arrival - first_of_tail_).hash;
  const auto first = stretch_of(arrival);
  const std::string_view hashes = stretch_hashes(first);
  const auto at = (arrival - first) * Hash::kSize;
  if (at + Hash::kSize > hashes.size())
    throw std::runtime_error("leaves that the log had are gone");
  return Hash::from(hashes.substr(at, Hash::kSize));
}

Arrival Log::find_sealed(const Hash& hash) {
  auto query = database_.prepare("SELECT arrival FROM zimnik_sealed WHERE mark = ?");
  query.bind(1, mark_number(hash));
  while (query.step()) {
    const auto arrival = static_cast<Arrival>(query.integer(0));
    if (hash_of(arrival) == hash) return arrival;
  }
  return 0;
}

void Log::resolve_over(Transaction& transaction, Stream stream) {
  for_each_over(transaction, [&](Over& over) {
    if (over.at == 0) over.at = find(over.leaf, stream);
  });
}

StoredLeaf Log::stored_leaf(BatchLeaf leaf, const LeafPlace& place, LineId line, const Hash& hash) {
  StoredLeaf result{line, place.seq, hash, {}, {}};
  if (leaf.edit) {
    result.bytes = encode_leaf(place, *leaf.edit, keys_);
    result.transaction = std::move(leaf.edit);
  } else {
    write_leaf_header(result.bytes, {leaf.format, place});
    result.bytes += leaf.raw;
    result.transaction = read_leaf(result.bytes, keys_);
    if (result.transaction) resolve_over(*result.transaction, place.log.stream);
  }
  return result;
}

const Log::Stretch& Log::stretch(Arrival first) {
  for (auto it = open_stretches_.begin(); it != open_stretches_.end(); ++it) {
    if (it->first != first) continue;
    open_stretches_.splice(open_stretches_.begin(), open_stretches_, it);
    return it->second;
  }
  auto& query = database_.prepared("SELECT lines, batch FROM zimnik_stretch WHERE arrival = ?");
  if (!query.bind(1, static_cast<std::int64_t>(first)).step()) {
    throw std::runtime_error("the log's stretch " + std::to_string(first) + " is gone");
  }
  const auto lines = StretchLines::load(query.blob(0));
  const std::string batch(query.blob(1));
  query.reset();
  BatchReader reader(batch, lines.context);
  Stretch stretch;
  const auto over_at = [&](const Place& place) {
    const auto arrival = arrival_of(lines.ids.at(place.line), place.seq);
    if (arrival == 0) throw Refused("stretch: overwrites a leaf that isn't held");
    return Over{hash_of(arrival), arrival};
  };
  for (std::size_t i = 0; i < reader.size(); ++i) {
    auto leaf = reader.next(over_at, keys_);
    const auto [id, seq] = place_of(first + i);
    const auto before = arrival_of(id, seq - 1);
    const LeafPlace place{line(id).log, seq, before == 0 ? Hash{} : hash_of(before)};
    stretch.leaves.push_back(stored_leaf(std::move(leaf), place, id, hash_of(first + i)));
  }
  open_stretches_.emplace_front(first, std::move(stretch));
  if (open_stretches_.size() > kStretchesInMemory) open_stretches_.pop_back();
  return open_stretches_.front().second;
}

const StoredLeaf& Log::leaf(Arrival arrival) {
  if (arrival >= first_of_tail_) return tail_.at(arrival - first_of_tail_);
  const auto first = stretch_of(arrival);
  return stretch(first).leaves.at(arrival - first);
}

}  // namespace zimnik::sync
