// Law 8, clause by clause.
#include "sync/core/act.h"

#include <algorithm>
#include <catch2/catch.hpp>

#include "tests/sync/core/samples.h"

using namespace zimnik::sync;
using namespace zimnik::sync::test;

namespace {

constexpr std::uint64_t kHub = 1, kNode = 2, kOtherNode = 3, kLaptop = 4, kSuccessor = 5,
                        kSecondSuccessor = 6;

std::map<SiteId, KnownSite> some_sites() {
  return {{site_of(kHub), {SiteKind::hub, true}},
          {site_of(kNode), {SiteKind::node, true}},
          {site_of(kOtherNode), {SiteKind::node, true}},
          {site_of(kLaptop), {SiteKind::laptop, true}}};
}

/// Hashes are given, for the smaller one wins a tie.
Hash name(std::uint8_t first) {
  Hash hash;
  hash.bytes[0] = first;
  return hash;
}

PlacedAct placed(std::uint8_t hash, std::uint64_t site, std::uint64_t seq, std::uint16_t rank,
                 decltype(Act::what) what) {
  return {name(hash), site_of(site), seq, rank, {std::move(what), "a reason", {}}};
}

VoidSite from(std::uint64_t site, std::uint64_t shared, std::uint64_t school) {
  return {site_of(site), shared, school};
}

/// In every order of arrival; all orders must agree.
Verdict verdict(std::vector<PlacedAct> acts, const std::map<SiteId, KnownSite>& sites) {
  const auto by_hash = [](const PlacedAct& a, const PlacedAct& b) { return a.hash < b.hash; };
  std::sort(acts.begin(), acts.end(), by_hash);
  const Verdict first(acts, sites);
  while (std::next_permutation(acts.begin(), acts.end(), by_hash)) {
    REQUIRE(Verdict(acts, sites) == first);
  }
  return first;
}

Verdict verdict(std::vector<PlacedAct> acts) { return verdict(std::move(acts), some_sites()); }

const VoidAccount kAccount{"anna", {100}, std::nullopt};
const Hash kFirst = name(1);

bool voids_edit_at(const Verdict& verdict, std::int64_t time, const char* author = "anna") {
  return verdict.voids_edit(log_of(kNode), 1, author, {time});
}

}  // namespace

TEST_CASE("without acts nothing is void") {
  const Verdict clear;
  CHECK(clear.is_clear());
  CHECK(clear == verdict({}));
  CHECK_FALSE(voids_edit_at(clear, 100));
  CHECK_FALSE(clear.voids_leaf(log_of(kNode), 1));
}

TEST_CASE("an account's edits are void from the moment on, in both streams") {
  const auto found = verdict({placed(1, kNode, 1, rank::kPrincipal, kAccount)});
  CHECK_FALSE(found.is_clear());
  CHECK_FALSE(voids_edit_at(found, 99));
  CHECK(voids_edit_at(found, 100));
  CHECK(voids_edit_at(found, INT64_MAX));
  CHECK_FALSE(voids_edit_at(found, 100, "boris"));
  CHECK(found.voids_edit(log_of(kOtherNode, Stream::school), 9, "anna", {100}));
}

TEST_CASE("an account's edits are void in an interval that its end isn't in") {
  const auto found =
      verdict({placed(1, kNode, 1, rank::kPrincipal, VoidAccount{"anna", {100}, Time{200}}),
               placed(2, kNode, 2, rank::kPrincipal, VoidAccount{"anna", {300}, Time{400}})});
  for (std::int64_t time : {100, 199, 300, 399}) CHECK(voids_edit_at(found, time));
  for (std::int64_t time : {99, 200, 299, 400}) CHECK_FALSE(voids_edit_at(found, time));
}

TEST_CASE("no leaf is void by its account and time alone: an act isn't") {
  const auto found = verdict({placed(1, kNode, 1, rank::kPrincipal, kAccount)});
  CHECK_FALSE(found.voids_leaf(log_of(kNode), 1));
}

