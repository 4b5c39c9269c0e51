// Laws 6, 7 and 10: the row that its cells make, and what becomes of each version.
#include "sync/core/row.h"

#include <algorithm>
#include <catch2/catch.hpp>

#include "tests/sync/core/samples.h"

using namespace zimnik::sync;
using namespace zimnik::sync::test;
using Cells = std::map<std::uint32_t, Cell>;
using State = RowFold::State;

namespace {

constexpr std::uint32_t kName = 1, kNote = 2;

Table table(std::optional<std::uint32_t> identifying = std::nullopt) {
  Table table;
  table.id = 1;
  table.name = "thing";
  table.key = {{"id", ColumnType::integer}};
  table.groups = {{kName, "name", {{"name"}}}, {kNote, "note", {{"note"}}}};
  table.identifying = identifying;
  return table;
}

Version version(std::uint64_t at, std::vector<std::uint64_t> over, std::int64_t value) {
  Version version;
  version.at = at;
  version.over = std::move(over);
  version.stamp = {{static_cast<std::int64_t>(at)}, site_of(1), at, hash_of(at)};
  version.values = {value};
  return version;
}
Version tomb(std::uint64_t at, std::vector<std::uint64_t> over) {
  auto result = version(at, std::move(over), 0);
  result.is_tombstone = true;
  return result;
}
Version voided(Version version) {
  version.is_void = true;
  return version;
}
Version erased(Version version) {
  version.is_erased = true;
  return version;
}

State state(const Cells& cells, std::optional<std::uint32_t> identifying = std::nullopt) {
  return fold_row(table(identifying), cells).state;
}

/// The status of each version of a cell by its name; every order of them must agree.
std::map<std::uint64_t, Status> statuses(Cells cells, std::uint32_t group,
                                         std::optional<std::uint32_t> identifying = std::nullopt) {
  const auto policy = latest();
  const auto once = [&] {
    const auto found =
        classify(fold_row(table(identifying), cells), group, cells.at(group), &policy);
    std::map<std::uint64_t, Status> result;
    for (std::size_t i = 0; i < found.size(); ++i)
      result[cells.at(group).versions[i].at] = found[i];
    return result;
  };
  auto& versions = cells.at(group).versions;
  const auto by_name = [](const Version& a, const Version& b) { return a.at < b.at; };
  std::sort(versions.begin(), versions.end(), by_name);
  const auto first = once();
  while (std::next_permutation(versions.begin(), versions.end(), by_name)) REQUIRE(once() == first);
  return first;
}

Cell cell_of(std::vector<Version> versions) { return {true, std::move(versions)}; }

}  // namespace

TEST_CASE("a row lives while any of its heads isn't a tombstone") {
  CHECK(state({}) == State::absent);
  CHECK(state({{kName, cell_of({version(1, {}, 1)})}}) == State::live);
  CHECK(state({{kName, cell_of({version(1, {}, 1), tomb(3, {1})})},
               {kNote, cell_of({version(2, {}, 2)})}}) == State::live);
  CHECK(state({{kName, cell_of({version(1, {}, 1), tomb(3, {1})})},
               {kNote, cell_of({version(2, {}, 2), tomb(3, {2})})}}) == State::dead);
}

TEST_CASE("a row whose versions are all void is absent") {
  CHECK(state({{kName, cell_of({voided(version(1, {}, 1))})}}) == State::absent);
  CHECK(state({{kName, cell_of({voided(version(1, {}, 1))})}}, kName) == State::absent);
}

TEST_CASE("a living row with a tombstone among its heads is listed as deleted but edited") {
  const auto listed = [](const Cells& cells) {
    return fold_row(table(), cells).deleted_but_edited;
  };
  CHECK_FALSE(listed({{kName, cell_of({version(1, {}, 1)})}}));
  CHECK(listed({{kName, cell_of({version(1, {}, 1), tomb(3, {1})})},
                {kNote, cell_of({version(2, {}, 2)})}}));
  CHECK_FALSE(listed({{kName, cell_of({version(1, {}, 1), tomb(3, {1})})}}));
}

TEST_CASE("an edit of one cell keeps the whole row, which a concurrent delete covers elsewhere") {
  const Cells cells{{kName, cell_of({version(1, {}, 1), tomb(3, {1})})},
                    {kNote, cell_of({version(2, {}, 2), tomb(3, {2}), version(4, {2}, 5)})}};
  CHECK(statuses(cells, kName) ==
        std::map<std::uint64_t, Status>{{1, Status::shown}, {3, Status::deleted}});
  CHECK(statuses(cells, kNote) == std::map<std::uint64_t, Status>{{2, Status::superseded},
                                                                  {3, Status::deleted},
                                                                  {4, Status::shown}});
}

