#include "hub/backup_register.h"

#include "hub/query.h"

namespace zimnik::hub {
namespace {

using journal::each_row;
using journal::text_value;
using sync::Database;

}  // namespace

std::int64_t BackupRegister::last_forgotten() {
  return database_.run([](Database& database) {
    return journal::one_integer(database, "SELECT max(number) FROM forgotten", {}).value_or(0);
  });
}

void BackupRegister::add(const BackupNote& backup) {
  database_.run([&](Database& database) {
    run_sql(database, "INSERT OR REPLACE INTO backup VALUES (?, ?, ?)",
            {text_value(backup.path), backup.at.ms, backup.forgotten});
  });
}

void BackupRegister::remove(const std::string& path) {
  database_.run([&](Database& database) {
    run_sql(database, "DELETE FROM backup WHERE path = ?", {text_value(path)});
  });
}

std::vector<BackupNote> BackupRegister::with_forgotten() {
  return database_.run([](Database& database) {
    std::vector<BackupNote> backups;
    each_row(
        database,
        "SELECT path, at, forgotten FROM backup "
        "WHERE forgotten < (SELECT max(number) FROM forgotten) ORDER BY at, path",
        {}, [&](const sync::Statement& row) {
          backups.push_back({std::string(row.text(0)), sync::Time{row.integer(1)}, row.integer(2)});
        });
    return backups;
  });
}

}  // namespace zimnik::hub