TEST_CASE("a site's leaves are void from a seq on, another one in each stream") {
  const auto found = verdict({placed(1, kHub, 1, rank::kTechnicalSpecialist, from(kNode, 5, 8))});
  CHECK_FALSE(found.voids_leaf(log_of(kNode), 4));
  CHECK(found.voids_leaf(log_of(kNode), 5));
  CHECK_FALSE(found.voids_leaf(log_of(kNode, Stream::school), 7));
  CHECK(found.voids_leaf(log_of(kNode, Stream::school), 8));
  CHECK_FALSE(found.voids_leaf(log_of(kOtherNode), 5));
  CHECK(found.voids_edit(log_of(kNode), 5, "anyone", {0}));
}

TEST_CASE("of two acts on one site the earlier seq of each stream counts") {
  const auto found = verdict({placed(1, kHub, 1, rank::kOperator, from(kNode, 5, 8)),
                              placed(2, kHub, 2, rank::kOperator, from(kNode, 7, 2))});
  CHECK(found.voids_leaf(log_of(kNode), 5));
  CHECK_FALSE(found.voids_leaf(log_of(kNode, Stream::school), 1));
  CHECK(found.voids_leaf(log_of(kNode, Stream::school), 2));
}

TEST_CASE(
    "accounts and persons are the principal's and the operator's, keys the specialist's too") {
  const auto in_force = [](std::uint16_t rank, decltype(Act::what) what) {
    return verdict({placed(1, kHub, 1, rank, std::move(what))}).in_force(kFirst);
  };
  for (std::uint16_t rank : {rank::kOperator, rank::kPrincipal}) {
    CHECK(in_force(rank, kAccount));
    CHECK(in_force(rank, Forget{std::int64_t{1}}));
    CHECK(in_force(rank, from(kNode, 1, 1)));
  }
  for (std::uint16_t rank : {rank::kDeputyHead, rank::kTechnicalSpecialist}) {
    CHECK_FALSE(in_force(rank, kAccount));
    CHECK_FALSE(in_force(rank, Forget{std::int64_t{1}}));
    CHECK(in_force(rank, from(kNode, 1, 1)));
  }
  CHECK_FALSE(in_force(rank::kTechnicalSpecialist - 1, from(kNode, 1, 1)));
  CHECK_FALSE(in_force(rank::kComputed, kAccount));
}

TEST_CASE("a site caps the rank of its acts by its kind in the site record") {
  const auto of = [](std::uint64_t site) {
    return verdict({placed(1, site, 1, rank::kOperator, kAccount)}).in_force(kFirst);
  };
  CHECK(of(kHub));
  CHECK(of(kNode));
  CHECK_FALSE(of(kLaptop));
  CHECK_FALSE(of(99));  // a site that nobody knows
  // An operator on a node is no more than a principal: the principal's revocation counts.
  const auto found = verdict({placed(1, kNode, 1, rank::kOperator, kAccount),
                              placed(2, kOtherNode, 1, rank::kPrincipal, Revoke{kFirst})});
  CHECK_FALSE(found.in_force(kFirst));
}

TEST_CASE("a revocation undoes the act that it names, of no lower rank") {
  const auto after = [](std::uint16_t rank) {
    return verdict(
        {placed(1, kHub, 1, rank::kPrincipal, kAccount), placed(2, kHub, 2, rank, Revoke{kFirst})});
  };
  CHECK(after(rank::kPrincipal).is_clear());
  CHECK(after(rank::kOperator).is_clear());
  CHECK(after(rank::kDeputyHead).in_force(kFirst));
  CHECK(after(rank::kTechnicalSpecialist).in_force(kFirst));
  CHECK_FALSE(verdict({placed(1, kHub, 1, rank::kPrincipal, kAccount),
                       placed(2, kHub, 2, rank::kPrincipal, Revoke{name(9)})})
                  .is_clear());
}

