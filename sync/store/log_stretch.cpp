// The closed part of the log: stretches, columnar and compressed.
#include <algorithm>
#include <cstring>
#include <stdexcept>

#include "sync/core/bytes.h"
#include "sync/core/limits.h"
#include "sync/store/log.h"

namespace zimnik::sync {
namespace {

/// A leaf of 32 KiB may be of many small values, which take fifty times as much in memory.
constexpr std::size_t kStretchBytes = 2 * 1024 * 1024;
constexpr std::size_t kStretchesInMemory = 8;
constexpr std::size_t kStretchBytesInMemory = 4 * 1024 * 1024;  ///< of leaves, one stretch aside
constexpr std::size_t kHashesInMemory = 64;

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

LeafView Log::view(const StoredLeaf& leaf, std::uint32_t line) const {
  LeafView view{line, 0, nullptr, {}};
  const auto header = read_leaf_header(leaf.bytes, view.raw);
  view.format = header.format;
  if (leaf.transaction && header.place.log.stream == Stream::shared &&
      std::holds_alternative<Edit>(leaf.transaction->body)) {
    view.edit = &*leaf.transaction;
  }
  return view;
}

void Log::teach(BatchTables& tables, LineId line, std::uint64_t size) {
  const auto from = size - std::min(size, limits::kHistoryLeaves);
  std::size_t bytes = 0;
  for (auto seq = size; seq > from; --seq) {
    const auto& it = leaf(arrival_of(line, seq));
    bytes += it.bytes.size();
    if (bytes > limits::kHistoryLeafBytes) break;
    const auto edit = view(it, 0);
    if (edit.edit != nullptr && edit.format == kHistoryFormat) tables.learn(*edit.edit);
  }
}

/// The batch of the tail's first leaves, and its table of lines.
std::pair<std::string, std::string> Log::pack_stretch(std::size_t count) const {
  StretchLines lines;
  std::vector<LeafView> leaves;
  std::size_t bytes = 0;
  for (std::size_t i = 0; i < count; ++i) {
    bytes += tail_[i].bytes.size();
    if (i > 0 && bytes > kStretchBytes) throw std::length_error("a stretch of too many bytes");
    leaves.push_back(view(tail_[i], lines.index(tail_[i].line, tail_[i].seq)));
  }
  const auto place = [&](const Over& over) -> std::optional<Place> {
    if (over.at == 0) return std::nullopt;
    const auto [line, seq] = place_of(over.at);
    return Place{lines.index(line, seq), seq};
  };
  // Lines that are only overwritten must be in the table before the batch is written.
  for (const auto& leaf : leaves) {
    if (leaf.edit != nullptr) for_each_over(*leaf.edit, [&](const Over& over) { place(over); });
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
  drop_from_tail(count);
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
  auto& query = database_.prepared("SELECT arrival FROM zimnik_sealed WHERE mark = ?");
  query.bind(1, mark_number(hash));
  while (query.step()) {
    const auto arrival = static_cast<Arrival>(query.integer(0));
    if (hash_of(arrival) != hash) continue;
    query.reset();
    return arrival;
  }
  return 0;
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
    stretch.bytes += stretch.leaves.back().bytes.size();
  }
  resolve_overs(stretch.leaves);
  return open(first, std::move(stretch));
}

const Log::Stretch& Log::open(Arrival first, Stretch stretch) {
  open_stretches_.emplace_front(first, std::move(stretch));
  std::size_t bytes = 0, kept = 0;
  for (const auto& [arrival, open] : open_stretches_) {
    bytes += open.bytes;
    if (kept > 0 && (kept == kStretchesInMemory || bytes > kStretchBytesInMemory)) break;
    ++kept;
  }
  while (open_stretches_.size() > kept) open_stretches_.pop_back();
  return open_stretches_.front().second;
}

const StoredLeaf& Log::leaf(Arrival arrival) {
  if (arrival >= first_of_tail_) return tail_.at(arrival - first_of_tail_);
  const auto first = stretch_of(arrival);
  const auto& leaves = stretch(first).leaves;
  if (arrival - first >= leaves.size())
    throw std::runtime_error("leaves that the log had are gone");
  return leaves[arrival - first];
}

}  // namespace zimnik::sync
