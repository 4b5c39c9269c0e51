#include "node/kept_copies.h"

#include <filesystem>

#include "node/backup.h"
#include "sync/store/automatic_backup.h"

namespace zimnik::node {
namespace {

namespace files = std::filesystem;

/// How many forgettings the copy of a database has seen to; fewer than there can be where it can't
/// be read.
std::int64_t seen_to(const std::string& path, const std::string& sql) {
  try {
    auto database = sync::Database::open_read_only(path);
    auto query = database.prepare(sql);
    return query.step() ? query.integer(0) : 0;
  } catch (const sync::DatabaseError&) {
    return -1;
  }
}

constexpr const char *kOfJournal =
                         "SELECT CAST(CAST(value AS TEXT) AS INTEGER) FROM zimnik_meta "
                         "WHERE name = 'scrubbed'",
                     *kOfKeys = "SELECT count(*) FROM forgotten";

}  // namespace

std::vector<std::string> copies_with_forgotten(const DataFolder& folder, LocalState& state,
                                               sync::Replica& replica) {
  const auto wanted = static_cast<std::int64_t>(replica.forgotten().size());
  std::vector<std::string> copies;
  const auto look_at = [&](const KeptCopy& copy, const std::string& file, const char* sql) {
    if (files::exists(copy.path) && seen_to(file, sql) < wanted) copies.push_back(copy.text());
  };
  if (wanted == 0) return copies;
  for (const auto& copy : registered_copies(state)) {
    if (copy.state == KeptCopy::State::unreachable) {
      copies.push_back(copy.path + " (сейчас недоступна, что в ней, не проверить)");
    }
    look_at(copy, DataFolder{copy.path}.journal(), kOfJournal);
  }
  for (const auto& copy : sync::automatic_backups(folder.journal())) {
    look_at({copy.path}, copy.path, kOfJournal);
  }
  for (const auto& copy : sync::automatic_backups(folder.keys())) {
    look_at({copy.path}, copy.path, kOfKeys);
  }
  return copies;
}

}  // namespace zimnik::node
