// What an act is said to have voided by itself, and what of its account's comes before it.
#include "sync/core/act_reach.h"

#include <algorithm>
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

namespace {

/// Acts by their numbers, which are their hashes' too, all of kOtherNode unless said otherwise.
struct Acts {
  std::vector<PlacedAct> all;

  void add(std::uint64_t number, decltype(Act::what) what, std::uint16_t rank = rank::kPrincipal,
           std::uint64_t site = kOtherNode) {
    all.push_back({hash_of(number), site_of(site), 10 + number, rank, that(std::move(what))});
  }
  std::vector<Hash> undoing(std::uint64_t number) const {
    const auto sites = some_sites();
    const Verdict verdict(all, sites);
    for (const auto& act : all) {
      if (act.hash == hash_of(number)) return undone_by(act, all, sites, verdict);
    }
    return {};
  }
};

std::vector<Hash> named(std::initializer_list<std::uint64_t> numbers) {
  std::vector<Hash> result;
  for (const auto number : numbers) result.push_back(hash_of(number));
  std::sort(result.begin(), result.end());
  return result;
}

}  // namespace

TEST_CASE("an act that was revoked is undone by the revocations in force, and by no other") {
  Acts acts;
  acts.add(1, VoidAccount{kAnna, {100}, {}});
  acts.add(2, Revoke{hash_of(1)});
  acts.add(3, Revoke{hash_of(1)}, rank::kTechnicalSpecialist);  // too low
  acts.add(4, Revoke{hash_of(5)});
  CHECK(acts.undoing(1) == named({2}));
  CHECK(acts.undoing(2).empty());
  acts.add(5, Revoke{hash_of(1)});
  CHECK(acts.undoing(1) == named({2}));
  CHECK(acts.undoing(5) == named({4}));
}

TEST_CASE("an act is undone by what voids its site from a higher rank, a successor's too") {
  Acts acts;
  acts.add(1, VoidAccount{kAnna, {100}, {}}, rank::kPrincipal, kNode);
  acts.add(2, VoidAccount{kAnna, {100}, {}}, rank::kPrincipal, kSuccessor);
  acts.add(3, VoidSite{site_of(kNode), 1, 1});  // of equal rank: doesn't
  CHECK(acts.undoing(1).empty());
  auto sites = some_sites();
  sites[site_of(1)] = {SiteKind::hub, true};
  acts.add(4, VoidSite{site_of(kNode), 1, 1}, rank::kOperator, 1);
  const Verdict verdict(acts.all, sites);
  CHECK(undone_by(acts.all[0], acts.all, sites, verdict) == named({4}));
  CHECK(undone_by(acts.all[1], acts.all, sites, verdict) == named({4}));
}

TEST_CASE("of two sites that void each other one act is undone by the other's") {
  Acts acts;
  acts.add(1, VoidSite{site_of(kOtherNode), 1, 1}, rank::kPrincipal, kNode);
  acts.add(2, VoidSite{site_of(kNode), 1, 1});
  const bool first_stays = hash_of(1) < hash_of(2);
  CHECK(acts.undoing(1) == (first_stays ? named({}) : named({2})));
  CHECK(acts.undoing(2) == (first_stays ? named({1}) : named({})));
}

TEST_CASE("an act of too low a rank is undone by nothing, and isn't in force") {
  Acts acts;
  acts.add(1, VoidAccount{kAnna, {100}, {}}, rank::kDeputyHead);
  acts.add(2, Revoke{hash_of(1)});
  CHECK(acts.undoing(1).empty());
}
