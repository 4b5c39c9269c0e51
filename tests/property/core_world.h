// A world as the structs of the engine's core, made as its store makes them.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <span>
#include <vector>

#include "sync/core/act.h"
#include "sync/core/row.h"
#include "tests/model/naive_fold.h"

namespace zimnik::property {

/// One cell, and which leaf wrote each of its versions.
struct CoreCell {
  sync::Cell cell;

  const sync::Hash& name(std::size_t index) const { return cell.versions.at(index).stamp.leaf; }
  std::set<sync::Hash> names(std::span<const std::size_t> indexes) const;
};

struct CoreRow {
  std::map<std::uint32_t, CoreCell> cells;

  std::map<std::uint32_t, sync::Cell> plain() const;
};

/// The versions of every row, in an order and under local names that depend on the seed. What is
/// void comes from the engine's Verdict; what is erased and how values read, from the model.
struct CoreWorld {
  CoreWorld(const model::World& world, const model::Fold& fold, std::uint32_t seed);

  std::map<model::RowName, CoreRow> rows;
};

sync::Verdict verdict_of(const model::World& world, std::uint32_t seed);

/// One cell write of a world.
struct WriteRef {
  const model::Leaf* leaf;
  const sync::RowWrite* row;
  const sync::CellWrite* cell;
};
/// Of all edits. Points into the world.
std::vector<WriteRef> writes_of(const model::World& world);

}  // namespace zimnik::property
