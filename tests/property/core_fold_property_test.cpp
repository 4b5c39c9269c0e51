// The engine's pure core against the naive model of the merge laws, on random worlds, whatever the
// order in which the versions come. RC_PARAMS="seed=N" repeats a run that failed.
#include <rapidcheck/catch.h>

#include "tests/model/naive_acts.h"
#include "tests/model/naive_fold.h"
#include "tests/property/core_world.h"
#include "tests/property/print_world.h"
#include "tests/property/random_world.h"

namespace zimnik::property {
namespace {

using sync::Hash;
using sync::Readable;
using sync::RowFold;
using sync::Status;

RandomWorld make_world(const Step& setting, const std::vector<Step>& steps) {
  RandomWorld result(setting);
  for (const Step& step : steps) result.take(step);
  return result;
}

void check_acts(const model::World& world, std::uint32_t seed) {
  const model::Acts model(world);
  const sync::Verdict engine = verdict_of(world, seed);
  bool any_void = false;
  for (const model::Leaf& leaf : world.leaves) {
    const bool is_void = model.voids_leaf(leaf.log, leaf.seq);
    RC_ASSERT(engine.voids_leaf(leaf.log, leaf.seq) == is_void);
    any_void = any_void || is_void;
    if (const auto* act = std::get_if<sync::Act>(&leaf.transaction.body)) {
      // Whether a revocation without effect counts as being in force is nobody's business.
      if (!std::holds_alternative<sync::Revoke>(act->what)) {
        RC_ASSERT(engine.in_force(leaf.name) == model.in_force(leaf.name));
      }
    } else if (std::holds_alternative<sync::Edit>(leaf.transaction.body)) {
      const auto& transaction = leaf.transaction;
      const bool edit_is_void = model.voids_edit(leaf);
      RC_ASSERT(engine.voids_edit(leaf.log, leaf.seq, transaction.origin.author,
                                  transaction.time) == edit_is_void);
      any_void = any_void || edit_is_void;
    }
  }
  RC_ASSERT(!any_void || !engine.is_clear());
  for (std::size_t i = 0; i < RandomWorld::kPersons; ++i) {
    const sync::Value person = static_cast<std::int64_t>(i);
    RC_ASSERT(engine.forgets(person) == model.forgets(person));
  }
}

void check_cell(const sync::Group* group, const model::CellState& expected, const CoreRow& row,
                const sync::CellFold& fold, std::uint32_t id, bool live) {
  const CoreCell& cell = row.cells.at(id);
  RC_ASSERT(cell.names(fold.heads) == expected.heads);
  RC_ASSERT(cell.names(fold.void_tops) == expected.void_tops);
  if (!live || !group) return;
  RC_ASSERT(cell.names(fold.candidates) == expected.candidates);
  if (expected.candidates.empty()) return;
  const auto& versions = cell.cell.versions;
  RC_ASSERT(cell.name(sync::shown(versions, fold, group->policy)) == *expected.shown);
  RC_ASSERT(sync::is_conflict(versions, fold) == expected.conflict);
}

void check_row(const model::World& world, const model::RowName& name,
               const model::RowState& expected, const model::Fold& model, const CoreRow& row) {
  const sync::Table* table = world.schema.find(name.first);
  if (!table) return;  // nothing of it is folded
  const auto cells = row.plain();
  const RowFold fold = sync::fold_row(*table, cells);
  RC_ASSERT(fold.state == expected.state);
  RC_ASSERT(fold.deleted_but_edited == expected.deleted_but_edited);
  for (const auto& [id, cell] : cells) {
    const sync::Group* group = table->find(id);
    check_cell(group, expected.cells.at(id), row, fold.cells.at(id), id,
               expected.state == RowFold::State::live);
    const auto statuses = sync::classify(fold, id, cell, group ? &group->policy : nullptr);
    RC_ASSERT(statuses.size() == cell.versions.size());
    for (std::size_t i = 0; i < statuses.size(); ++i) {
      const model::VersionName version{row.cells.at(id).name(i), name.first, name.second, id};
      RC_LOG() << "version " << version.leaf.hex() << " of group " << id << '\n';
      RC_ASSERT(std::string(name_of(statuses[i])) == name_of(model.statuses.at(version)));
    }
  }
}

void check_world(const model::World& world, std::uint32_t seed) {
  check_acts(world, seed);
  const model::Fold model = model::fold(world);
  const CoreWorld engine(world, model, seed);
  for (const auto& [name, row] : model.rows) {
    RC_LOG() << "row of table " << name.first << '\n';
    check_row(world, name, row, model, engine.rows.at(name));
  }
  RC_ASSERT(engine.rows.size() == model.rows.size());
}

TEST_CASE("the core folds any set in any order as the naive model does") {
  rc::prop("on all of a world and on a part of it",
           [](const Step& setting, const std::vector<Step>& steps, std::uint32_t seed) {
             const RandomWorld made = make_world(setting, steps);
             RC_LOG() << print(made.world()) << '\n';
             for (std::uint32_t i = 0; i < 3; ++i) check_world(made.world(), seed + i);
             const model::World part = made.part(seed);
             RC_LOG() << "and a part of it:\n" << print(part) << '\n';
             check_world(part, seed);
           });
}

TEST_CASE("the core and the naive model agree on what can be read of a cell write") {
  rc::prop("of declared, unknown and misfitting ones", [](const Step& setting,
                                                          const std::vector<Step>& steps) {
    const model::World world = make_world(setting, steps).world();
    RC_LOG() << print(world) << '\n';
    for (const WriteRef& ref : writes_of(world)) {
      const auto engine = sync::readable(world.schema, ref.leaf->log.stream, *ref.row, *ref.cell);
      const auto model = model::form_of(world.schema, ref.leaf->log.stream, *ref.row, *ref.cell);
      RC_ASSERT(static_cast<int>(engine) == static_cast<int>(model));
    }
  });
}

/// Guards the other properties: a generator that never makes a case proves nothing about it.
TEST_CASE("random worlds have versions of every status and rows of every state") {
  std::map<Status, int> statuses;
  std::map<RowFold::State, int> states;
  for (int i = 0; i < 200; ++i) {
    const auto seed = static_cast<std::uint64_t>(i);
    const auto draw =
        rc::gen::pair(rc::gen::arbitrary<Step>(),
                      rc::gen::container<std::vector<Step>>(40, rc::gen::arbitrary<Step>()));
    const auto drawn = draw(rc::Random(seed), rc::kNominalSize).value();
    const model::Fold fold = model::fold(make_world(drawn.first, drawn.second).world());
    for (const auto& [version, status] : fold.statuses) ++statuses[status];
    for (const auto& [name, row] : fold.rows) ++states[row.state];
  }
  for (int i = 0; i <= static_cast<int>(Status::superseded); ++i) {
    INFO(name_of(static_cast<Status>(i)));
    CHECK(statuses[static_cast<Status>(i)] > 20);
  }
  for (int i = 0; i <= static_cast<int>(RowFold::State::live); ++i) {
    INFO("row state " << i);
    CHECK(states[static_cast<RowFold::State>(i)] > 20);
  }
}

}  // namespace
}  // namespace zimnik::property
