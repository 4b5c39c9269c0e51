#include "hub/seen_store.h"

#include <utility>

#include "hub/query.h"
#include "sync/core/compression.h"

namespace zimnik::hub {
namespace {

using sync::Blob;
using sync::Database;
using sync::Statement;

constexpr std::size_t kMostBytes = std::size_t{1} << 20;  // of one visit's values, as text

/// Lines «place value»; neither has a line's end, places have no blank.
sync::Value blob_of(const std::optional<Seen>& seen) {
  if (!seen) return sync::Null{};
  std::string text;
  for (const auto& [place, value] : seen->values) text += place + " " + value + "\n";
  return Blob{sync::compress(text, sync::kQuickLevel)};
}

SeenValues values_in(std::string_view blob) {
  SeenValues values;
  const auto text = sync::decompress(blob, kMostBytes);
  for (std::size_t at = 0; at < text.size();) {
    const auto end = text.find('\n', at), blank = text.find(' ', at);
    if (end == std::string::npos || blank > end) break;
    values.emplace(text.substr(at, blank - at), text.substr(blank + 1, end - blank - 1));
    at = end + 1;
  }
  return values;
}

std::optional<Seen> seen_at(const Statement& row, int column) {
  if (row.is_null(column)) return std::nullopt;
  return Seen{values_in(row.blob(column)), sync::Time{row.integer(column + 1)}};
}

sync::Value time_of(const std::optional<Seen>& seen) {
  if (!seen) return sync::Null{};
  return seen->at.ms;
}

}  // namespace

SeenStore::Visits SeenStore::visits_of(const SeenKey& key) {
  return database_.run([&](Database& database) {
    Visits visits;
    journal::each_row(database,
                      "SELECT before, before_at, last, last_at FROM seen WHERE account = ? AND "
                      "school = ? AND pupil = ?",
                      {key.account, blob_value(key.school), key.pupil}, [&](const Statement& row) {
                        visits = {seen_at(row, 0), seen_at(row, 2)};
                      });
    return visits;
  });
}

SeenStore::Visit SeenStore::note(const SeenKey& key, const SeenValues& values, sync::Time now) {
  const std::lock_guard lock(mutex_);
  const auto waiting = waiting_.find(key);
  auto visits = waiting == waiting_.end() ? visits_of(key) : waiting->second;
  const bool is_new_visit = !visits.last || now.ms - visits.last->at.ms > kVisitMs;
  if (is_new_visit) visits.before = std::exchange(visits.last, Seen{values, now});
  const bool is_changed = is_new_visit || visits.last->values != values;
  visits.last->values = values;
  Visit visit{visits.before, {visits.last->at.ms + kVisitMs}};
  if (is_changed) waiting_[key] = std::move(visits);
  return visit;
}

void SeenStore::write() {
  const std::lock_guard lock(mutex_);
  if (waiting_.empty()) return;
  database_.run([&](Database& database) {
    for (const auto& [key, visits] : waiting_) {
      run_sql(database, "INSERT OR REPLACE INTO seen VALUES (?, ?, ?, ?, ?, ?, ?)",
              {key.account, blob_value(key.school), key.pupil, blob_of(visits.before),
               time_of(visits.before), blob_of(visits.last), time_of(visits.last)});
    }
  });
  waiting_.clear();
}

}  // namespace zimnik::hub
