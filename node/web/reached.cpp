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

net::Response status_json(Site& site, const net::Request& request, const Visitor&) {
  return site.json(request, reached_json(site.journal(), site.state()));
}

}  // namespace zimnik::node
