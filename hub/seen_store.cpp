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
  for (const auto& [place, value] : seen->values) {
    const auto line = place + " " + value + "\n";
    if (text.size() + line.size() > kMostBytes) break;  // what isn't kept isn't compared
    text += line;
  }
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

std::optional<SeenStore::Visits> SeenStore::waiting_of(const SeenKey& key) const {
  for (const auto* notes : {&waiting_, &being_written_}) {
    const auto found = notes->find(key);
    if (found != notes->end()) return found->second;
  }
  return std::nullopt;
}

SeenStore::Visit SeenStore::note(const SeenKey& key, const SeenValues& values, sync::Time now) {
  std::unique_lock lock(mutex_);
  auto known = waiting_of(key);
  if (!known) {
    lock.unlock();
    auto written = visits_of(key);
    lock.lock();
    known = waiting_of(key).value_or(std::move(written));
  }
  auto& visits = *known;
  const bool is_new_visit = !visits.last || now.ms - visits.last->at.ms > kVisitMs;
  if (is_new_visit) visits.before = std::exchange(visits.last, Seen{values, now});
  const bool is_changed = is_new_visit || visits.last->values != values;
  visits.last->values = values;
  Visit visit{visits.before, {visits.last->at.ms + kVisitMs}};
  if (is_changed) waiting_[key] = std::move(visits);
  return visit;
}

void SeenStore::write() {
  {
    const std::lock_guard lock(mutex_);
    being_written_.merge(waiting_);  // what an attempt that failed has left is older
    for (auto& [key, visits] : waiting_) being_written_[key] = std::move(visits);
    waiting_.clear();
  }
  if (being_written_.empty()) return;  // nobody else changes it
  database_.run([&](Database& database) {
    for (const auto& [key, visits] : being_written_) {
      // What was taken away meanwhile stays away.
      run_sql(database,
              "INSERT OR REPLACE INTO seen SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7 WHERE EXISTS "
              "(SELECT 1 FROM account WHERE id = ?1) AND NOT EXISTS "
              "(SELECT 1 FROM forgotten WHERE school = ?2 AND person = ?3)",
              {key.account, blob_value(key.school), key.pupil, blob_of(visits.before),
               time_of(visits.before), blob_of(visits.last), time_of(visits.last)});
    }
  });
  const std::lock_guard lock(mutex_);
  being_written_.clear();
}

}  // namespace zimnik::hub
