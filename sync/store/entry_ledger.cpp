#include "sync/store/entry_ledger.h"

#include <algorithm>

#include "sync/core/bytes.h"

namespace zimnik::sync {
namespace {

constexpr std::size_t kPagesInMemory = 16 * 1024;

}  // namespace

void EntryLedger::create_tables(Database& database) {
  database.execute(
      "CREATE TABLE IF NOT EXISTS zimnik_page (page INTEGER PRIMARY KEY, counters BLOB NOT NULL)");
}

EntryLedger::Page& EntryLedger::page(std::uint64_t id) {
  const auto [it, is_new] = pages_.try_emplace(id);
  if (!is_new) return it->second;
  auto& query = database_.prepared("SELECT counters FROM zimnik_page WHERE page = ?");
  if (query.bind(1, static_cast<std::int64_t>(id)).step()) {
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
  const auto& counters = page(entry.page).counters;
  return std::any_of(counters.begin(), counters.end(), [&](const Range& range) {
    return range.first <= entry.counter && entry.counter <= range.second;
  });
}

void EntryLedger::add(const EntryId& entry) {
  auto& [counters, changed] = page(entry.page);
  auto next = std::find_if(counters.begin(), counters.end(),
                           [&](const Range& range) { return range.second >= entry.counter; });
  if (next != counters.end() && next->first <= entry.counter) return;
  if (!changed) changed_.push_back(entry.page);
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
  pages_.clear();
  changed_.clear();
}

void EntryLedger::flush() {
  auto& save = database_.prepared("INSERT OR REPLACE INTO zimnik_page VALUES (?, ?)");
  for (const auto id : changed_) {
    auto& page = pages_.at(id);
    std::string bytes;
    Writer writer(bytes);
    for (const auto& range : page.counters) {
      writer.varint(range.first);
      writer.varint(range.second);
    }
    save.bind(1, static_cast<std::int64_t>(id)).bind_blob(2, bytes).run();
    page.changed = false;
  }
  changed_.clear();
  if (pages_.size() > kPagesInMemory) pages_.clear();
}

}  // namespace zimnik::sync
