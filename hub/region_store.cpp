#include "hub/region_store.h"

#include <algorithm>

#include "hub/query.h"

namespace zimnik::hub {
namespace {

using journal::each_row;
using journal::text_value;
using sync::Database;
using sync::Statement;

constexpr const char* kSites =
    "SELECT s.id, s.school, s.name, s.kind, s.revoked_at, "
    "EXISTS (SELECT 1 FROM succession c WHERE c.predecessor = s.id "
    "        AND (e.at IS NULL OR c.at >= e.at)), e.at, e.complete_at "
    "FROM site s LEFT JOIN exchange e ON e.site = s.id WHERE ";

std::vector<SiteEntry> sites_where(Database& database, const std::string& condition,
                                   const sync::Value& value) {
  std::vector<SiteEntry> sites;
  each_row(database, kSites + condition, {value}, [&](const Statement& row) {
    sites.push_back({sync::SiteId::from(row.blob(0)), sync::SchoolId::from(row.blob(1)),
                     std::string(row.text(2)), static_cast<sync::SiteKind>(row.integer(3)),
                     !row.is_null(4), row.integer(5) != 0, time_at(row, 6), time_at(row, 7)});
  });
  return sites;
}

std::vector<SuccessionEntry> successions_in(Database& database, const sync::SchoolId& school) {
  std::vector<SuccessionEntry> successions;
  each_row(database,
           "SELECT predecessor, site, known, at FROM succession WHERE school = ? ORDER BY at, site",
           {blob_value(school)}, [&](const Statement& row) {
             successions.push_back(
                 {sync::SiteId::from(row.blob(0)), sync::SiteId::from(row.blob(1)), school,
                  static_cast<SuccessionEntry::Known>(row.integer(2)), sync::Time{row.integer(3)}});
           });
  return successions;
}

/// The site from which one goes on, and that one, and so on.
sync::SiteId first_of(const std::vector<SuccessionEntry>& successions, sync::SiteId site) {
  for (std::size_t steps = 0; steps < successions.size(); ++steps) {  // claims may lead in a circle
    const auto found = std::find_if(successions.begin(), successions.end(),
                                    [&](const SuccessionEntry& it) { return it.to == site; });
    if (found == successions.end()) break;
    site = found->from;
  }
  return site;
}

bool is_any_revoked(Database& database, const SuccessionEntry& succession) {
  return journal::has_row(database,
                          "SELECT 1 FROM site WHERE id IN (?, ?) AND revoked_at IS NOT NULL",
                          {blob_value(succession.from), blob_value(succession.to)});
}

/// Whether there is room for one more after this moment.
bool is_room(Database& database, const SuccessionEntry& next, sync::Time after,
             const SuccessionBounds& most) {
  const auto known = successions_in(database, next.school);
  const auto first = first_of(known, next.from);
  int of_school = 0, of_chain = 0;
  for (const auto& it : known) {
    if (it.known != SuccessionEntry::Known::proven || it.at.ms <= after.ms || it.to == next.to) {
      continue;
    }
    if (is_any_revoked(database, it)) continue;
    ++of_school;
    if (first_of(known, it.from) == first) ++of_chain;
  }
  return of_school < most.school && of_chain < most.chain;
}

}  // namespace

std::string RegionStore::region() {
  return database_.run([](Database& database) {
    return journal::one_text(database, "SELECT name FROM region", {}).value_or("");
  });
}

void RegionStore::set_region(const std::string& name) {
  database_.run([&](Database& database) {
    run_sql(database, "INSERT OR REPLACE INTO region VALUES (1, ?)", {text_value(name)});
  });
}

void RegionStore::add_school(const SchoolEntry& school, sync::Time now) {
  database_.run([&](Database& database) {
    run_sql(database, "INSERT INTO school VALUES (?, ?, ?)",
            {blob_value(school.id), text_value(school.name), now.ms});
  });
}

void RegionStore::drop_school(const sync::SchoolId& id) {
  database_.run([&](Database& database) {
    run_sql(database, "DELETE FROM school WHERE id = ?", {blob_value(id)});
  });
}

std::vector<SchoolEntry> RegionStore::schools() {
  return database_.run([](Database& database) {
    std::vector<SchoolEntry> schools;
    each_row(database, "SELECT id, name FROM school ORDER BY name, id", {},
             [&](const Statement& row) {
               schools.push_back({sync::SchoolId::from(row.blob(0)), std::string(row.text(1))});
             });
    return schools;
  });
}

void RegionStore::add_site(const SiteEntry& site, sync::Time now) {
  database_.run([&](Database& database) {
    run_sql(database, "INSERT OR IGNORE INTO site VALUES (?, ?, ?, ?, ?, NULL)",
            {blob_value(site.id), blob_value(site.school), text_value(site.name),
             static_cast<std::int64_t>(site.kind), now.ms});
  });
}

std::optional<SiteEntry> RegionStore::site(const sync::SiteId& id) {
  return database_.run([&](Database& database) -> std::optional<SiteEntry> {
    const auto sites = sites_where(database, "s.id = ?", blob_value(id));
    if (sites.empty()) return std::nullopt;
    return sites.front();
  });
}

std::vector<SiteEntry> RegionStore::sites_of(const sync::SchoolId& school) {
  return database_.run([&](Database& database) {
    return sites_where(database, "s.school = ? ORDER BY s.enrolled_at, s.id", blob_value(school));
  });
}

void RegionStore::note_revoked(const sync::SiteId& site, bool is_revoked, sync::Time now) {
  const sync::Value moment = is_revoked ? sync::Value(now.ms) : sync::Value();
  database_.run([&](Database& database) {
    run_sql(
        database,
        "UPDATE site SET revoked_at = ?1 WHERE id = ?2 AND (revoked_at IS NULL) <> (?1 IS NULL)",
        {moment, blob_value(site)});
  });
}

bool RegionStore::note_succession(const sync::SiteId& from, const SiteEntry& to, sync::Time now,
                                  const SuccessionBounds& most) {
  constexpr std::int64_t kDayMs = 24LL * 3600 * 1000;
  const SuccessionEntry next{from, to.id, to.school, SuccessionEntry::Known::proven, now};
  return database_.run([&](Database& database) {
    if (!is_room(database, next, {now.ms - kDayMs}, most)) return false;
    run_sql(database,
            "INSERT INTO succession (site, predecessor, school, at, known) "
            "VALUES (?, ?, ?, ?, 0) ON CONFLICT (site) DO UPDATE SET at = excluded.at, known = 0 "
            "WHERE predecessor = excluded.predecessor",
            {blob_value(to.id), blob_value(from), blob_value(to.school), now.ms});
    run_sql(database, "INSERT OR IGNORE INTO site VALUES (?, ?, ?, ?, ?, NULL)",
            {blob_value(to.id), blob_value(to.school), text_value(to.name),
             static_cast<std::int64_t>(to.kind), now.ms});
    return true;
  });
}

void RegionStore::note_succession(const SuccessionEntry& succession) {
  database_.run([&](Database& database) {
    run_sql(database,
            "INSERT INTO succession (site, predecessor, school, at, known) "
            "VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (site) DO UPDATE SET "
            "predecessor = excluded.predecessor, at = excluded.at, known = excluded.known "
            "WHERE known = 1 AND excluded.known = 2",
            {blob_value(succession.to), blob_value(succession.from), blob_value(succession.school),
             succession.at.ms, static_cast<std::int64_t>(succession.known)});
  });
}

std::vector<SuccessionEntry> RegionStore::successions_of(const sync::SchoolId& school) {
  return database_.run([&](Database& database) { return successions_in(database, school); });
}

std::vector<sync::SiteId> RegionStore::replaced_in(const sync::SchoolId& school) {
  return database_.run([&](Database& database) {
    std::vector<sync::SiteId> replaced;
    each_row(database,
             "SELECT DISTINCT c.predecessor FROM succession c "
             "LEFT JOIN exchange e ON e.site = c.predecessor "
             "WHERE c.school = ? AND (e.at IS NULL OR c.at >= e.at) ORDER BY 1",
             {blob_value(school)},
             [&](const Statement& row) { replaced.push_back(sync::SiteId::from(row.blob(0))); });
    return replaced;
  });
}

void RegionStore::note_exchange(const sync::SchoolId& school, const sync::SiteId& site,
                                sync::Time now, bool is_complete) {
  const sync::Value complete = is_complete ? sync::Value(now.ms) : sync::Value();
  database_.run([&](Database& database) {
    run_sql(database,
            "INSERT INTO exchange VALUES (?, ?, ?, ?) ON CONFLICT (site) DO UPDATE SET "
            "at = excluded.at, complete_at = coalesce(excluded.complete_at, complete_at)",
            {blob_value(site), blob_value(school), now.ms, complete});
  });
}

}  // namespace zimnik::hub