TEST_CASE("a revocation counts also where it is placed, and arrives, before its act") {
  const auto found = verdict({placed(1, kNode, 9, rank::kPrincipal, kAccount),
                              placed(2, kNode, 1, rank::kPrincipal, Revoke{kFirst})});
  CHECK_FALSE(found.in_force(kFirst));
  const auto alone = verdict({placed(2, kNode, 1, rank::kPrincipal, Revoke{kFirst})});
  CHECK(alone.in_force(name(2)));
  CHECK(alone.is_clear());
}

TEST_CASE("the revocation of a revocation brings the act back") {
  const auto found = verdict({placed(1, kHub, 1, rank::kPrincipal, kAccount),
                              placed(2, kHub, 2, rank::kPrincipal, Revoke{kFirst}),
                              placed(3, kHub, 3, rank::kPrincipal, Revoke{name(2)})});
  CHECK(found.in_force(kFirst));
  CHECK_FALSE(found.in_force(name(2)));
  CHECK(voids_edit_at(found, 100));
}

TEST_CASE("a revoked site's acts of lower rank are void from the seq on, the others stay") {
  const auto after = [](std::uint64_t shared_from, std::uint16_t rank) {
    const auto with_hashes = [&](std::uint8_t its, std::uint8_t of_hub) {
      return verdict({placed(its, kNode, 5, rank::kPrincipal, kAccount),
                      placed(of_hub, kHub, 1, rank, from(kNode, shared_from, 1))})
          .in_force(name(its));
    };
    const bool stays = with_hashes(1, 2);
    CHECK(stays == with_hashes(2, 1));  // it doesn't void the hub, so there is no tie
    return stays;
  };
  CHECK_FALSE(after(5, rank::kOperator));
  CHECK_FALSE(after(1, rank::kOperator));
  CHECK(after(6, rank::kOperator));
  CHECK(after(5, rank::kPrincipal));  // of no lower rank
  CHECK(after(5, rank::kTechnicalSpecialist));
}

TEST_CASE("what a void act did is undone, and a void revocation undoes nothing") {
  const auto found = verdict({placed(1, kHub, 1, rank::kPrincipal, kAccount),
                              placed(2, kNode, 5, rank::kPrincipal, Revoke{kFirst}),
                              placed(3, kHub, 2, rank::kOperator, from(kNode, 5, 5))});
  CHECK(found.in_force(kFirst));
  CHECK_FALSE(found.in_force(name(2)));
}

TEST_CASE("of two sites that revoke each other the higher rank wins") {
  const auto found =
      verdict({placed(2, kNode, 5, rank::kPrincipal, from(kOtherNode, 1, 1)),
               placed(1, kOtherNode, 5, rank::kTechnicalSpecialist, from(kNode, 1, 1))});
  CHECK(found.in_force(name(2)));
  CHECK_FALSE(found.in_force(name(1)));
  CHECK(found.voids_leaf(log_of(kOtherNode), 1));
  CHECK_FALSE(found.voids_leaf(log_of(kNode), 1));
}

TEST_CASE("of two sites of one rank that revoke each other the smaller hash wins") {
  const auto found = verdict({placed(1, kNode, 5, rank::kPrincipal, from(kOtherNode, 1, 1)),
                              placed(2, kOtherNode, 5, rank::kPrincipal, from(kNode, 1, 1))});
  CHECK(found.in_force(name(1)));
  CHECK_FALSE(found.in_force(name(2)));
  const auto turned = verdict({placed(2, kNode, 5, rank::kPrincipal, from(kOtherNode, 1, 1)),
                               placed(1, kOtherNode, 5, rank::kPrincipal, from(kNode, 1, 1))});
  CHECK(turned.in_force(name(1)));
  CHECK(turned.voids_leaf(log_of(kNode), 1));
}

