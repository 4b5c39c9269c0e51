#include "node/kept_copies.h"

#include <filesystem>

#include "node/backup.h"
#include "schema/audit/old_copies.h"

namespace zimnik::node {

std::vector<std::string> copies_with_forgotten(const DataFolder& folder, LocalState& state,
                                               sync::Replica& replica) {
  const auto forgotten = static_cast<std::int64_t>(replica.forgotten().size());
  std::vector<std::string> copies;
  if (forgotten == 0) return copies;
  for (const auto& copy : registered_copies(state)) {
    if (copy.state == KeptCopy::State::unreachable) {
      copies.push_back(copy.path + " (сейчас недоступна, что в ней, не проверить)");
      continue;
    }
    const auto file = DataFolder{copy.path}.journal();
    if (std::filesystem::exists(copy.path) &&
        journal::holds_forgotten(file, journal::kInReplica, forgotten)) {
      copies.push_back(copy.text());
    }
  }
  journal::add_automatic_copies(folder.journal(), journal::kInReplica, forgotten, copies);
  journal::add_automatic_copies(folder.keys(), journal::kInKeys, forgotten, copies);
  return copies;
}

}  // namespace zimnik::node
