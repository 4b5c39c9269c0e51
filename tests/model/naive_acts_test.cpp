// The model of law 8, held against worked examples: which acts are in force, and what is void.
#include "tests/model/naive_acts.h"

#include <catch2/catch.hpp>

#include "tests/model/example_world.h"

namespace zimnik::model {
namespace {

using sync::Forget;
using sync::Hash;
using sync::LogId;
using sync::Revoke;
using sync::SiteKind;
using sync::Status;
using sync::Stream;
using sync::VoidAccount;
using sync::VoidSite;

constexpr std::uint16_t kTechnician = sync::rank::kTechnicalSpecialist;
constexpr std::uint16_t kPrincipal = sync::rank::kPrincipal;
constexpr std::uint16_t kOperator = sync::rank::kOperator;

bool in_force(const ExampleWorld& w, const Hash& act) { return Acts(w.world).in_force(act); }
sync::SiteId site(const std::string& name) { return ExampleWorld::site(name); }

TEST_CASE("an account's edits are void from a moment on, until another") {
  ExampleWorld w;
  const Hash before = w.put({.author = "thief", .time = 9, .values = {text("a")}});
  const Hash first = w.put({.author = "thief", .time = 10, .values = {text("b")}});
  const Hash last = w.put({.author = "thief", .time = 19, .values = {text("c")}});
  const Hash after = w.put({.author = "thief", .time = 20, .values = {text("d")}});
  const Hash others = w.put({.author = "petrova", .time = 15, .values = {text("e")}});
  w.act({.rank = kPrincipal}, VoidAccount{"thief", {10}, sync::Time{20}});
  CHECK(w.status(before) != Status::is_void);
  CHECK(w.status(first) == Status::is_void);
  CHECK(w.status(last) == Status::is_void);
  CHECK(w.status(after) != Status::is_void);
  CHECK(w.status(others) != Status::is_void);
}

TEST_CASE("a site's leaves are void from a seq on, in each stream by its own") {
  ExampleWorld w;
  w.act({.site = "hub", .rank = kTechnician}, VoidSite{site("node"), 3, 2});
  const Acts acts(w.world);
  CHECK_FALSE(acts.voids_leaf({site("node"), Stream::shared}, 2));
  CHECK(acts.voids_leaf({site("node"), Stream::shared}, 3));
  CHECK_FALSE(acts.voids_leaf({site("node"), Stream::school}, 1));
  CHECK(acts.voids_leaf({site("node"), Stream::school}, 2));
  CHECK_FALSE(acts.voids_leaf({site("hub"), Stream::shared}, 3));
}

TEST_CASE("accounts take a principal, site keys a technical specialist") {
  ExampleWorld w;
  CHECK_FALSE(in_force(w, w.act({.rank = kPrincipal - 1}, VoidAccount{"thief", {0}, {}})));
  CHECK(in_force(w, w.act({.rank = kPrincipal}, VoidAccount{"thief", {0}, {}})));
  CHECK_FALSE(in_force(w, w.act({.rank = kPrincipal - 1}, Forget{number(1)})));
  CHECK(in_force(w, w.act({.rank = kPrincipal}, Forget{number(1)})));
  CHECK_FALSE(in_force(w, w.act({.rank = kTechnician - 1}, VoidSite{site("laptop"), 1, 1})));
  CHECK(in_force(w, w.act({.rank = kTechnician}, VoidSite{site("laptop"), 1, 1})));
}

TEST_CASE("an act's rank is capped by the kind of its site") {
  ExampleWorld w;
  CHECK_FALSE(
      in_force(w, w.act({.site = "laptop", .rank = kOperator}, VoidSite{site("node"), 1, 1})));
  const Hash hub = w.act({.site = "hub", .rank = kOperator}, VoidAccount{"thief", {0}, {}});
  const Hash node = w.act({.site = "node", .rank = kOperator}, Revoke{hub});
  CHECK(in_force(w, hub));
  CHECK_FALSE(in_force(w, node));
}

TEST_CASE("a revocation of no lower rank undoes an act, and can be undone itself") {
  ExampleWorld w;
  const Hash act = w.act({.rank = kPrincipal}, VoidAccount{"thief", {0}, {}});
  w.act({.rank = kTechnician}, Revoke{act});
  CHECK(in_force(w, act));
  const Hash revoke = w.act({.rank = kPrincipal}, Revoke{act});
  CHECK_FALSE(in_force(w, act));
  w.act({.rank = kPrincipal}, Revoke{revoke});
  CHECK(in_force(w, act));
}

TEST_CASE("a revocation has no effect before what it names is there") {
  ExampleWorld w;
  const Hash revoke = w.act({.rank = kPrincipal}, Revoke{ExampleWorld::nobody()});
  CHECK_FALSE(in_force(w, revoke));
}

TEST_CASE("forgetting can't be undone, nor by who voids the site that did it") {
  ExampleWorld w;
  const Hash forget = w.act({.rank = kPrincipal}, Forget{number(1)});
  w.act({.site = "hub", .rank = kOperator}, Revoke{forget});
  w.act({.site = "hub", .rank = kOperator}, VoidSite{site("node"), 1, 1});
  CHECK(in_force(w, forget));
  CHECK(Acts(w.world).forgets(number(1)));
  CHECK_FALSE(Acts(w.world).forgets(number(2)));
}

TEST_CASE("a revoked site's acts of lower rank are void from that seq on") {
  ExampleWorld w;
  const Hash early = w.act({.rank = kPrincipal}, VoidAccount{"a", {0}, {}});
  const Hash late = w.act({.rank = kPrincipal}, VoidAccount{"b", {0}, {}});
  const Hash equal = w.act({.site = "hub", .rank = kPrincipal}, VoidSite{site("node"), 2, 1});
  CHECK(in_force(w, late));
  w.act({.site = "hub", .rank = kOperator}, VoidSite{site("node"), 2, 1});
  CHECK(in_force(w, early));
  CHECK_FALSE(in_force(w, late));
  CHECK(in_force(w, equal));
}

TEST_CASE("of two sites that revoke each other the higher rank wins, then the smaller hash") {
  ExampleWorld w;
  w.know_site("branch", SiteKind::node, true);
  w.next_hash_begins(0x90);
  const Hash larger = w.act({.site = "node", .rank = kTechnician}, VoidSite{site("branch"), 1, 1});
  w.next_hash_begins(0x10);
  const Hash smaller = w.act({.site = "branch", .rank = kTechnician}, VoidSite{site("node"), 1, 1});
  CHECK(in_force(w, smaller));
  CHECK_FALSE(in_force(w, larger));
  const Hash higher = w.act({.site = "node", .rank = kPrincipal}, VoidSite{site("branch"), 1, 1});
  CHECK(in_force(w, higher));
  CHECK_FALSE(in_force(w, smaller));
  CHECK(in_force(w, larger));
}

TEST_CASE("a site that was vouched for falls with its voucher, until the authority has signed it") {
  ExampleWorld w;
  w.know_site("second", SiteKind::node, false, {"node"});
  w.know_site("third", SiteKind::node, false, {"second"});
  w.act({.site = "hub", .rank = kPrincipal}, VoidSite{site("node"), 50, 50});
  const LogId second{site("second"), Stream::school};
  const LogId third{site("third"), Stream::shared};
  CHECK(Acts(w.world).voids_leaf(second, 1));
  CHECK(Acts(w.world).voids_leaf(third, 1));
  const Hash act = w.act({.site = "third", .rank = kTechnician}, VoidSite{site("laptop"), 1, 1});
  CHECK_FALSE(in_force(w, act));
  w.know_site("second", SiteKind::node, true, {"node"});
  CHECK_FALSE(Acts(w.world).voids_leaf(second, 1));
  CHECK_FALSE(Acts(w.world).voids_leaf(third, 1));
  CHECK(in_force(w, act));
}

TEST_CASE("vouching in a circle doesn't make a revocation reach further back") {
  ExampleWorld w;
  w.know_site("second", SiteKind::node, false, {"third", "second", "node"});
  w.know_site("third", SiteKind::node, false, {"second"});
  w.act({.site = "hub", .rank = kPrincipal}, VoidSite{site("second"), 5, 5});
  const Acts acts(w.world);
  CHECK_FALSE(acts.voids_leaf({site("second"), Stream::shared}, 4));
  CHECK(acts.voids_leaf({site("second"), Stream::shared}, 5));
  CHECK(acts.voids_leaf({site("third"), Stream::shared}, 1));
}

TEST_CASE("nobody stands by its own word, or by that of a circle") {
  ExampleWorld w;
  w.know_site("alone", SiteKind::node, false, {"alone"});
  w.know_site("second", SiteKind::node, false, {"third"});
  w.know_site("third", SiteKind::node, false, {"second"});
  const Acts acts(w.world);
  for (const char* name : {"alone", "second", "third"}) {
    CHECK(acts.voids_leaf({site(name), Stream::shared}, 1));
  }
}

TEST_CASE("a stolen site doesn't take down whom another vouched for too") {
  ExampleWorld w;
  w.know_site("branch", SiteKind::node, true);
  w.know_site("honest", SiteKind::node, false, {"node", "branch"});
  w.act({.site = "hub", .rank = kPrincipal}, VoidSite{site("node"), 1, 1});
  CHECK_FALSE(Acts(w.world).voids_leaf({site("honest"), Stream::shared}, 1));
  w.act({.site = "hub", .rank = kPrincipal}, VoidSite{site("branch"), 90, 90});
  CHECK(Acts(w.world).voids_leaf({site("honest"), Stream::shared}, 1));
}

TEST_CASE("acts that name all who vouch for a site cover its acts together, none of them alone") {
  ExampleWorld w;
  w.know_site("branch", SiteKind::node, true);
  w.know_site("honest", SiteKind::node, false, {"node", "branch"});
  const Hash act = w.act({.site = "honest", .rank = kPrincipal}, VoidAccount{"thief", {0}, {}});
  w.act({.site = "hub", .rank = kOperator}, VoidSite{site("node"), 50, 50});
  CHECK(in_force(w, act));
  w.act({.site = "hub", .rank = kOperator}, VoidSite{site("branch"), 50, 50});
  CHECK_FALSE(in_force(w, act));
}

}  // namespace
}  // namespace zimnik::model
