// What peers hold of what is held here.
#include <algorithm>

#include "sync/store/exchange.h"

namespace zimnik::sync {
namespace {

/// The leaves from where a line begins up to `to` that aren't below `from`.
std::uint64_t between(std::uint64_t from, std::uint64_t to) { return to > from ? to - from : 0; }

}  // namespace

/// By line, how many leaves the peer is known to hold.
std::vector<std::uint64_t> Exchange::held_by(const SiteId& peer) {
  const auto session = peers_.session(peer);
  return covered(session.ground().value_or(Standing{}), peer);
}

std::vector<PeerStanding> Exchange::peers() {
  std::vector<PeerStanding> result;
  const auto known = judge_.known_sites(log_.last_arrival());
  for (const auto& peer : peers_.met()) {
    const auto site = known.find(peer);
    if (site == known.end()) continue;
    PeerStanding standing{peer, site->second.kind, judge_.verdict().revokes(peer), 0,
                          peers_.schema(peer)};
    const auto held = held_by(peer);
    for (const auto& line : log_.lines()) {
      standing.lacking += between(std::max(line.fork, held[line.id - 1]), line.size());
    }
    result.push_back(standing);
  }
  return result;
}

Copies Exchange::copies(const std::optional<SiteId>& of_region) {
  std::vector<std::uint64_t> region(log_.lines().size()), siblings = region;
  std::set<SiteId> hubs;
  for (const auto& peer : peers()) {
    const bool is_former = of_region && peer.kind == SiteKind::hub && peer.site != *of_region;
    if (peer.revoked || is_former) continue;
    if (peer.kind == SiteKind::hub) hubs.insert(peer.site);
    auto& of_kind = peer.kind == SiteKind::hub ? region : siblings;
    const auto held = held_by(peer.site);
    std::transform(held.begin(), held.end(), of_kind.begin(), of_kind.begin(),
                   [](std::uint64_t a, std::uint64_t b) { return std::max(a, b); });
  }
  const auto receipted = receipts_.covered(hubs);
  Copies copies;
  for (const auto& line : log_.lines()) {
    const auto at = line.id - 1;
    // How far each kind goes, one after the other.
    const auto first = std::max(line.fork, receipted[at]);
    const auto second = std::max(first, region[at]);
    const auto third = std::max(second, siblings[at]);
    copies.receipted += between(line.fork, first);
    copies.region += between(first, second);
    copies.siblings += between(second, third);
    copies.none += between(third, line.size());
    const auto last_signed = line.head ? line.head->size : 0;
    if (!signer_.is_own(line)) {
      copies.unprovable += between(std::max(line.fork, last_signed), line.size());
    }
  }
  return copies;
}

std::vector<std::uint64_t> Exchange::held_by_hubs() {
  std::set<SiteId> hubs;
  std::vector<std::uint64_t> held(log_.lines().size());
  const auto add = [&](const std::vector<std::uint64_t>& more) {
    std::transform(more.begin(), more.end(), held.begin(), held.begin(),
                   [](std::uint64_t a, std::uint64_t b) { return std::max(a, b); });
  };
  for (const auto& peer : peers()) {
    if (peer.revoked || peer.kind != SiteKind::hub) continue;
    hubs.insert(peer.site);
    add(held_by(peer.site));
  }
  add(receipts_.covered(hubs));
  return held;
}

std::vector<AtRegion> Exchange::at_region(const std::vector<Arrival>& arrivals) {
  const auto held = held_by_hubs();
  std::vector<AtRegion> found;
  found.reserve(arrivals.size());
  for (const auto arrival : arrivals) {
    const auto [line, seq] = log_.place_of(arrival);
    AtRegion at{seq <= held[line - 1]};
    if (at.is_there) at.since = receipts_.time_of_intake(line, seq);
    found.push_back(at);
  }
  return found;
}

}  // namespace zimnik::sync
