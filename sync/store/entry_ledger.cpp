#include "sync/store/entry_ledger.h"

#include <algorithm>

#include "sync/core/bytes.h"

namespace zimnik::sync {
namespace {

constexpr std::size_t kBlocksInMemory = 16 * 1024;
/// Counters of a block. Persisted: do not change.
constexpr std::uint32_t kBlockCounters = 1024;

}  // namespace

void EntryLedger::create_tables(Database& database) {
  database.execute(
      "CREATE TABLE IF NOT EXISTS zimnik_entry (page INTEGER NOT NULL, block INTEGER NOT NULL, "
      "counters BLOB NOT NULL, PRIMARY KEY (page, block)) WITHOUT ROWID");
}

EntryLedger::BlockId EntryLedger::block_of(const EntryId& entry) {
  return {entry.page, entry.counter / kBlockCounters};
}

EntryLedger::Block& EntryLedger::block(const BlockId& id) {
  const auto [it, is_new] = blocks_.try_emplace(id);
  if (!is_new) return it->second;
  auto& query =
      database_.prepared("SELECT counters FROM zimnik_entry WHERE page = ? AND block = ?");
  query.bind(1, static_cast<std::int64_t>(id.first)).bind(2, std::int64_t{id.second});
  if (query.step()) {
    Reader reader(query.blob(0), "page");
    while (!reader.done()) {
      const auto first = static_cast<std::uint32_t>(reader.varint("first", UINT32_MAX));
      const auto last = static_cast<std::uint32_t>(reader.varint("last", UINT32_MAX));
      it->second.counters.emplace_back(first, last);
    }
    query.reset();
  }
  return it->second;
}

bool EntryLedger::holds(const EntryId& entry) {
  const auto& counters = block(block_of(entry)).counters;
  return std::any_of(counters.begin(), counters.end(), [&](const Range& range) {
    return range.first <= entry.counter && entry.counter <= range.second;
  });
}

void EntryLedger::add(const EntryId& entry) {
  const auto id = block_of(entry);
  auto& [counters, changed] = block(id);
  auto next = std::find_if(counters.begin(), counters.end(),
                           [&](const Range& range) { return range.second >= entry.counter; });
  if (next != counters.end() && next->first <= entry.counter) return;
  if (!changed) changed_.push_back(id);
  changed = true;
  const bool after = next != counters.begin() && std::prev(next)->second + 1 == entry.counter;
  const bool before = next != counters.end() && entry.counter + 1 == next->first;
  if (after && before) {
    std::prev(next)->second = next->second;
    counters.erase(next);
  } else if (after) {
    std::prev(next)->second = entry.counter;
  } else if (before) {
    next->first = entry.counter;
  } else {
    counters.insert(next, {entry.counter, entry.counter});
  }
}

void EntryLedger::clear() {
  blocks_.clear();
  changed_.clear();
}

void EntryLedger::flush() {
  auto& save = database_.prepared("INSERT OR REPLACE INTO zimnik_entry VALUES (?, ?, ?)");
  for (const auto& id : changed_) {
    auto& block = blocks_.at(id);
    std::string bytes;
    Writer writer(bytes);
    for (const auto& range : block.counters) {
      writer.varint(range.first);
      writer.varint(range.second);
    }
    save.bind(1, static_cast<std::int64_t>(id.first)).bind(2, std::int64_t{id.second});
    save.bind_blob(3, bytes).run();
    block.changed = false;
  }
  changed_.clear();
  if (blocks_.size() > kBlocksInMemory) blocks_.clear();
}

}  // namespace zimnik::sync
