#include "node/kept_copies.h"

#include <filesystem>

#include "schema/audit/old_copies.h"

namespace zimnik::node {

std::vector<std::string> copies_with_forgotten(const DataFolder& folder, LocalState& state,
                                               sync::Replica& replica) {
  const auto forgotten = static_cast<std::int64_t>(replica.forgotten().size());
  std::vector<std::string> copies;
  for (const auto& backup : state.backups()) {
    if (!std::filesystem::exists(backup.path)) continue;
    const auto file = DataFolder{backup.path}.journal();
    if (journal::holds_forgotten(file, journal::kInReplica, forgotten)) {
      copies.push_back(backup.path);
    }
  }
  journal::add_automatic_copies(folder.journal(), journal::kInReplica, forgotten, copies);
  journal::add_automatic_copies(folder.keys(), journal::kInKeys, forgotten, copies);
  return copies;
}

}  // namespace zimnik::node