TEST_CASE("any version of a dead row is deleted") {
  const Cells cells{{kName, cell_of({version(1, {}, 1), version(2, {1}, 2), tomb(3, {2})})}};
  for (const auto& [at, status] : statuses(cells, kName)) CHECK(status == Status::deleted);
}

TEST_CASE("a row whose creation is void is orphaned: listed, not shown") {
  const Cells cells{{kName, cell_of({voided(version(1, {}, 1))})},
                    {kNote, cell_of({version(2, {}, 2)})}};
  CHECK(state(cells, kName) == State::orphaned);
  CHECK(state(cells) == State::live);
  CHECK(statuses(cells, kNote, kName).at(2) == Status::orphaned);
  CHECK(statuses(cells, kName, kName).at(1) == Status::is_void);
  CHECK(state({{kNote, cell_of({version(2, {}, 2)})}}, kName) == State::orphaned);
}

TEST_CASE("a deleted row isn't orphaned: its identifying cell's head is a tombstone") {
  CHECK(state({{kName, cell_of({version(1, {}, 1), tomb(3, {1})})},
               {kNote, cell_of({version(2, {}, 2)})}},
              kName) == State::live);
}

TEST_CASE("a row that is dead is dead, whether or not its creation is void") {
  const Cells cells{{kName, cell_of({voided(version(1, {}, 1))})},
                    {kNote, cell_of({version(2, {}, 2), tomb(3, {2})})}};
  CHECK(state(cells, kName) == State::dead);
}

TEST_CASE("shown, equal, conflicting and superseded are told apart") {
  const Cells cells{{kName, cell_of({version(1, {}, 9), version(2, {1}, 4), version(3, {1}, 5),
                                     version(4, {1}, 4)})}};
  CHECK(statuses(cells, kName) == std::map<std::uint64_t, Status>{{1, Status::superseded},
                                                                  {2, Status::equal},
                                                                  {3, Status::conflicting},
                                                                  {4, Status::shown}});
}

TEST_CASE("the first status that fits is taken: void before erased, erased before the rest") {
  const Cells cells{{kName, cell_of({voided(erased(version(1, {}, 1))), erased(version(2, {}, 2)),
                                     erased(version(3, {2}, 3))})}};
  CHECK(statuses(cells, kName) == std::map<std::uint64_t, Status>{{1, Status::is_void},
                                                                  {2, Status::erased},
                                                                  {3, Status::erased}});
  const Cells dead{{kName, cell_of({erased(version(1, {}, 1)), tomb(2, {1})})}};
  CHECK(statuses(dead, kName) ==
        std::map<std::uint64_t, Status>{{1, Status::erased}, {2, Status::deleted}});
}

TEST_CASE("versions of a group that isn't known here are unfolded, and their heads keep the row") {
  Cells cells{{77, {false, {version(1, {}, 1), voided(version(2, {}, 2))}}},
              {kName, cell_of({version(3, {}, 3), tomb(4, {3})})}};
  CHECK(state(cells) == State::live);
  CHECK(statuses(cells, 77) ==
        std::map<std::uint64_t, Status>{{1, Status::unfolded}, {2, Status::unfolded}});
  cells[77].versions.push_back(tomb(4, {1}));
  CHECK(state(cells) == State::dead);
}

TEST_CASE("a tombstone that was overwritten is superseded in a living row") {
  const Cells cells{{kName, cell_of({version(1, {}, 1), tomb(2, {1}), version(3, {2}, 3)})}};
  CHECK(statuses(cells, kName) == std::map<std::uint64_t, Status>{{1, Status::superseded},
                                                                  {2, Status::superseded},
                                                                  {3, Status::shown}});
}

TEST_CASE("a row that is created again shows nothing of its old content") {
  // The new creation writes every cell that has heads, as empty where nothing was given.
  auto emptied = version(5, {4}, 0);
  emptied.values = {Null{}};
  const Cells cells{{kName, cell_of({version(1, {}, 1), tomb(3, {1}), version(5, {3}, 7)})},
                    {kNote, cell_of({version(2, {}, 2), tomb(4, {2}), emptied})}};
  CHECK(state(cells, kName) == State::live);
  CHECK(statuses(cells, kNote).at(5) == Status::shown);
  CHECK(statuses(cells, kNote).at(2) == Status::superseded);
}

TEST_CASE("every status has a name of its own") {
  std::vector<std::string> names;
  for (int status = 0; status <= static_cast<int>(Status::superseded); ++status) {
    names.emplace_back(name_of(static_cast<Status>(status)));
  }
  CHECK(names.size() == 9);
  CHECK(names.back() == "superseded");
  std::sort(names.begin(), names.end());
  CHECK(std::unique(names.begin(), names.end()) == names.end());
}