TEST_CASE("two revocations that don't reach each other's act both stand") {
  // Each leaves alone what stands before the other's act.
  const auto found = verdict({placed(1, kNode, 5, rank::kPrincipal, from(kOtherNode, 6, 6)),
                              placed(2, kOtherNode, 5, rank::kPrincipal, from(kNode, 6, 6))});
  CHECK(found.in_force(name(1)));
  CHECK(found.in_force(name(2)));
}

TEST_CASE("a revoked loser of a tie doesn't come back, a revoked winner gives way") {
  const auto found = verdict({placed(1, kNode, 5, rank::kPrincipal, from(kOtherNode, 1, 1)),
                              placed(2, kOtherNode, 5, rank::kPrincipal, from(kNode, 1, 1)),
                              placed(3, kHub, 1, rank::kOperator, Revoke{name(1)})});
  CHECK_FALSE(found.in_force(name(1)));
  CHECK(found.in_force(name(2)));
}

TEST_CASE("a successor falls with the site that vouches for it, until it is certified") {
  auto sites = some_sites();
  sites[site_of(kSuccessor)] = {SiteKind::node, false, {site_of(kNode)}};
  sites[site_of(kSecondSuccessor)] = {SiteKind::node, false, {site_of(kSuccessor)}};
  const auto revoked = placed(1, kHub, 1, rank::kOperator, from(kNode, 50, 50));
  const auto before = verdict({revoked}, sites);
  CHECK_FALSE(before.voids_leaf(log_of(kNode), 1));
  CHECK(before.voids_leaf(log_of(kSuccessor), 1));
  CHECK(before.voids_leaf(log_of(kSecondSuccessor, Stream::school), 1));
  CHECK_FALSE(before.voids_leaf(log_of(kOtherNode), 1));

  sites[site_of(kSuccessor)].certified = true;
  const auto after = verdict({revoked}, sites);
  CHECK(after.voids_leaf(log_of(kNode), 50));
  CHECK_FALSE(after.voids_leaf(log_of(kSuccessor), 1));
  CHECK_FALSE(after.voids_leaf(log_of(kSecondSuccessor), 1));
}

TEST_CASE("a successor's acts of lower rank fall with the site that vouches for it") {
  auto sites = some_sites();
  sites[site_of(kSuccessor)] = {SiteKind::node, false, {site_of(kNode)}};
  const std::vector<PlacedAct> acts{placed(1, kSuccessor, 1, rank::kPrincipal, kAccount),
                                    placed(2, kHub, 1, rank::kOperator, from(kNode, 50, 50))};
  CHECK_FALSE(verdict(acts, sites).in_force(kFirst));
  sites[site_of(kSuccessor)].certified = true;
  CHECK(verdict(acts, sites).in_force(kFirst));
}

TEST_CASE("sites that vouch for each other in a circle fall with the one who vouched for one") {
  auto sites = some_sites();
  sites[site_of(kSuccessor)] = {SiteKind::node, false, {site_of(kSecondSuccessor), site_of(kNode)}};
  sites[site_of(kSecondSuccessor)] = {SiteKind::node, false, {site_of(kSuccessor)}};
  const auto untouched =
      verdict({placed(1, kHub, 1, rank::kOperator, from(kOtherNode, 1, 1))}, sites);
  CHECK_FALSE(untouched.voids_leaf(log_of(kSuccessor), 1));
  const auto found = verdict({placed(1, kHub, 1, rank::kOperator, from(kNode, 1, 1))}, sites);
  CHECK(found.voids_leaf(log_of(kSuccessor), 1));
  CHECK(found.voids_leaf(log_of(kSecondSuccessor), 1));
}

