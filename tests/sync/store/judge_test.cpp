// What a site may say of others, by its kind and by who vouches for it: law 8.
#include <catch2/catch.hpp>

#include "tests/sync/store/town.h"

using namespace zimnik::sync;
using namespace zimnik::sync::test;

namespace {

constexpr const char* kSettings = "SELECT content FROM setting";

Setup of(SiteKind kind, bool is_certified = true) {
  Setup setup;
  setup.kind = kind;
  setup.is_certified = is_certified;
  return setup;
}

void put_as_mallory(Node& node) {
  node.save("INSERT INTO setting (name, content) VALUES ('x', 1)", {"mallory", 50});
}

void void_mallory(Node& node) { node.act(VoidAccount{"mallory", kMorning, {}}); }

}  // namespace

TEST_CASE("law 8: the acts of a site that isn't known have no rank until its record comes") {
  Node s("s", of(SiteKind::node, false));
  put_as_mallory(s);
  void_mallory(s);
  CHECK(s.read(kSettings) == "1");
  s->add_site(site_record("s"));
  CHECK(s.read(kSettings).empty());
}

TEST_CASE("law 8: a successor's rank is at most that of who vouches for it") {
  Node laptop("laptop", of(SiteKind::laptop)), s("s", of(SiteKind::node, false)), b("b");
  put_as_mallory(s);
  laptop.vouch(s);
  exchange(laptop, s);
  void_mallory(s);
  CHECK(s.read(kSettings) == "1");
  exchange(s, b);
  CHECK(b.read(kSettings) == "1");
}

TEST_CASE("law 8: a certified site's kind is its record's, whoever vouches for another") {
  Node laptop("laptop", of(SiteKind::laptop)), a("a");
  put_as_mallory(laptop);
  a->vouch(a.entry(a.page(), {}), laptop.record().keys, SiteKind::node);
  exchange(a, laptop);
  void_mallory(laptop);
  exchange(a, laptop);
  for (auto* node : {&a, &laptop}) CHECK(node->read(kSettings) == "1");
}

TEST_CASE("law 8: a site that fell with its voucher stands again once it is opened certified") {
  const TemporaryDirectory directory;
  auto setup = of(SiteKind::node, false);
  setup.path = directory.file("s.db");
  Node a("a"), s("s", setup);
  s.save("INSERT INTO setting (name, content) VALUES ('x', 1)");
  a.vouch(s);
  a.act(VoidSite{a.id(), 9, 9});
  exchange(a, s);
  CHECK(s.read(kSettings).empty());
  s.close();
  setup.is_certified = true;
  Node again("s", setup);
  CHECK(again.read(kSettings) == "1");
  CHECK(again->verify().empty());
}
