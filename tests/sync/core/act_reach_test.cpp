// What an act is said to have voided by itself, and what of its account's comes before it.
#include "sync/core/act_reach.h"

#include <catch2/catch.hpp>

#include "tests/sync/core/samples.h"

using namespace zimnik::sync;
using namespace zimnik::sync::test;

namespace {

constexpr std::uint64_t kNode = 2, kOtherNode = 3, kSuccessor = 5, kSecondSuccessor = 6,
                        kStranger = 7;
const std::string kAnna = "anna", kBen = "ben";

Act that(decltype(Act::what) what) { return {std::move(what), "a reason", {}}; }

/// kNode vouches for a successor, that for a second one.
KnownSites some_sites() {
  return {{site_of(kNode), {SiteKind::node, true}},
          {site_of(kOtherNode), {SiteKind::node, true}},
          {site_of(kSuccessor), {SiteKind::node, false, {site_of(kNode)}}},
          {site_of(kSecondSuccessor), {SiteKind::node, false, {site_of(kSuccessor)}}},
          {site_of(kStranger), {SiteKind::node, false}}};
}

bool covers(const Act& act, std::uint64_t site, std::uint64_t seq, const std::string& author,
            std::int64_t time, Stream stream = Stream::shared) {
  const auto sites = some_sites();
  const PlacedAct placed{hash_of(1), site_of(kOtherNode), 1, rank::kPrincipal, act};
  const Verdict verdict(std::span(&placed, 1), sites);
  return ActReach(act, sites, verdict).covers({{site_of(site), stream}, seq, author, {time}});
}

}  // namespace

TEST_CASE("an account's act reaches what the account wrote in its interval, on any site") {
  const auto of_anna = that(VoidAccount{kAnna, {100}, Time{200}});
  for (const auto site : {kNode, kOtherNode, kStranger}) {
    CHECK_FALSE(covers(of_anna, site, 1, kAnna, 99));
    CHECK(covers(of_anna, site, 1, kAnna, 100));
    CHECK(covers(of_anna, site, 1, kAnna, 199));
    CHECK_FALSE(covers(of_anna, site, 1, kAnna, 200));
    CHECK_FALSE(covers(of_anna, site, 1, kBen, 100));
  }
  CHECK(covers(that(VoidAccount{kAnna, {100}, {}}), kNode, 1, kAnna, INT64_MAX));
}

TEST_CASE("a site's act reaches its leaves from a seq on, another one in each stream") {
  const auto of_node = that(VoidSite{site_of(kNode), 5, 3});
  CHECK_FALSE(covers(of_node, kNode, 4, kAnna, 1));
  CHECK(covers(of_node, kNode, 5, kAnna, 1));
  CHECK_FALSE(covers(of_node, kNode, 2, kAnna, 1, Stream::school));
  CHECK(covers(of_node, kNode, 3, kAnna, 1, Stream::school));
  CHECK_FALSE(covers(of_node, kOtherNode, 9, kAnna, 1));
}

TEST_CASE("a site's act reaches all of those that fell with it, by any chain, and no others") {
  const auto of_node = that(VoidSite{site_of(kNode), 5, 3});
  CHECK(covers(of_node, kSuccessor, 1, kAnna, 1));
  CHECK(covers(of_node, kSecondSuccessor, 1, kAnna, 1, Stream::school));
  CHECK_FALSE(covers(of_node, kStranger, 1, kAnna, 1));  // fallen, but by itself
}

TEST_CASE("acts that void nothing reach nothing") {
  CHECK_FALSE(covers(that(Revoke{hash_of(2)}), kNode, 1, kAnna, 1));
  CHECK_FALSE(covers(that(Forget{Text{kAnna}}), kNode, 1, kAnna, 1));
}

TEST_CASE("what its account is dated before the moment precedes an act, not what comes after") {
  const auto of_anna = that(VoidAccount{kAnna, {100}, Time{200}});
  const ActReach reach(of_anna, some_sites(), {});
  CHECK(reach.precedes(kAnna, {99}));
  CHECK_FALSE(reach.precedes(kAnna, {100}));
  CHECK_FALSE(reach.precedes(kAnna, {200}));
  CHECK_FALSE(reach.precedes(kBen, {99}));
  const auto of_site = that(VoidSite{site_of(kNode), 1, 1});
  CHECK_FALSE(ActReach(of_site, some_sites(), {}).precedes(kAnna, {99}));
}
