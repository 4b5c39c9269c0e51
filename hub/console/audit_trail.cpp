#include "hub/console/audit_trail.h"

#include "hub/query.h"
#include "sync/core/bytes.h"
#include "sync/core/crypto.h"

namespace zimnik::hub {
namespace {

using journal::text_value;
using sync::Database;
using sync::Statement;

/// SHA-256 of «zimnik audit 1», the hash before, number, time, and each text by its length.
sync::Hash hash_of(const sync::Hash& before, const AuditEntry& entry) {
  std::string bytes;
  sync::Writer writer(bytes);
  writer.sized("zimnik audit 1");
  writer.fixed(before);
  writer.fixed64(static_cast<std::uint64_t>(entry.number));
  writer.fixed64(static_cast<std::uint64_t>(entry.at.ms));
  writer.sized(entry.actor);
  writer.sized(entry.what);
  writer.sized(entry.school ? entry.school->view() : std::string_view());
  writer.sized(entry.object);
  writer.sized(entry.detail);
  return sync::sha256({bytes});
}

constexpr const char* kColumns =
    "SELECT number, at, actor, deed, school, object, detail, hash FROM audit ";

AuditEntry entry_at(const Statement& row) {
  AuditEntry entry;
  entry.number = row.integer(0);
  entry.at = {row.integer(1)};
  entry.actor = row.text(2);
  entry.what = row.text(3);
  if (!row.is_null(4)) entry.school = sync::SchoolId::from(row.blob(4));
  entry.object = row.text(5);
  entry.detail = row.text(6);
  entry.hash = sync::Hash::from(row.blob(7));
  return entry;
}

sync::Value school_value(const std::optional<sync::SchoolId>& school) {
  return school ? blob_value(*school) : sync::Value();
}

}  // namespace

void AuditTrail::note(const Deed& deed, sync::Time now) {
  database_.run([&](Database& database) {
    AuditEntry entry{deed, 1, now, {}};
    sync::Hash before;
    journal::each_row(database, std::string(kColumns) + "ORDER BY number DESC LIMIT 1", {},
                      [&](const Statement& row) {
                        const auto last = entry_at(row);
                        entry.number = last.number + 1;
                        before = last.hash;
                      });
    run_sql(database, "INSERT INTO audit VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            {entry.number, now.ms, text_value(deed.actor), text_value(deed.what),
             school_value(deed.school), text_value(deed.object), text_value(deed.detail),
             blob_value(hash_of(before, entry))});
  });
}

std::vector<AuditEntry> AuditTrail::entries(const AuditFilter& filter) {
  return database_.run([&](Database& database) {
    std::vector<AuditEntry> entries;
    journal::each_row(
        database,
        std::string(kColumns) +
            "WHERE (?1 = '' OR actor = ?1) AND (?2 = '' OR deed = ?2) AND "
            "(?3 IS NULL OR school = ?3) AND (?4 IS NULL OR number < ?4) "
            "ORDER BY number DESC LIMIT ?5",
        {text_value(filter.actor), text_value(filter.what), school_value(filter.school),
         journal::optional_value(filter.before), filter.most},
        [&](const Statement& row) { entries.push_back(entry_at(row)); });
    return entries;
  });
}

AuditCheck AuditTrail::check() {
  return database_.run([](Database& database) {
    AuditCheck check;
    journal::each_row(
        database, std::string(kColumns) + "ORDER BY number", {}, [&](const Statement& row) {
          const auto entry = entry_at(row);
          ++check.entries;
          const bool follows =
              entry.number == check.entries && entry.hash == hash_of(check.last, entry);
          if (!follows && !check.broken) check.broken = entry.number;
          check.last = entry.hash;
        });
    return check;
  });
}

}  // namespace zimnik::hub
