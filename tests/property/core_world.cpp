#include "tests/property/core_world.h"

#include <algorithm>
#include <random>
#include <variant>

namespace zimnik::property {
namespace {

using model::Leaf;
using model::VersionName;
using sync::Hash;

/// Leaf to local name: a causal order, as random as the seed makes it.
std::map<Hash, std::uint64_t> local_names(const model::World& world, std::mt19937& random) {
  std::vector<const Leaf*> waiting;
  for (const Leaf& leaf : world.leaves) waiting.push_back(&leaf);
  std::shuffle(waiting.begin(), waiting.end(), random);
  std::map<Hash, std::uint64_t> result;
  const auto is_ready = [&](const Leaf* leaf) {
    return std::ranges::none_of(writes_of({{*leaf}, {}}), [&](const WriteRef& write) {
      return std::ranges::any_of(write.cell->over, [&](const sync::Over& over) {
        return !result.contains(over.leaf) && std::ranges::any_of(waiting, [&](const Leaf* other) {
          return other->name == over.leaf;
        });
      });
    });
  };
  std::uint64_t at = 0;
  while (!waiting.empty()) {
    const auto next = std::ranges::find_if(waiting, is_ready);
    result[(*next)->name] = at += 1 + random() % 3;
    waiting.erase(next);
  }
  return result;
}

sync::Version version_of(const WriteRef& ref, const std::map<Hash, std::uint64_t>& names,
                         const sync::Verdict& verdict) {
  const auto& transaction = ref.leaf->transaction;
  sync::Version result;
  result.at = names.at(ref.leaf->name);
  for (const sync::Over& over : ref.cell->over) {
    const auto found = names.find(over.leaf);
    if (found != names.end()) result.over.push_back(found->second);
  }
  result.is_void =
      verdict.voids_edit(ref.leaf->log, ref.leaf->seq, transaction.origin.author, transaction.time);
  result.is_tombstone = ref.cell->op == sync::Op::tombstone;
  result.rank = transaction.origin.rank;
  result.stamp = {transaction.time, ref.leaf->log.site, ref.leaf->seq, ref.leaf->name};
  result.values = ref.cell->values;
  return result;
}

}  // namespace

std::set<Hash> CoreCell::names(std::span<const std::size_t> indexes) const {
  std::set<Hash> result;
  for (const std::size_t index : indexes) result.insert(name(index));
  return result;
}

std::map<std::uint32_t, sync::Cell> CoreRow::plain() const {
  std::map<std::uint32_t, sync::Cell> result;
  for (const auto& [group, cell] : cells) result[group] = cell.cell;
  return result;
}

CoreWorld::CoreWorld(const model::World& world, const model::Fold& fold, std::uint32_t seed) {
  std::mt19937 random(seed);
  const auto names = local_names(world, random);
  const sync::Verdict verdict = verdict_of(world, seed);
  auto writes = writes_of(world);
  std::shuffle(writes.begin(), writes.end(), random);
  for (const WriteRef& ref : writes) {
    const auto form = sync::readable(world.schema, ref.leaf->log.stream, *ref.row, *ref.cell);
    if (form == sync::Readable::malformed) continue;
    auto version = version_of(ref, names, verdict);
    const VersionName name{ref.leaf->name, ref.row->table, ref.row->key, ref.cell->group};
    const bool known = form == sync::Readable::yes;
    if (known) {
      version.values = fold.values.at(name);
      version.is_erased = fold.erased.contains(name);
    }
    CoreCell& cell = rows[{ref.row->table, ref.row->key}].cells[ref.cell->group];
    cell.cell.known = known;
    cell.cell.versions.push_back(std::move(version));
  }
}

sync::Verdict verdict_of(const model::World& world, std::uint32_t seed) {
  std::vector<sync::PlacedAct> acts;
  for (const Leaf& leaf : world.leaves) {
    if (const auto* act = std::get_if<sync::Act>(&leaf.transaction.body)) {
      acts.push_back({leaf.name, leaf.log.site, leaf.seq, leaf.transaction.origin.rank, *act});
    }
  }
  std::mt19937 random(seed);
  std::shuffle(acts.begin(), acts.end(), random);
  return {acts, world.sites};
}

std::vector<WriteRef> writes_of(const model::World& world) {
  std::vector<WriteRef> result;
  for (const Leaf& leaf : world.leaves) {
    const auto* edit = std::get_if<sync::Edit>(&leaf.transaction.body);
    if (!edit) continue;
    for (const sync::RowWrite& row : edit->rows) {
      for (const sync::CellWrite& cell : row.cells) result.push_back({&leaf, &row, &cell});
    }
  }
  return result;
}

}  // namespace zimnik::property
