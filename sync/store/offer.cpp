#include "sync/store/offer.h"

#include <algorithm>

namespace zimnik::sync {
namespace {

constexpr std::size_t kMostScans = 64;

}  // namespace

bool Offer::is_early(const Line& line) const {
  if (line.size() == 0 || judge_.record_of(line.log.site)) return false;
  const auto& successions = judge_.successions_of(line.log.site);
  const Arrival first = log_.arrival_of(line.id, 1);
  return !successions.empty() &&
         std::none_of(successions.begin(), successions.end(),
                      [&](Arrival succession) { return succession < first; });
}

/// Leaves that the site's own word covers, or will.
std::uint64_t Offer::proven(const Line& line, const std::set<SiteId>& introduced) const {
  const auto& site = line.log.site;
  if (judge_.keys_of(site) == nullptr) return 0;
  if (!introduced.contains(site) && is_early(line)) return 0;
  if (signer_.is_own(line)) return line.size();
  return line.head ? std::min(line.size(), line.head->size) : 0;
}

std::vector<std::uint64_t> Offer::reach(const std::set<SiteId>& introduced) {
  std::vector<std::uint64_t> now;
  bool is_all = true;
  for (const auto& line : log_.lines()) {
    now.push_back(proven(line, introduced));
    is_all = is_all && now.back() >= line.size();
  }
  if (is_all) {
    scans_.erase(introduced);
    return now;
  }
  // Peers tell who was introduced to them: by lies they could have one kept for every set of sites.
  if (scans_.size() >= kMostScans && !scans_.contains(introduced)) scans_.clear();
  auto& scan = scans_[introduced];
  if (!goes_on(scan, now)) scan = begin(now);
  scan.proven = std::move(now);
  look_through(scan, introduced);
  return scan.reach;
}

/// Whether what was found still holds: nothing that was left out can go out now.
bool Offer::goes_on(const Scan& scan, const std::vector<std::uint64_t>& now) const {
  if (scan.next == 0) return false;
  for (std::size_t i = 0; i < scan.proven.size(); ++i) {
    if (now[i] < scan.proven[i]) return false;
    if (now[i] > scan.proven[i] && scan.proven[i] < scan.sizes[i]) return false;
  }
  return true;
}

/// All leaves that arrived before the first unproven one go out.
Offer::Scan Offer::begin(const std::vector<std::uint64_t>& now) const {
  Scan scan;
  scan.next = log_.last_arrival() + 1;
  for (const auto& line : log_.lines()) {
    const auto first = std::max(now[line.id - 1], line.fork) + 1;
    if (first <= line.size()) scan.next = std::min(scan.next, log_.arrival_of(line.id, first));
  }
  for (const auto& line : log_.lines()) {
    auto held = line.fork, end = line.size();
    while (held < end) {
      const auto middle = held + (end - held + 1) / 2;
      if (log_.arrival_of(line.id, middle) < scan.next) {
        held = middle;
      } else {
        end = middle - 1;
      }
    }
    scan.reach.push_back(held);
  }
  return scan;
}

void Offer::look_through(Scan& scan, const std::set<SiteId>& introduced) {
  for (auto id = scan.reach.size() + 1; id <= log_.lines().size(); ++id) {
    scan.reach.push_back(log_.line(static_cast<LineId>(id)).fork);
  }
  log_.for_each(scan.next, log_.last_arrival(), [&](Arrival arrival, const StoredLeaf& leaf) {
    const auto& line = log_.line(leaf.line);
    const auto& site = line.log.site;
    if (!introduced.contains(site) && !is_introduced(scan, site, arrival)) return;
    auto& reach = scan.reach[leaf.line - 1];
    const bool follows =
        reach + 1 == leaf.seq &&
        (leaf.seq != line.fork + 1 || goes_out(scan, log_.arrival_of(line.id, line.fork)));
    if (follows && leaf.seq <= scan.proven[leaf.line - 1] && overwrites_only_these(scan, leaf)) {
      reach = leaf.seq;
    }
  });
  scan.next = log_.last_arrival() + 1;
  scan.sizes.clear();
  for (const auto& line : log_.lines()) scan.sizes.push_back(line.size());
}

/// Whether who gets what goes out knows the site by the time of this arrival.
bool Offer::is_introduced(const Scan& scan, const SiteId& site, Arrival before) const {
  if (judge_.record_of(site)) return true;
  const auto& successions = judge_.successions_of(site);
  return std::any_of(successions.begin(), successions.end(), [&](Arrival succession) {
    return succession < before && goes_out(scan, succession);
  });
}

bool Offer::goes_out(const Scan& scan, Arrival arrival) const {
  if (arrival == 0) return true;  // nothing: the start of a log, or what isn't held here either
  const auto [line, seq] = log_.place_of(arrival);
  return seq <= scan.reach[line - 1];
}

bool Offer::overwrites_only_these(const Scan& scan, const StoredLeaf& leaf) const {
  const auto* edit = edit_of(leaf);
  if (edit == nullptr) return true;
  for (const auto& row : edit->rows) {
    for (const auto& cell : row.cells) {
      for (const auto& over : cell.over) {
        if (!goes_out(scan, over.at)) return false;
      }
    }
  }
  return true;
}

}  // namespace zimnik::sync
