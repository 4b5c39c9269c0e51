#include "schema/audit/old_copies.h"

#include "sync/store/automatic_backup.h"
#include "sync/store/database.h"

namespace zimnik::journal {
namespace {

/// Fewer than there can be where it can't be read.
std::int64_t forgotten_in(const std::string& copy, ForgottenCount count) {
  try {
    auto database = sync::Database::open_read_only(copy);
    auto query = database.prepare(count.sql);
    return query.step() ? query.integer(0) : 0;
  } catch (const sync::DatabaseError&) {
    return -1;
  }
}

}  // namespace

bool holds_forgotten(const std::string& copy, ForgottenCount count, std::int64_t forgotten) {
  return forgotten > 0 && forgotten_in(copy, count) < forgotten;
}

void add_automatic_copies(const std::string& database, ForgottenCount count, std::int64_t forgotten,
                          std::vector<std::string>& paths) {
  for (const auto& copy : sync::automatic_backups(database)) {
    if (holds_forgotten(copy.path, count, forgotten)) paths.push_back(copy.path);
  }
}

void name_copies(const std::vector<std::string>& paths, std::ostream& out) {
  for (const auto& path : paths) {
    out << "копия с данными, которые должны быть уничтожены: " << path << "\n";
  }
}

}  // namespace zimnik::journal
