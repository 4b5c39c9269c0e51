#include "node/web/reached.h"

namespace zimnik::node {

nlohmann::json reached_json(Journal& journal, LocalState& state) {
  const auto reached = state.reached();
  return journal.with_replica([&](sync::Replica& replica) -> nlohmann::json {
    const auto copies = replica.copies();
    return {{"arrival", replica.seen().arrival},
            {"unsent", copies.siblings + copies.none},
            {"reached_at", reached.at.ms}};
  });
}

}  // namespace zimnik::node
