// Law 5: what is shown is a function of the heads alone.
#include "sync/core/policy.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <numeric>

#include "tests/sync/core/samples.h"

using namespace zimnik::sync;
using namespace zimnik::sync::test;

namespace {

struct Head {
  std::vector<Value> values;
  std::uint16_t rank = 0;
  Stamp stamp = {};
};

Head at(std::int64_t time, std::vector<Value> values, std::uint16_t rank = 0) {
  return {std::move(values), rank, {{time}, site_of(1), 1, hash_of(1)}};
}

/// The index of the picked one; every order must pick the same.
std::size_t picked(const Policy& policy, const std::vector<Head>& heads) {
  std::vector<std::size_t> order(heads.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::vector<std::size_t> picks;
  do {
    std::vector<Candidate> candidates;
    for (auto i : order) candidates.push_back({heads[i].stamp, heads[i].rank, heads[i].values});
    picks.push_back(order[policy.pick(candidates)]);
  } while (std::next_permutation(order.begin(), order.end()));
  REQUIRE(std::equal(picks.begin() + 1, picks.end(), picks.begin()));
  return picks.front();
}

const Value kOrder = Text{"order"}, kNo = Text{"no"}, kYes = Text{"yes"};

Policy by_order() {
  return authority([](std::span<const Value> values) { return values[0] == kOrder ? 1 : 0; });
}
Policy refusals() {
  return revocation_wins([](std::span<const Value> values) { return values[0] == kNo; });
}

}  // namespace

TEST_CASE("latest goes by time, then site, then seq, then leaf hash") {
  const Stamp base{{5}, site_of(1), 5, hash_of(1)};
  auto later = base, of_site = base, of_seq = base, of_leaf = base;
  later.time.ms = 6;
  of_site.site.bytes[0] = static_cast<std::uint8_t>(of_site.site.bytes[0] + 1);
  of_seq.seq = 6;
  of_leaf.leaf.bytes[31] = static_cast<std::uint8_t>(of_leaf.leaf.bytes[31] ^ 0x40);
  if (of_leaf.leaf < base.leaf) of_leaf.leaf.bytes[0] = 0xff;
  const std::vector<Stamp> rising{base, of_leaf, of_seq, of_site, later};
  for (std::size_t i = 0; i < rising.size(); ++i) {
    std::vector<Head> heads;
    for (std::size_t k = 0; k <= i; ++k) heads.push_back({{}, 0, rising[k]});
    CHECK(picked(latest(), heads) == i);
  }
}

TEST_CASE("latest doesn't look at ranks and values") {
  CHECK(picked(latest(), {at(1, {kOrder}, 100), at(2, {Null{}}, 0), at(0, {kNo}, 50)}) == 1);
}

TEST_CASE("authority goes by the basis, then the rank, then the latest") {
  CHECK(picked(by_order(), {at(1, {kOrder}, 20), at(9, {kYes}, 60), at(8, {kYes}, 100)}) == 0);
  CHECK(picked(by_order(), {at(1, {kYes}, 60), at(9, {kYes}, 20), at(5, {kYes}, 0)}) == 0);
  CHECK(picked(by_order(), {at(1, {kYes}, 20), at(9, {kYes}, 20), at(5, {kYes}, 20)}) == 1);
  CHECK(picked(by_order(), {at(1, {kOrder}, 60), at(9, {kOrder}, 20)}) == 0);
}

TEST_CASE("no rank outweighs a stronger basis") {
  CHECK(picked(by_order(), {at(1, {kOrder}, 0), at(2, {kYes}, UINT16_MAX)}) == 0);
}

TEST_CASE("a weight says what a command may cover") {
  const auto weight = [](const Head& head) {
    return by_order().weight({head.stamp, head.rank, head.values});
  };
  CHECK(weight(at(1, {kYes}, 20)) < weight(at(0, {kYes}, 60)));
  CHECK(weight(at(1, {kYes}, 100)) < weight(at(0, {kOrder}, 0)));
  CHECK(weight(at(1, {kYes}, 20)) == weight(at(9, {kYes}, 20)));
  for (const auto& policy : {latest(), refusals(), value_beats_clear()}) {
    CHECK(policy.weight == nullptr);
  }
}

TEST_CASE("a refusal beats whatever is later; among refusals the latest is shown") {
  CHECK(picked(refusals(), {at(1, {kNo}), at(9, {kYes}, 100), at(8, {kYes})}) == 0);
  CHECK(picked(refusals(), {at(1, {kNo}), at(3, {kNo}), at(8, {kYes})}) == 1);
  CHECK(picked(refusals(), {at(1, {kYes}), at(3, {kYes})}) == 1);
}

TEST_CASE("a value beats a clear; among values the latest is shown") {
  const auto policy = value_beats_clear();
  CHECK(picked(policy, {at(1, {kYes, Null{}}), at(9, {Null{}, Null{}})}) == 0);
  CHECK(picked(policy, {at(1, {kYes}), at(2, {kNo}), at(9, {Null{}})}) == 1);
  CHECK(picked(policy, {at(1, {Null{}}), at(2, {Null{}})}) == 1);
  CHECK(picked(policy, {at(1, {kYes}), at(9, {})}) == 0);
}
