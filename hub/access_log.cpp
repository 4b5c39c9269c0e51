#include "hub/access_log.h"

#include "hub/query.h"

namespace zimnik::hub {
namespace {

constexpr std::int64_t kDayMs = std::int64_t{24} * 3600 * 1000;

}  // namespace

void AccessLog::note(const Reader& reader, const sync::SchoolId& school,
                     const std::vector<std::int64_t>& persons, sync::Time now) {
  const std::lock_guard lock(mutex_);
  for (const auto person : persons) {
    auto& looks = waiting_[{reader, school, person, now.ms / kDayMs}];
    if (looks.count++ == 0) looks.first = now;
    looks.last = now;
  }
}

void AccessLog::write() {
  const std::lock_guard writing(write_mutex_);
  {
    const std::lock_guard lock(mutex_);
    if (being_written_.empty()) being_written_.swap(waiting_);
  }
  if (being_written_.empty()) return;
  database_.run([&](sync::Database& database) {
    for (const auto& [day, looks] : being_written_) {
      run_sql(
          database,
          "INSERT INTO access VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT DO UPDATE SET "
          "count = count + ?6, first_at = min(first_at, ?7), last_at = max(last_at, ?8)",
          {static_cast<std::int64_t>(day.reader.kind), day.reader.account, blob_value(day.school),
           day.person, day.day, looks.count, looks.first.ms, looks.last.ms});
    }
  });
  being_written_.clear();
}

std::vector<Access> AccessLog::between(sync::Time from, sync::Time until,
                                       const std::optional<Reader>& reader) {
  write();
  const sync::Value kind =
      reader ? sync::Value(static_cast<std::int64_t>(reader->kind)) : sync::Value();
  const sync::Value account = reader ? sync::Value(reader->account) : sync::Value();
  return database_.run([&](sync::Database& database) {
    std::vector<Access> found;
    journal::each_row(
        database,
        "SELECT kind, reader, school, person, count, first_at, last_at FROM access "
        "WHERE day BETWEEN ?1 AND ?2 AND last_at >= ?3 AND first_at <= ?4 "
        "AND (?5 IS NULL OR (kind = ?5 AND reader = ?6)) ORDER BY school, person, kind, reader, "
        "day",
        {from.ms / kDayMs, until.ms / kDayMs, from.ms, until.ms, kind, account},
        [&](const sync::Statement& row) {
          found.push_back({{static_cast<Reader::Kind>(row.integer(0)), row.integer(1)},
                           sync::SchoolId::from(row.blob(2)),
                           row.integer(3),
                           row.integer(4),
                           {row.integer(5)},
                           {row.integer(6)}});
        });
    return found;
  });
}

}  // namespace zimnik::hub
