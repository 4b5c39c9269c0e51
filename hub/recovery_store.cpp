#include "hub/recovery_store.h"

#include "hub/query.h"

namespace zimnik::hub {
namespace {

using journal::each_row;
using journal::has_row;
using sync::Database;
using sync::Statement;

}  // namespace

std::optional<Restoration> RecoveryStore::last() {
  return database_.run([](Database& database) {
    std::optional<Restoration> last;
    each_row(
        database,
        "SELECT copied_at, restored_at, site FROM restoration ORDER BY number DESC LIMIT 1", {},
        [&](const Statement& row) {
          last = Restoration{{row.integer(0)}, {row.integer(1)}, sync::SiteId::from(row.blob(2))};
        });
    return last;
  });
}

void RecoveryStore::note_restoration(const Restoration& restoration) {
  database_.run([&](Database& database) {
    run_sql(database, "INSERT INTO restoration (copied_at, restored_at, site) VALUES (?, ?, ?)",
            {restoration.copied.ms, restoration.restored.ms, blob_value(restoration.site)});
  });
}

void RecoveryStore::close(const sync::SchoolId& school, const Restoration& restoration) {
  database_.run([&](Database& database) {
    run_sql(database, "DELETE FROM heard WHERE school = ?", {blob_value(school)});
    run_sql(database, "INSERT OR REPLACE INTO recovery VALUES (?, ?, ?, NULL)",
            {blob_value(school), restoration.copied.ms, restoration.restored.ms});
  });
}

void RecoveryStore::open(const sync::SchoolId& school, sync::Time now) {
  database_.run([&](Database& database) {
    run_sql(database, "UPDATE recovery SET opened_at = ? WHERE school = ? AND opened_at IS NULL",
            {now.ms, blob_value(school)});
  });
}

std::optional<Recovery> RecoveryStore::of(const sync::SchoolId& school) {
  return database_.run([&](Database& database) {
    std::optional<Recovery> recovery;
    each_row(database, "SELECT copied_at, restored_at, opened_at FROM recovery WHERE school = ?",
             {blob_value(school)}, [&](const Statement& row) {
               recovery = Recovery{{row.integer(0)}, {row.integer(1)}, time_at(row, 2)};
             });
    return recovery;
  });
}

bool RecoveryStore::is_closed(const sync::SchoolId& school) {
  return database_.run([&](Database& database) {
    return has_row(database, "SELECT 1 FROM recovery WHERE school = ? AND opened_at IS NULL",
                   {blob_value(school)});
  });
}

void RecoveryStore::note_heard(const sync::SchoolId& school, const Heard& heard) {
  const sync::Value complete = heard.complete ? sync::Value(heard.complete->ms) : sync::Value();
  database_.run([&](Database& database) {
    run_sql(database,
            "INSERT INTO heard VALUES (?, ?, ?, ?) ON CONFLICT (site) DO UPDATE SET "
            "leaves = leaves + excluded.leaves, complete_at = excluded.complete_at "
            "WHERE complete_at IS NULL",
            {blob_value(heard.site), blob_value(school), static_cast<std::int64_t>(heard.leaves),
             complete});
  });
}

std::vector<Heard> RecoveryStore::heard(const sync::SchoolId& school) {
  return database_.run([&](Database& database) {
    std::vector<Heard> heard;
    each_row(database, "SELECT site, leaves, complete_at FROM heard WHERE school = ? ORDER BY site",
             {blob_value(school)}, [&](const Statement& row) {
               heard.push_back({sync::SiteId::from(row.blob(0)),
                                static_cast<std::uint64_t>(row.integer(1)), time_at(row, 2)});
             });
    return heard;
  });
}

}  // namespace zimnik::hub
