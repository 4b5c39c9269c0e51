// Replicas that find their site in doubt, and go on as a new one while they are open.
#include <catch2/catch.hpp>
#include <filesystem>

#include "tests/sync/store/town.h"

using namespace zimnik::sync;
using namespace zimnik::sync::test;

namespace {

void put(Node& node, const std::string& name, int content) {
  node.save("INSERT OR REPLACE INTO setting (name, content) VALUES ('" + name + "', " +
            std::to_string(content) + ")");
}

std::string settings(Node& node) {
  return node.read("SELECT name, content FROM setting ORDER BY name");
}

Saved vouch(Node& node, const Identity& old) {
  return node->vouch_as(old, node.entry(node.page(), {}));
}

bool knows(Node& node, const SiteId& site) {
  const auto sites = node->sites();
  return std::any_of(sites.begin(), sites.end(), [&](const ListedSite& known) {
    return known.record.keys.id() == site && !known.revoked;
  });
}

/// x is 1 in a file, in its copy and at c.
struct Twins : TwinNodes {
  Twins() : TwinNodes(1) {}
};

/// A backup that is put back: x is 1 in it, and x 2 and y 2 have reached c since.
struct Restored : TwinNodes {
  std::unique_ptr<Node> restored;
  Restored() : TwinNodes(1) {
    put(one, "x", 2);
    put(one, "y", 2);
    one.save("INSERT INTO minutes (id, body) VALUES (1, 'words')");
    exchange(one, c);
    one.close();
    restored = twin();
  }
};

}  // namespace

TEST_CASE("an open replica goes on as a new site, which whoever knew the old one takes") {
  Node a("a"), b("b");
  put(a, "x", 1);
  exchange(a, b);
  put(a, "y", 1);
  const auto old = a.go_on_as("a2");
  put(a, "x", 2);
  exchange_what_goes(a, b);
  CHECK(settings(b) == "x,1\ny,1");  // a stranger still
  CHECK(vouch(a, old) == Saved::written);
  put(a, "z", 2);
  exchange(a, b);
  CHECK(settings(b) == "x,2\ny,1\nz,2");
  CHECK(knows(b, a.id()));
  CHECK(b->listed().empty());
  for (auto* node : {&a, &b}) CHECK((*node)->verify().empty());
  const auto told = b->successions();
  REQUIRE(told.size() == 1);
  CHECK(told[0].from == old.record.keys.id());
  CHECK(told[0].to == a.id());
}

TEST_CASE("a replica vouches for its site once in a log, whoever asks again") {
  Node a("a");
  put(a, "x", 1);
  const auto old = a.go_on_as("a2");
  CHECK(vouch(a, old) == Saved::written);
  CHECK(vouch(a, old) == Saved::held);
  CHECK(a.leaves() == 2);
}

TEST_CASE("what a page saw of the old site counts as nothing seen, and its entries as written") {
  Node a("a");
  put(a, "x", 1);
  auto page = a.page();
  a.save(page, "INSERT INTO setting (name, content) VALUES ('y', 1)");
  a.go_on_as("a2");
  --page.counter;
  CHECK(a.save(page, "INSERT INTO setting (name, content) VALUES ('z', 1)") == Saved::held);
  a.save(page, "UPDATE setting SET content = 2 WHERE name = 'x'");
  CHECK(is_listed(a, Listed::Reason::conflict));
  put(a, "x", 3);
  CHECK(a->listed().empty());
  CHECK(settings(a) == "x,3\ny,1");
}

TEST_CASE("a new site whose record is forged is refused, and the old one writes on") {
  Node a("a");
  put(a, "x", 1);
  auto record = site_record("a2");
  record.signature = site_key("a2").sign(record.signed_bytes());
  CHECK_THROWS_AS(a->become({record, site_key("a2")}, a.now), Refused);
  put(a, "x", 2);
  CHECK(a->frontier().size() == 1);
  CHECK(a->verify().empty());
  CHECK_THROWS_AS(a->batch([&] { a.go_on_as("a2"); }), std::logic_error);
}

