// How a replica takes on its file.
#include "sync/store/replica_impl.h"

namespace zimnik::sync {

std::uint32_t Replica::schema_version(const std::string& path) {
  auto database = Database::open_read_only(path);
  auto has_meta = database.prepare("SELECT 1 FROM sqlite_master WHERE name = 'zimnik_meta'");
  if (!has_meta.step()) return 0;
  auto query = database.prepare("SELECT value FROM zimnik_meta WHERE name = 'schema'");
  if (!query.step()) return 0;
  return static_cast<std::uint32_t>(std::stoul(std::string(query.blob(0))));
}

}  // namespace zimnik::sync
