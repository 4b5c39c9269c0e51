// The model of the merge laws, itself held against worked examples: one for each clause.
#include "tests/model/naive_fold.h"

#include <catch2/catch.hpp>

#include "tests/model/example_world.h"
#include "tests/model/naive_over.h"

namespace zimnik::model {
namespace {

using sync::Hash;
using sync::Op;
using sync::Status;
using State = sync::RowFold::State;
using Hashes = std::set<Hash>;

TEST_CASE("law 1: what an edit names is overwritten, whatever the clocks say") {
  ExampleWorld w;
  const Hash three = w.put({.time = 900, .values = {text("3")}});
  const Hash four = w.put({.time = 100, .values = {text("4")}, .over = {three}});
  CHECK(w.cell(kKind).heads == Hashes{four});
  CHECK(w.cell(kKind).values == std::vector{text("4")});
  CHECK(w.status(three) == Status::superseded);
  CHECK(w.status(four) == Status::shown);
}

TEST_CASE("law 1: edits that don't know each other are a conflict, and the latest is shown") {
  ExampleWorld w;
  const Hash old = w.put({.time = 100, .values = {text("2")}});
  const Hash three = w.put({.time = 300, .values = {text("3")}, .over = {old}});
  const Hash four = w.put({.site = "hub", .time = 200, .values = {text("4")}, .over = {old}});
  CHECK(w.cell(kKind).heads == Hashes{three, four});
  CHECK(w.cell(kKind).conflict);
  CHECK(w.status(three) == Status::shown);
  CHECK(w.status(four) == Status::conflicting);
  CHECK(w.status(old) == Status::superseded);
}

TEST_CASE("law 1: concurrent edits that say the same are no conflict") {
  ExampleWorld w;
  const Hash one = w.put({.time = 1, .values = {text("5")}});
  const Hash other = w.put({.site = "hub", .time = 2, .values = {text("5")}});
  CHECK_FALSE(w.cell(kKind).conflict);
  CHECK(w.status(other) == Status::shown);
  CHECK(w.status(one) == Status::equal);
}

TEST_CASE("law 1: a version reaches what it overwrote through void versions") {
  ExampleWorld w;
  const Hash bottom = w.put({.time = 1, .values = {text("2")}});
  const Hash stolen =
      w.put({.author = "thief", .time = 2, .values = {text("5")}, .over = {bottom}});
  const Hash top = w.put({.time = 3, .values = {text("4")}, .over = {stolen}});
  w.act({.site = "hub", .rank = 80}, sync::VoidAccount{"thief", {0}, {}});
  CHECK(w.cell(kKind).heads == Hashes{top});
  CHECK(w.status(stolen) == Status::is_void);
  CHECK(w.status(bottom) == Status::superseded);
}

TEST_CASE("law 2: a save overwrites what its page had seen and its own entries, nothing else") {
  ExampleWorld w;
  const Hash three = w.put({.time = 1, .values = {text("3")}});
  const Hash typed = w.put({.time = 2, .values = {text("4")}, .over = {three}});
  w.world.leaves.back().transaction.entry.page = 7;
  const Hash unseen = w.put({.site = "hub", .time = 3, .values = {text("5")}, .over = {three}});
  const std::vector<Arrived> held{
      {1, w.world.leaves[0]}, {2, w.world.leaves[1]}, {3, w.world.leaves[2]}};
  const auto node = ExampleWorld::site("node");
  const auto expected = [&](const Save& save) {
    const std::array key{text("petrov")};
    return expected_over(w.world, held, save, {kMark, sync::make_key(key)}, kKind);
  };
  CHECK(expected({node, 7, node, 1}) == Hashes{typed});
  CHECK(expected({node, 8, node, 1}) == Hashes{three});
  CHECK(expected({node, 8, node, 3}) == Hashes{typed, unseen});
  CHECK(expected({node, 8, ExampleWorld::site("hub"), 3}).empty());
}

TEST_CASE("law 3: an over that names no version of the same cell is ignored") {
  ExampleWorld w;
  const Hash kind = w.put({.time = 1, .values = {text("test")}});
  const Hash weight = w.put({.time = 2, .group = kWeight, .values = {number(2)}, .over = {kind}});
  const Hash other = w.put({.time = 3, .values = {text("exam")}, .over = {ExampleWorld::nobody()}});
  CHECK(w.cell(kKind).heads == Hashes{kind, other});
  CHECK(w.cell(kWeight).heads == Hashes{weight});
}

TEST_CASE("law 4: a cell moves whole") {
  ExampleWorld w;
  const Hash one = w.put({.time = 1, .group = kValue, .values = {number(2), text("rude")}});
  w.put({.site = "hub", .time = 2, .group = kValue, .values = {number(5), text("well done")}});
  CHECK(w.cell(kValue).values == std::vector{number(5), text("well done")});
  CHECK(w.status(one) == Status::conflicting);
}

TEST_CASE("law 5: an order beats a rank, and a rank beats the clock") {
  ExampleWorld w;
  const Hash teacher = w.put({.time = 9, .group = kValue, .values = {number(3), text("")}});
  CHECK(w.status(teacher) == Status::shown);
  const Hash deputy = w.put(
      {.site = "hub", .rank = 60, .time = 2, .group = kValue, .values = {number(4), text("")}});
  CHECK(w.status(deputy) == Status::shown);
  const Hash order =
      w.put({.site = "laptop", .time = 1, .group = kValue, .values = {number(5), text("order")}});
  CHECK(w.status(order) == Status::shown);
  CHECK(w.status(deputy) == Status::conflicting);
}

TEST_CASE("law 5: a refusal beats a later grant") {
  ExampleWorld w;
  const Say person{.table = kPerson, .key = number(1), .group = kGranted};
  Say named = person;
  named.group = kName;
  named.values = {cipher("Anna")};
  w.put(named);
  Say refused = person;
  refused.time = 1;
  refused.values = {number(0)};
  const Hash refusal = w.put(refused);
  Say granted = person;
  granted.site = "hub";
  granted.time = 2;
  granted.values = {number(1)};
  w.put(granted);
  CHECK(w.status(refusal) == Status::shown);
}

TEST_CASE("law 5: a value beats a later clearing that didn't know it") {
  ExampleWorld w;
  const Hash value = w.put({.time = 1, .group = kWeight, .values = {number(2)}});
  const Hash cleared = w.put({.site = "hub", .time = 2, .group = kWeight, .op = Op::empty});
  CHECK(w.status(value) == Status::shown);
  CHECK(w.status(cleared) == Status::conflicting);
}

TEST_CASE("law 5: the same time is decided by site, then by seq, then by name") {
  ExampleWorld w;
  const Hash hub = w.put({.site = "hub", .time = 1, .values = {text("a")}});
  const Hash node = w.put({.site = "node", .time = 1, .values = {text("b")}});
  CHECK(w.status(node) == Status::shown);
  const Hash later = w.put({.site = "node", .time = 1, .values = {text("c")}});
  CHECK(w.status(later) == Status::shown);
  CHECK(w.status(hub) == Status::conflicting);
}

TEST_CASE("law 6: a knowing delete kills the row, a concurrent edit keeps it alive and listed") {
  ExampleWorld w;
  const Hash value = w.put({.time = 1, .values = {text("3")}});
  const Hash deleted = w.put({.time = 2, .op = Op::tombstone, .over = {value}});
  CHECK(w.row().state == State::dead);
  CHECK(w.status(value) == Status::deleted);
  CHECK(w.status(deleted) == Status::deleted);
  const Hash edit = w.put({.site = "hub", .time = 1, .values = {text("4")}, .over = {value}});
  CHECK(w.row().state == State::live);
  CHECK(w.row().deleted_but_edited);
  CHECK(w.status(edit) == Status::shown);
  CHECK(w.status(deleted) == Status::deleted);
  CHECK(w.status(value) == Status::superseded);
}

TEST_CASE("law 6: a cell of a living row that was wholly deleted shows what lies beneath") {
  ExampleWorld w;
  const Hash lower = w.put({.time = 1, .values = {text("test")}});
  const Hash upper = w.put({.time = 2, .values = {text("exam")}, .over = {lower}});
  const Hash deleted = w.put({.time = 3, .op = Op::tombstone, .over = {upper}});
  w.put({.site = "hub", .time = 3, .group = kWeight, .values = {number(2)}});
  CHECK(w.row().state == State::live);
  CHECK(w.cell(kKind).values == std::vector{text("exam")});
  CHECK(w.status(upper) == Status::shown);
  CHECK(w.status(lower) == Status::superseded);
  CHECK(w.status(deleted) == Status::deleted);
}

TEST_CASE("law 6: a head of a group that isn't known here keeps the row alive") {
  ExampleWorld w;
  const Hash value = w.put({.values = {text("test")}});
  w.put({.op = Op::tombstone, .over = {value}});
  const Hash unknown = w.put({.site = "hub", .group = kUnknown, .values = {number(1)}});
  CHECK(w.row().state == State::live);
  CHECK(w.status(unknown) == Status::unfolded);
  CHECK(w.status(value) == Status::shown);
}

TEST_CASE("law 7: a row whose creation is void is listed, not shown") {
  ExampleWorld w;
  const Hash created = w.put({.author = "thief",
                              .table = kPerson,
                              .key = number(1),
                              .group = kName,
                              .values = {cipher("Anna")}});
  const Hash granted =
      w.put({.table = kPerson, .key = number(1), .group = kGranted, .values = {number(1)}});
  w.act({.site = "hub", .rank = 80}, sync::VoidAccount{"thief", {0}, {}});
  CHECK(w.row(kPerson, number(1)).state == State::orphaned);
  CHECK(w.status(created) == Status::is_void);
  CHECK(w.status(granted) == Status::orphaned);
}

TEST_CASE("law 7: a row all of whose versions are void is absent") {
  ExampleWorld w;
  const Hash made = w.put({.author = "thief", .values = {text("5")}});
  w.act({.site = "hub", .rank = 80}, sync::VoidAccount{"thief", {0}, {}});
  CHECK(w.row().state == State::absent);
  CHECK(w.status(made) == Status::is_void);
}

TEST_CASE("law 8: what only void work had displaced comes back") {
  ExampleWorld w;
  const Hash three = w.put({.time = 1, .values = {text("3")}});
  w.put({.author = "thief", .time = 5, .values = {text("5")}, .over = {three}});
  CHECK(w.status(three) == Status::superseded);
  w.act({.site = "hub", .rank = 80}, sync::VoidAccount{"thief", {5}, {}});
  CHECK(w.status(three) == Status::shown);
}

TEST_CASE("law 9: what doesn't fit its group is set aside and takes no part") {
  ExampleWorld w;
  const Hash good = w.put({.time = 1, .values = {text("3")}});
  const Hash typed = w.put({.time = 2, .values = {number(3)}, .over = {good}});
  const Hash counted = w.put({.time = 3, .values = {text("3"), text("4")}, .over = {good}});
  const Hash clear =
      w.put({.table = kPerson, .key = number(1), .group = kName, .values = {text("in the clear")}});
  const Hash above = w.put({.time = 4, .values = {text("5")}, .over = {typed}});
  CHECK(w.status(typed) == Status::unfolded);
  CHECK(w.status(counted) == Status::unfolded);
  CHECK(w.status(clear) == Status::unfolded);
  CHECK(w.cell(kKind).heads == Hashes{good, above});
}

TEST_CASE("law 9: a table that isn't known here is kept as it is") {
  ExampleWorld w;
  const Hash kept = w.put({.table = kUnknown, .values = {text("3")}});
  CHECK(w.status(kept) == Status::unfolded);
}

TEST_CASE("law 10: a forgotten person's values are erased and compare equal") {
  ExampleWorld w;
  const Say person{.table = kPerson, .key = number(1), .group = kName};
  Say first = person;
  first.values = {cipher("Anna")};
  Say second = person;
  second.site = "hub";
  second.values = {cipher("Inna")};
  const Hash one = w.put(first);
  const Hash other = w.put(second);
  CHECK(w.row(kPerson, number(1)).cells.at(kName).conflict);
  w.act({.site = "hub", .rank = 80}, sync::Forget{number(1)});
  CHECK(w.status(one) == Status::erased);
  CHECK(w.status(other) == Status::erased);
  CHECK_FALSE(w.row(kPerson, number(1)).cells.at(kName).conflict);
  CHECK(w.row(kPerson, number(1)).cells.at(kName).values == std::vector<sync::Value>{sync::Null{}});
}

TEST_CASE("law 10: where a key is missing only equality is judged") {
  ExampleWorld w;
  w.world.open = {};
  const Say person{.table = kPerson, .key = number(1), .group = kName};
  Say said = person;
  said.values = {cipher("Anna")};
  const Hash one = w.put(said);
  said.site = "hub";
  const Hash other = w.put(said);
  CHECK(w.status(one) == Status::shown);
  CHECK(w.status(other) == Status::equal);
}

}  // namespace
}  // namespace zimnik::model