TEST_CASE("who is certified from the start needs nobody's word") {
  Node a("a"), b("b");
  put(a, "x", 1);
  const auto old = a->become({site_record("a2"), site_key("a2")}, a.now);
  CHECK(old.record.keys.id() == a.id());
  put(a, "y", 1);
  exchange(a, b);
  CHECK(settings(b) == "x,1\ny,1");
  CHECK(b->verify().empty());
}

TEST_CASE_METHOD(Restored, "leaves of a replica's own that others bring put its site in doubt") {
  auto& a = *restored;
  CHECK_FALSE(a->is_doubted());
  const auto lost = c->frontier();
  CHECK_FALSE(a->holds(lost.back()));
  exchange(a, c);
  CHECK(a->holds(lost.back()));
  CHECK(a->is_doubted());
  CHECK_FALSE(c->is_doubted());
  a.close();
  a.open();
  CHECK(a->is_doubted());
  a.go_on_as("a2");
  CHECK_FALSE(a->is_doubted());
}

TEST_CASE_METHOD(Restored, "a restored node takes its lost work back, and its log ends unforked") {
  auto& a = *restored;
  const auto old = a.go_on_as("a2");
  put(a, "z", 3);  // before it has anything back
  exchange_what_goes(a, c);
  CHECK(settings(a) == "x,2\ny,2\nz,3");
  vouch(a, old);
  exchange(a, c);
  CHECK(settings(c) == settings(a));
  CHECK(c->frontier().size() == 3);
  CHECK(c->listed().empty());
  for (auto* node : {&a, &c}) CHECK((*node)->verify().empty());
  Node d("d");
  exchange(c, d);
  CHECK(d.everything() == a.everything());
}

TEST_CASE_METHOD(Restored, "who vouches before it has its lost work back forks the log, no more") {
  auto& a = *restored;
  const auto old = a.go_on_as("a2");
  vouch(a, old);
  put(a, "z", 3);
  exchange(a, c);
  CHECK(settings(c) == "x,2\ny,2\nz,3");
  CHECK(c.everything() == a.everything());
  for (auto* node : {&a, &c}) CHECK((*node)->verify().empty());
}

TEST_CASE_METHOD(Twins, "twins that each go on as a new site keep all, and what they write meets") {
  put(one, "x", 2);
  auto two = twin();
  put(*two, "x", 3);
  put(*two, "y", 3);
  exchange(one, c);
  exchange(*two, c);
  CHECK((*two)->is_doubted());
  const auto old_two = two->go_on_as("a3");
  vouch(*two, old_two);
  put(*two, "z", 3);
  exchange(*two, c);
  exchange(one, c);
  CHECK(one->is_doubted());
  const auto old_one = one.go_on_as("a2");
  vouch(one, old_one);
  put(one, "w", 2);
  for (int i = 0; i < 2; ++i) {
    exchange(one, c);
    exchange(*two, c);
  }
  CHECK(c.read("SELECT name FROM setting ORDER BY name") == "w\nx\ny\nz");
  CHECK(is_listed(c, Listed::Reason::conflict));
  for (auto* node : {&one, two.get(), &c}) {
    CHECK(node->everything() == c.everything());
    CHECK((*node)->verify().empty());
    CHECK(knows(*node, one.id()));
    CHECK(knows(*node, two->id()));
  }
}

TEST_CASE_METHOD(Twins, "one backup put back twice with one key is two sites in the end") {
  one.close();
  std::filesystem::copy(directory.file("other.db"), directory.file("third.db"));
  Node third("a", at(directory.file("third.db")));
  auto second = twin();
  vouch(*second, second->go_on_as("a2"));
  vouch(third, third.go_on_as("a3"));
  put(*second, "y", 2);
  put(third, "y", 3);
  exchange(*second, third);  // straight, before c has heard of either
  exchange(*second, c);
  CHECK(c.everything() == third.everything());
  CHECK(second->everything() == third.everything());
  CHECK(c.leaves() == 5);
  CHECK(is_listed(c, Listed::Reason::conflict));
  for (auto* node : {second.get(), &third, &c}) CHECK((*node)->verify().empty());
}
