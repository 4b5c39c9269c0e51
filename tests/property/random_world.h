// Random worlds of plain structs: several sites and forked logs, edits that say plausible and
// implausible things of what they saw, deletes, re-creations, groups and tables that the schema
// doesn't know, values that don't fit, acts of every kind.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <vector>

#include "tests/model/world.h"
#include "tests/property/dice.h"
#include "tests/property/world_schema.h"

namespace zimnik::property {

class RandomWorld {
 public:
  static constexpr std::size_t kSites = 6;
  static constexpr std::size_t kPersons = 2;  ///< their ids are 0 and 1

  /// The first dice decide what is known of the sites, and whose keys are at hand.
  explicit RandomWorld(const Step& setting);
  /// One more transaction, by one of the sites.
  void take(const Step& step);

  const model::World& world() const { return world_; }
  /// A part that lacks nothing of what its leaves build on.
  model::World part(std::uint32_t seed) const;

 private:
  /// A place that writes; a forked site is two of them.
  struct Writer {
    sync::SiteId site;
    std::map<sync::Stream, std::uint64_t> sizes;
    std::set<std::size_t> known;  ///< leaves
  };
  struct Cell {
    std::uint32_t table;
    const sync::Key& key;
    std::uint32_t group;
  };

  void know_sites(Dice& dice);
  void learn(Writer& writer, Dice& dice) const;
  sync::Edit edit(const Writer& writer, Dice& dice) const;
  sync::RowWrite row_write(const Writer& writer, Dice& dice) const;
  sync::CellWrite cell_write(const Writer& writer, const Cell& cell, sync::Op op, Dice& dice) const;
  std::vector<sync::Over> over(const Writer& writer, const Cell& cell, Dice& dice) const;
  std::vector<sync::Over> tops(const Writer& writer, const Cell& cell) const;
  const sync::CellWrite* find(std::size_t leaf, const Cell& cell) const;
  sync::Act act(std::size_t kind, Dice& dice) const;
  sync::Hash some_act(Dice& dice) const;
  void append(Writer& writer, sync::Stream stream, sync::Transaction transaction, Dice& dice);

  model::World world_;
  std::vector<std::set<std::size_t>> past_;  ///< of each leaf: the leaves that it builds on
  std::vector<Writer> writers_;
};

}  // namespace zimnik::property
