// Laws 1, 5 and 6 for one cell. Every example is folded in every order of its versions.
#include "sync/core/cell.h"

#include <algorithm>
#include <catch2/catch.hpp>

#include "tests/sync/core/samples.h"

using namespace zimnik::sync;
using namespace zimnik::sync::test;
using Names = std::vector<std::uint64_t>;

namespace {

/// Named by `at`, dated at that time too.
Version version(std::uint64_t at, Names over, std::int64_t value) {
  Version version;
  version.at = at;
  version.over = std::move(over);
  version.stamp = {{static_cast<std::int64_t>(at)}, site_of(1), at, hash_of(at)};
  version.values = {value};
  return version;
}
Version tomb(std::uint64_t at, Names over) {
  auto result = version(at, std::move(over), 0);
  result.is_tombstone = true;
  result.values = {};
  return result;
}
Version voided(Version version) {
  version.is_void = true;
  return version;
}

struct Folded {
  Names heads, void_tops, candidates;
  std::uint64_t shown = 0;
  bool is_conflict = false;
  bool operator==(const Folded&) const = default;
};

Folded in_order(const std::vector<Version>& versions, const Policy& policy) {
  const auto fold = fold_cell(versions);
  const auto names = [&](const std::vector<std::size_t>& indexes) {
    REQUIRE(std::is_sorted(indexes.begin(), indexes.end()));
    Names result;
    for (auto index : indexes) result.push_back(versions[index].at);
    std::sort(result.begin(), result.end());
    return result;
  };
  Folded result{names(fold.heads), names(fold.void_tops), names(fold.candidates), 0, false};
  if (!fold.candidates.empty()) {
    result.shown = versions[shown(versions, fold, policy)].at;
    result.is_conflict = is_conflict(versions, fold);
  }
  return result;
}

Folded fold(std::vector<Version> versions, const Policy& policy = latest()) {
  const auto by_name = [](const Version& a, const Version& b) { return a.at < b.at; };
  std::sort(versions.begin(), versions.end(), by_name);
  const auto first = in_order(versions, policy);
  while (std::next_permutation(versions.begin(), versions.end(), by_name)) {
    REQUIRE(in_order(versions, policy) == first);
  }
  return first;
}

}  // namespace

TEST_CASE("a cell without versions has no head") { CHECK(fold({}) == Folded{}); }

TEST_CASE("who saw a version overwrites it") {
  CHECK(fold({version(1, {}, 3), version(2, {1}, 4)}) == Folded{{2}, {}, {2}, 2, false});
}

TEST_CASE("knowledge decides, not clocks: an overwriting version may be dated earlier") {
  auto earlier = version(2, {1}, 4);
  earlier.stamp.time.ms = -1000;
  CHECK(fold({version(1, {}, 3), earlier}).shown == 2);
}

TEST_CASE("versions that didn't see each other are both heads; the latest is shown") {
  CHECK(fold({version(1, {}, 3), version(2, {1}, 4), version(3, {1}, 5)}) ==
        Folded{{2, 3}, {}, {2, 3}, 3, true});
}

TEST_CASE("two heads of one value are no conflict") {
  CHECK(fold({version(1, {}, 4), version(2, {}, 4)}) == Folded{{1, 2}, {}, {1, 2}, 2, false});
}

TEST_CASE("a conflict is resolved by a write over all of the heads") {
  CHECK(fold({version(1, {}, 3), version(2, {}, 4), version(3, {1, 2}, 4)}) ==
        Folded{{3}, {}, {3}, 3, false});
}

TEST_CASE("a version is overwritten through a chain") {
  CHECK(fold({version(1, {}, 1), version(2, {1}, 2), version(3, {2}, 3), version(4, {3}, 4)}) ==
        Folded{{4}, {}, {4}, 4, false});
}

TEST_CASE("what only a void version displaced comes back") {
  CHECK(fold({version(1, {}, 3), voided(version(2, {1}, 4))}) == Folded{{1}, {2}, {1}, 1, false});
}

TEST_CASE("what was superseded knowingly stays so, the chain leading through a void version") {
  CHECK(fold({version(1, {}, 3), voided(version(2, {1}, 4)), version(3, {2}, 5)}) ==
        Folded{{3}, {}, {3}, 3, false});
}

TEST_CASE("a void version beside the chain takes nothing away") {
  CHECK(fold({version(1, {}, 3), version(2, {1}, 4), voided(version(3, {1, 2}, 5)),
              voided(version(4, {3}, 6))}) == Folded{{2}, {4}, {2}, 2, false});
}

TEST_CASE("where all is void there is no head, and the void tops lead to everything") {
  CHECK(fold({voided(version(1, {}, 3)), voided(version(2, {1}, 4)), voided(version(3, {1}, 5))}) ==
        Folded{{}, {2, 3}, {}, 0, false});
}

TEST_CASE("over that names no version of the cell is passed over") {
  CHECK(fold({version(1, {77}, 3), version(2, {1, 99}, 4)}) == Folded{{2}, {}, {2}, 2, false});
}

TEST_CASE("an edit survives a concurrent delete") {
  CHECK(fold({version(1, {}, 3), version(2, {1}, 4), tomb(3, {1})}) ==
        Folded{{2, 3}, {}, {2}, 2, false});
}

TEST_CASE("where all heads are tombstones the maximal values beneath may be shown") {
  CHECK(fold({version(1, {}, 3), version(2, {1}, 4), tomb(3, {2})}) ==
        Folded{{3}, {}, {2}, 2, false});
  // Two values that didn't see each other, deleted together: both are maximal.
  CHECK(fold({version(1, {}, 3), version(2, {}, 4), tomb(3, {1, 2})}) ==
        Folded{{3}, {}, {1, 2}, 2, true});
}

TEST_CASE("a value beneath a tombstone that another value overwrote through it isn't maximal") {
  CHECK(fold({version(1, {}, 3), tomb(2, {1}), version(3, {2}, 4), tomb(4, {3})}) ==
        Folded{{4}, {}, {3}, 3, false});
}

TEST_CASE("a void value beneath a tombstone is no candidate, but the way through it counts") {
  CHECK(fold({version(1, {}, 3), voided(version(2, {1}, 4)), tomb(3, {2})}) ==
        Folded{{3}, {}, {1}, 1, false});
  CHECK(fold({version(1, {}, 3), voided(version(2, {1}, 4)), version(3, {2}, 5), tomb(4, {3})}) ==
        Folded{{4}, {}, {3}, 3, false});
}

TEST_CASE("a tombstone over nothing that is left shows nothing") {
  CHECK(fold({tomb(1, {}), tomb(2, {1})}) == Folded{{2}, {}, {}, 0, false});
}

TEST_CASE("a void delete gives the value back") {
  CHECK(fold({version(1, {}, 3), voided(tomb(2, {1}))}) == Folded{{1}, {2}, {1}, 1, false});
}

TEST_CASE("the policy picks among the heads alone, not among what they overwrote") {
  auto high = version(1, {}, 3), low = version(2, {1}, 4), other = version(3, {1}, 5);
  high.rank = 100;
  low.rank = 60;
  other.rank = 20;
  const auto policy = authority([](std::span<const Value>) { return 0; });
  CHECK(fold({high, low, other}, policy).shown == 2);
}

TEST_CASE("a long chain is folded in no deep recursion") {
  std::vector<Version> versions;
  for (std::uint64_t at = 1; at <= 100'000; ++at) {
    versions.push_back(version(at, at > 1 ? Names{at - 1} : Names{}, 3));
  }
  CHECK(in_order(versions, latest()).heads == Names{100'000});
}
