#include "sync/store/file_version.h"

#include "sync/store/automatic_backup.h"

namespace zimnik::sync {

void bring_up(Database& database, const std::string& path, std::span<const char* const> steps) {
  auto query = database.prepare("PRAGMA user_version");
  query.step();
  const auto version = static_cast<std::uint32_t>(query.integer(0));
  query.reset();
  const auto newest = static_cast<std::uint32_t>(steps.size());
  if (version > newest) throw FileIsNewer(path, version, newest, newest);
  if (version == newest) return;
  if (version > 0) back_up_version(path, version);
  database.execute("BEGIN IMMEDIATE");
  try {
    for (const auto* step : steps.subspan(version)) database.execute(step);
    database.execute("PRAGMA user_version = " + std::to_string(newest));
    database.execute("COMMIT");
  } catch (...) {
    if (!database.is_autocommit()) database.execute("ROLLBACK");
    throw;
  }
}

}  // namespace zimnik::sync
