// A naive fold of a world by the merge laws: everything from scratch, by brute force, for the
// engine to be held against. Written from the laws and not from the engine, of which it uses the
// plain structs only.
//
//   head        a version that isn't void and that no other such version reaches by what it
//               overwrote; the way may lead through void versions
//   row         lives while a head of any of its cells isn't a tombstone
//   candidates  the heads that aren't tombstones; where there are none but the row lives, the
//               values beneath that no other such value reaches
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "sync/core/row.h"
#include "tests/model/world.h"

namespace zimnik::model {

/// What one transaction wrote to one cell.
struct VersionName {
  sync::Hash leaf;
  std::uint32_t table = 0;
  sync::Key key;
  std::uint32_t group = 0;
  auto operator<=>(const VersionName&) const = default;
};

struct CellState {
  bool known = true;  ///< the schema declares the group
  std::set<sync::Hash> heads;
  std::set<sync::Hash> void_tops;   ///< void versions that nothing reaches
  std::set<sync::Hash> candidates;  ///< none unless the row is live and the group known
  std::optional<sync::Hash> shown;
  std::vector<sync::Value> values;  ///< as the table shows them; all null where nothing is shown
  bool conflict = false;
};

struct RowState {
  sync::RowFold::State state = sync::RowFold::State::absent;
  bool deleted_but_edited = false;
  std::map<std::uint32_t, CellState> cells;  ///< those that have a version, malformed ones aside
};

/// Table, then key.
using RowName = std::pair<std::uint32_t, sync::Key>;

struct Fold {
  std::map<RowName, RowState> rows;  ///< those that have a version, malformed ones aside
  std::map<VersionName, sync::Status> statuses;  ///< of every version
  /// What is compared and shown of a version: erased values as null, the others opened where
  /// their key is at hand. Of every version of a known group.
  std::map<VersionName, std::vector<sync::Value>> values;
  std::set<VersionName> erased;  ///< hold a forgotten person's value, void ones too
};

Fold fold(const World& world);

/// How a cell write stands to the schema, by law 9 and the ids being append-only.
sync::Readable form_of(const sync::Schema& schema, sync::Stream stream, const sync::RowWrite& row,
                       const sync::CellWrite& cell);

/// One candidate as a policy sees it.
struct Choice {
  sync::Hash leaf;
  sync::SiteId site;
  std::uint64_t seq = 0;
  sync::Time time;
  std::uint16_t rank = 0;
  std::vector<sync::Value> values;
};
/// The one that law 5 shows. REQUIRES: at least one choice.
sync::Hash choose(const PolicyRule& rule, const std::vector<Choice>& choices);

}  // namespace zimnik::model