TEST_CASE("nobody stands by its own word, nor by that of a circle, without any act") {
  auto sites = some_sites();
  sites[site_of(kSuccessor)] = {SiteKind::node, false, {site_of(kSuccessor)}};
  CHECK(verdict({}, sites).voids_leaf(log_of(kSuccessor), 1));
  CHECK(verdict({}, sites).has_fallen(site_of(kSuccessor)));
  CHECK_FALSE(verdict({}, sites).is_clear());
  sites[site_of(kSuccessor)].vouched_by = {site_of(kSecondSuccessor)};
  sites[site_of(kSecondSuccessor)] = {SiteKind::node, false, {site_of(kSuccessor)}};
  CHECK(verdict({}, sites).voids_leaf(log_of(kSuccessor), 1));
  sites[site_of(kSuccessor)].vouched_by.push_back(site_of(99));  // whom nobody knows
  CHECK(verdict({}, sites).voids_leaf(log_of(kSuccessor), 1));
}

TEST_CASE("a stolen site doesn't take down whom another that stands vouched for too") {
  auto sites = some_sites();
  sites[site_of(kSuccessor)] = {SiteKind::node, false, {site_of(kNode), site_of(kOtherNode)}};
  sites[site_of(kSecondSuccessor)] = {SiteKind::node, false, {site_of(kSuccessor)}};
  const auto node = placed(1, kHub, 1, rank::kOperator, from(kNode, 1, 1));
  const auto other = placed(2, kHub, 2, rank::kOperator, from(kOtherNode, 90, 90));
  CHECK_FALSE(verdict({node}, sites).voids_leaf(log_of(kSuccessor), 1));
  CHECK_FALSE(verdict({other}, sites).voids_leaf(log_of(kSecondSuccessor), 1));
  CHECK(verdict({node, other}, sites).voids_leaf(log_of(kSuccessor), 1));
  CHECK(verdict({node, other}, sites).voids_leaf(log_of(kSecondSuccessor), 1));
}

TEST_CASE("an uncertified site that is voided itself keeps what stands before, its successor not") {
  auto sites = some_sites();
  sites[site_of(kSuccessor)] = {SiteKind::node, false, {site_of(kNode)}};
  sites[site_of(kSecondSuccessor)] = {SiteKind::node, false, {site_of(kSuccessor)}};
  const auto found = verdict({placed(1, kHub, 1, rank::kOperator, from(kSuccessor, 5, 7))}, sites);
  CHECK_FALSE(found.voids_leaf(log_of(kSuccessor), 4));
  CHECK(found.voids_leaf(log_of(kSuccessor), 5));
  CHECK_FALSE(found.voids_leaf(log_of(kSuccessor, Stream::school), 6));
  CHECK(found.voids_leaf(log_of(kSecondSuccessor), 1));
}

TEST_CASE("acts that name all who vouch for a site cover its acts together, none of them alone") {
  auto sites = some_sites();
  sites[site_of(kSuccessor)] = {SiteKind::node, false, {site_of(kNode), site_of(kOtherNode)}};
  const auto act = placed(1, kSuccessor, 1, rank::kPrincipal, kAccount);
  const auto node = placed(2, kHub, 1, rank::kOperator, from(kNode, 50, 50));
  const auto other = placed(3, kHub, 2, rank::kOperator, from(kOtherNode, 50, 50));
  CHECK(verdict({act, node}, sites).in_force(kFirst));
  CHECK_FALSE(verdict({act, node, other}, sites).in_force(kFirst));
}

TEST_CASE("a person stays forgotten, whoever revokes the act or voids its site") {
  const auto found = verdict({placed(1, kNode, 1, rank::kPrincipal, Forget{std::int64_t{17}}),
                              placed(2, kHub, 1, rank::kOperator, Revoke{kFirst}),
                              placed(3, kHub, 2, rank::kOperator, from(kNode, 1, 1))});
  CHECK(found.in_force(kFirst));
  CHECK(found.forgets(std::int64_t{17}));
  CHECK(found.forgets_any());
  CHECK_FALSE(found.forgets(std::int64_t{18}));
  CHECK_FALSE(found.forgets(Text{"17"}));
  const auto alone = verdict({placed(1, kNode, 1, rank::kPrincipal, Forget{std::int64_t{17}})});
  CHECK(alone.is_clear());  // forgotten isn't void
}
