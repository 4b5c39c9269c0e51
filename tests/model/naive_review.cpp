#include "tests/model/naive_review.h"

#include <algorithm>
#include <variant>

namespace zimnik::model {
namespace {

using sync::Edit;
using sync::Hash;
using sync::SiteId;

/// One act, asked about every leaf anew.
class Reviewed {
 public:
  Reviewed(const World& world, const Acts& acts, const Leaf& act)
      : world_(world), acts_(acts), act_(act), what_(std::get<sync::Act>(act.transaction.body)) {}

  bool is_unseen(const Leaf& leaf) const {
    const auto* account = std::get_if<sync::VoidAccount>(&what_.what);
    return account && leaf.name != act_.name && leaf.transaction.origin.author == account->author &&
           leaf.transaction.time < account->from && !is_void(leaf) && !was_held(leaf);
  }

  /// Whether this act is a reason for which the edit is void.
  bool voids(const Leaf& edit) const {
    if (const auto* account = std::get_if<sync::VoidAccount>(&what_.what)) {
      const sync::Time time = edit.transaction.time;
      return edit.transaction.origin.author == account->author && account->from <= time &&
             (!account->until || time < *account->until);
    }
    const auto* site = std::get_if<sync::VoidSite>(&what_.what);
    if (!site) return false;
    const bool is_shared = edit.log.stream == sync::Stream::shared;
    const auto from = is_shared ? site->shared_from : site->school_from;
    std::set<SiteId> crossed;
    return (edit.log.site == site->site && edit.seq >= from) ||
           fell_with(edit.log.site, site->site, crossed);
  }

 private:
  bool is_void(const Leaf& leaf) const {
    return std::holds_alternative<Edit>(leaf.transaction.body)
               ? acts_.voids_edit(leaf)
               : acts_.voids_leaf(leaf.log, leaf.seq);
  }

  /// Whether the act's author held it: it lies on the way to a tip of the act's frontier. Where the
  /// tip isn't held here, nobody can say on which way.
  bool was_held(const Leaf& leaf) const {
    return std::ranges::any_of(what_.frontier, [&](const sync::Tip& tip) {
      if (tip.log != leaf.log || tip.size < leaf.seq) return false;
      const Leaf* at = find(tip.leaf);
      if (!at) return true;
      while (at && at->name != leaf.name) at = find(at->previous);
      return at != nullptr;
    });
  }

  /// Whether all that the site wrote is void, and a chain of such sites leads back to the revoked.
  bool fell_with(const SiteId& site, const SiteId& revoked, std::set<SiteId>& crossed) const {
    const auto known = world_.sites.find(site);
    if (known == world_.sites.end() || !crossed.insert(site).second) return false;
    if (!acts_.voids_leaf({site, sync::Stream::shared}, 0)) return false;
    return std::ranges::any_of(known->second.vouched_by, [&](const SiteId& by) {
      return by == revoked || fell_with(by, revoked, crossed);
    });
  }

  const Leaf* find(const Hash& name) const {
    const auto found = std::ranges::find(world_.leaves, name, &Leaf::name);
    return found == world_.leaves.end() ? nullptr : &*found;
  }

  const World& world_;
  const Acts& acts_;
  const Leaf& act_;
  const sync::Act& what_;
};

/// What the leaves for which `counts` is true wrote, well-formed, to cells.
template <class Counts, class Use>
void for_each_version(const World& world, Counts counts, Use use) {
  for (const Leaf& leaf : world.leaves) {
    const auto* edit = std::get_if<Edit>(&leaf.transaction.body);
    if (!edit || !counts(leaf)) continue;
    for (const sync::RowWrite& row : edit->rows) {
      for (const sync::CellWrite& cell : row.cells) {
        const auto form = form_of(world.schema, leaf.log.stream, row, cell);
        if (form == sync::Readable::malformed) continue;
        use(VersionName{leaf.name, row.table, row.key, cell.group}, cell);
      }
    }
  }
}

}  // namespace

Review review(const World& world, const Acts& acts, const Fold& fold, const Leaf& act) {
  const Reviewed reviewed(world, acts, act);
  Review result;
  for (const Leaf& leaf : world.leaves) {
    if (reviewed.is_unseen(leaf)) result.unseen.insert(leaf.name);
  }
  std::set<VersionName> voided;
  for_each_version(
      world, [&](const Leaf& leaf) { return reviewed.voids(leaf); },
      [&](const VersionName& name, const auto&) { voided.insert(name); });
  for_each_version(
      world, [](const Leaf&) { return true; },
      [&](const VersionName& name, const sync::CellWrite& cell) {
        const auto& heads = fold.rows.at({name.table, name.key}).cells.at(name.group).heads;
        const bool is_over_void = std::ranges::any_of(cell.over, [&](const sync::Over& over) {
          return voided.contains({over.leaf, name.table, name.key, name.group});
        });
        if (is_over_void && heads.contains(name.leaf) && world.schema.find(name.table)) {
          result.over_void.insert(name);
        }
      });
  return result;
}

}  // namespace zimnik::model
