#include "tests/model/naive_over.h"

#include <map>
#include <variant>

#include "tests/model/naive_acts.h"

namespace zimnik::model {

std::vector<Leaf> seen(const std::vector<Arrived>& held, const Save& save) {
  std::vector<Leaf> result;
  for (const auto& [arrival, leaf] : held) {
    const bool by_then = save.seen_site == save.self && arrival <= save.seen_arrival;
    const bool by_this_page = leaf.log.site == save.self &&
                              leaf.transaction.entry.page == save.page &&
                              std::holds_alternative<sync::Edit>(leaf.transaction.body);
    if (by_then || by_this_page) result.push_back(leaf);
  }
  return result;
}

std::set<sync::Hash> expected_over(const World& world, const std::vector<Arrived>& held,
                                   const Save& save, const RowName& row, std::uint32_t group) {
  World then = world;
  then.leaves = seen(held, save);
  std::map<sync::SiteId, sync::SiteKind> certified;
  for (const auto& [id, site] : world.sites) {
    if (site.certified) certified[id] = site.kind;
  }
  then.sites = known_sites(then.leaves, certified);
  const Fold folded = fold(then);
  const auto found = folded.rows.find(row);
  if (found == folded.rows.end()) return {};
  const auto cell = found->second.cells.find(group);
  return cell == found->second.cells.end() ? std::set<sync::Hash>{} : cell->second.heads;
}

}  // namespace zimnik::model
