#include "node/web/reached.h"

namespace zimnik::node {

std::uint64_t leaves_held(const sync::Replica& replica) {
  std::uint64_t leaves = 0;
  for (const auto& tip : replica.frontier()) leaves += tip.size;
  return leaves;
}

nlohmann::json reached_json(Journal& journal, LocalState& state) {
  const auto reached = state.reached();
  return journal.with_replica([&](sync::Replica& replica) -> nlohmann::json {
    const auto held = leaves_held(replica);
    return {{"arrival", replica.seen().arrival},
            {"unsent", held > reached.leaves ? held - reached.leaves : 0},
            {"reached_at", reached.at.ms}};
  });
}

}  // namespace zimnik::node
