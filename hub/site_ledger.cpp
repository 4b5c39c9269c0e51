#include "hub/site_ledger.h"

#include "hub/query.h"

namespace zimnik::hub {

using sync::Database;

void SiteLedger::note_certificate(const sync::SiteId& site, sync::Time end) {
  database_.run([&](Database& database) {
    run_sql(database,
            "INSERT INTO site_seen (site, certificate_end) VALUES (?, ?) ON CONFLICT (site) DO "
            "UPDATE SET certificate_end = excluded.certificate_end "
            "WHERE certificate_end IS NOT excluded.certificate_end",
            {blob_value(site), end.ms});
  });
}

void SiteLedger::note_skew(const sync::SiteId& site, std::int64_t ms) {
  database_.run([&](Database& database) {
    run_sql(database,
            "INSERT INTO site_seen (site, skew) VALUES (?, ?) ON CONFLICT (site) DO "
            "UPDATE SET skew = excluded.skew",
            {blob_value(site), ms});
  });
}

void SiteLedger::note_refusal(const sync::SiteId& site, const std::string& why, sync::Time now) {
  database_.run([&](Database& database) {
    run_sql(
        database,
        "INSERT INTO refusal VALUES (?, 1, ?, ?) ON CONFLICT (site) DO UPDATE SET count = count "
        "+ 1, last_at = excluded.last_at, why = excluded.why",
        {blob_value(site), now.ms, journal::text_value(why)});
  });
}

SiteSeen SiteLedger::seen(const sync::SiteId& site) {
  return database_.run([&](Database& database) {
    SiteSeen seen;
    journal::each_row(database, "SELECT certificate_end, skew FROM site_seen WHERE site = ?",
                      {blob_value(site)}, [&](const sync::Statement& row) {
                        seen.certificate_end = time_at(row, 0);
                        seen.skew = journal::integer_at(row, 1);
                      });
    journal::each_row(database, "SELECT count, last_at, why FROM refusal WHERE site = ?",
                      {blob_value(site)}, [&](const sync::Statement& row) {
                        seen.refusals = row.integer(0);
                        seen.last_refusal = time_at(row, 1);
                        seen.why_refused = journal::string_at(row, 2);
                      });
    return seen;
  });
}

}  // namespace zimnik::hub
