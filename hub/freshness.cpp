#include "hub/freshness.h"

#include <algorithm>

namespace zimnik::hub {

constexpr std::int64_t kBehindMs = 24 * 3600 * 1000;

Freshness freshness_of(Hub& hub, const sync::SchoolId& school) {
  std::vector<Freshness::Node> nodes;
  Freshness freshness;
  std::optional<sync::Time> of_former;  // their word stands until a node at work has given its own
  for (const auto& site : hub.region().sites_of(school)) {
    if (site.kind != sync::SiteKind::node) continue;
    if (site.is_revoked || site.is_succeeded) {
      of_former = std::max(of_former, site.complete);
      continue;
    }
    nodes.push_back({site.name, site.exchange, site.complete});
    freshness.complete = std::max(freshness.complete, site.complete);
    freshness.exchange = std::max(freshness.exchange, site.exchange);
  }
  if (!freshness.complete) freshness.complete = of_former;
  for (const auto& node : nodes) {
    if (!freshness.complete) break;
    if (!node.complete || node.complete->ms < freshness.complete->ms - kBehindMs) {
      freshness.behind.push_back(node);
    }
  }
  return freshness;
}

}  // namespace zimnik::hub
