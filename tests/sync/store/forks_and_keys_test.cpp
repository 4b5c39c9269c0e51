// Forks, sealed streams, personal values and older schemas between real replicas.
#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <set>

#include "tests/sync/store/town.h"

using namespace zimnik::sync;
using namespace zimnik::sync::test;

namespace {

std::set<Hash> names(Node& node) {
  std::set<Hash> result;
  node->for_each_leaf(
      [&](auto, const Hash& name, const LeafPlace&, const Transaction*) { result.insert(name); });
  return result;
}

void put(Node& node, const std::string& name, int content) {
  node.save("INSERT OR REPLACE INTO setting (name, content) VALUES ('" + name + "', " +
            std::to_string(content) + ")");
}

Setup hub_setup() {
  Setup setup;
  setup.kind = SiteKind::hub;
  setup.keys = {};
  return setup;
}

Setup with_person_key(const std::string& path = ":memory:") {
  Setup setup;
  setup.path = path;
  setup.keys.add_person_key(std::int64_t{1}, some_key("person"));
  return setup;
}

struct Twins : TwinNodes {
  Twins() : TwinNodes(1) {}
};

}  // namespace

TEST_CASE_METHOD(Twins, "a cloned site's branches both reach a third, and all end equal") {
  put(one, "x", 2);
  put(one, "y", 2);
  exchange(one, c);
  one.close();
  auto twin = this->twin();
  put(*twin, "x", 3);
  put(*twin, "z", 3);
  put(*twin, "w", 3);
  std::vector<LogId> forked;
  for (int i = 0; i < 10; ++i) {
    const auto received = send(*twin, c);
    forked.insert(forked.end(), received.forked.begin(), received.forked.end());
    if (send(c, *twin).in_step) break;
  }
  CHECK(forked == std::vector{twin->log()});
  one.open();
  exchange(one, c);
  CHECK(names(c).size() == 6);
  CHECK(names(one) == names(c));
  CHECK(names(*twin) == names(c));
  CHECK(one.everything() == c.everything());
  CHECK(twin->everything() == c.everything());
  CHECK(is_listed(c, Listed::Reason::conflict));
  CHECK(c.read("SELECT name FROM setting ORDER BY name") == "w\nx\ny\nz");
  for (auto* node : {&one, twin.get(), &c}) CHECK((*node)->verify().empty());
}

TEST_CASE_METHOD(Twins,
                 "a copy with nothing to give takes a branch, and holds it at the next start") {
  const auto copied = [&](const char* name) {
    one.close();
    std::filesystem::copy(directory.file("one.db"), directory.file(name));
    one.open();
    auto copy = std::make_unique<Node>("a", at(directory.file(name)));
    copy->now.ms = one.now.ms + 500;
    return copy;
  };
  put(one, "x", 2);
  put(one, "y", 2);
  const auto twin = copied("twin.db");
  put(one, "z", 2);
  // No head was signed since the first leaf, and none is now: it hears first that c has all.
  const auto copy = copied("copy.db");
  put(*twin, "w", 3);
  exchange(one, c);
  exchange(*twin, c);
  exchange(c, *copy);
  CHECK(names(*copy) == names(c));
  CHECK((*copy)->verify().empty());
  copy->close();
  copy->open();
  CHECK(copy->everything() == c.everything());
}

TEST_CASE_METHOD(Twins, "two who each hold a branch of one length both hold both in the end") {
  put(one, "x", 2);
  one.close();
  auto twin = this->twin();
  put(*twin, "x", 3);
  one.open();
  Node d("d");
  exchange(one, c);
  exchange(*twin, d);
  exchange(c, d);
  CHECK(names(c).size() == 3);
  CHECK(names(d) == names(c));
  CHECK(d.everything() == c.everything());
}

TEST_CASE_METHOD(Twins,
                 "what builds on the shorter branch of a fork reaches who holds the longer") {
  put(one, "x", 2);
  one.close();
  auto twin = this->twin();
  put(*twin, "y", 3);
  put(*twin, "z", 3);
  one.open();
  Node d("d");
  exchange(one, d);
  put(d, "x", 4);  // over a leaf of the branch that the other doesn't hold
  exchange(*twin, c);
  SECTION("who knows the longer is asked") { exchange(c, d); }
  SECTION("who knows the shorter is asked") { exchange(d, c); }
  CHECK(names(c).size() == 5);
  CHECK(names(d) == names(c));
  CHECK(d.everything() == c.everything());
}

TEST_CASE_METHOD(Twins, "a fork heals in small messages, and both twins go on writing") {
  for (int i = 0; i < 20; ++i) put(one, "one" + std::to_string(i), i);
  auto twin = this->twin();
  for (int i = 0; i < 25; ++i) put(*twin, "other" + std::to_string(i), i);
  exchange(*twin, c, 300);
  exchange(one, c, 300);
  put(one, "last", 1);
  put(*twin, "last", 2);
  exchange(one, c, 300);
  exchange(*twin, c, 300);
  exchange(one, c, 300);
  CHECK(names(c).size() == 48);
  CHECK(names(one) == names(c));
  CHECK(names(*twin) == names(c));
  CHECK(one.everything() == c.everything());
  CHECK(twin->everything() == c.everything());
}

TEST_CASE_METHOD(Twins, "a node restored from an old backup takes its lost work back") {
  put(one, "x", 2);
  put(one, "y", 2);
  exchange(one, c);
  auto restored = this->twin();
  exchange(*restored, c);
  CHECK(restored->everything() == c.everything());
  CHECK(restored->leaves() == 3);
  put(*restored, "z", 3);
  exchange(*restored, c);
  CHECK(c->frontier().size() == 1);
  CHECK(c.leaves() == 4);
}

TEST_CASE_METHOD(Twins,
                 "a node that writes before it has all its lost work back signs what it holds") {
  for (int i = 0; i < 200; ++i) put(one, "x" + std::to_string(i * 7919 % 1009), i);
  exchange(one, c);
  auto restored = this->twin();
  send(*restored, c);
  send(c, *restored, 300);
  REQUIRE(restored->leaves() > 1);
  REQUIRE(restored->leaves() < 201);
  put(*restored, "y", 3);
  CHECK((*restored)->verify().empty());
  exchange(*restored, c);
  CHECK(restored->everything() == c.everything());
  CHECK(c.leaves() == 202);
}

TEST_CASE_METHOD(Twins, "law 8: of a site's forked log both branches are void from the seq on") {
  put(one, "x", 2);
  put(one, "y", 2);
  auto twin = this->twin();
  put(*twin, "x", 3);
  put(*twin, "z", 3);
  exchange(one, c);
  c.act(VoidSite{one.id(), 2, 1});
  exchange(*twin, c);
  exchange(one, c);
  for (auto* node : {&one, twin.get(), &c}) {
    CHECK(node->read("SELECT name, content FROM setting") == "x,1");
    CHECK(node->leaves() == 6);
    CHECK((*node)->listed().empty());
  }
}

TEST_CASE_METHOD(Twins, "a fork is passed on to one who never met the twins") {
  put(one, "x", 2);
  auto twin = this->twin();
  put(*twin, "x", 3);
  exchange(one, c);
  exchange(*twin, c);
  Node d("d");
  exchange(c, d);
  CHECK(d.everything() == c.everything());
  CHECK(names(d).size() == 3);
  CHECK(d->frontier() == c->frontier());
  CHECK(d->verify().empty());
}

TEST_CASE("a hub without the school's key relays the sealed stream and reads nothing of it") {
  Node a("a"), b("b"), hub("hub", hub_setup());
  a.save("INSERT INTO minutes (id, body) VALUES (1, 'secret words')");
  const auto relay = [&] {
    exchange(a, hub);
    exchange(hub, b);
    exchange(a, hub);
  };
  relay();
  CHECK(b.read("SELECT body FROM minutes") == "secret words");
  CHECK(hub.read("SELECT body FROM minutes").empty());
  hub->for_each_leaf([](auto, const Hash&, const LeafPlace& place, const Transaction* transaction) {
    CHECK(place.log.stream == Stream::school);
    CHECK(transaction == nullptr);
  });
  b.save("UPDATE minutes SET body = 'other words'");
  relay();
  CHECK(a.read("SELECT body FROM minutes") == "other words");
  CHECK(a->listed().empty());
  CHECK(hub.leaves() == 2);
  CHECK(hub->verify().empty());
}

TEST_CASE("a personal value is read where its person's key is") {
  const TemporaryDirectory directory;
  Setup without = at(directory.file("c.db"));
  Node a("a", with_person_key()), b("b", with_person_key()), c("c", without);
  a.save("INSERT INTO person (id, phone, class) VALUES (1, '555-0100', '7b')");
  exchange(a, b);
  exchange(b, c);
  const char* row = "SELECT id, phone, class FROM person";
  CHECK(b.read(row) == "1,555-0100,7b");
  CHECK(c.read(row) == "1,-,7b");
  c.save("UPDATE person SET class = '8b'");
  exchange(a, c);
  CHECK(a.read(row) == "1,555-0100,8b");
  SECTION("where the key comes later the value is shown then") {
    c.reopen(with_person_key(directory.file("c.db")));
    CHECK(c.read(row) == "1,555-0100,8b");
    CHECK(c->verify().empty());
  }
  SECTION("where there is no key none can be written") {
    CHECK_THROWS_AS(c.save("UPDATE person SET phone = '1'"), CommandRefused);
  }
  SECTION("what is forgotten is gone everywhere, and no act undoes it") {
    a.act(Forget{std::int64_t{1}});
    a.act(Revoke{last_act(a)});
    exchange(a, b);
    for (auto* node : {&a, &b}) CHECK(node->read(row) == "1,-,8b");
    CHECK(statuses(b, "person", key_of({std::int64_t{1}}), "contact") ==
          std::vector{Status::erased});
  }
}

TEST_CASE("where a person's key is missing equal values are still told from others") {
  Node a("a", with_person_key()), b("b", with_person_key()), c("c");
  a.save("INSERT INTO person (id, phone) VALUES (1, '555-0100')");
  exchange(a, b);
  const auto both_set = [&](const std::string& here, const std::string& there) {
    a.save("UPDATE person SET phone = '" + here + "'");
    b.save("UPDATE person SET phone = '" + there + "'");
    exchange(a, c);
    exchange(b, c);
    exchange(a, c);
    CHECK(c.read("SELECT phone FROM person") == "-");
    return is_listed(c, Listed::Reason::conflict);
  };
  CHECK(both_set("555-0101", "555-0102"));
  CHECK_FALSE(both_set("555-0103", "555-0103"));
}

TEST_CASE("a message carries personal values in plain text where both know the keys, else not") {
  Node a("a", with_person_key()), b("b", with_person_key()), c("c");
  exchange(a, b);
  exchange(a, c);
  const std::string text = "words that compress well, for they come again and again";
  for (int i = 0; i < 30; ++i) {
    a.save("REPLACE INTO person (id, phone) VALUES (1, '" + std::to_string(i) + text + "')");
  }
  const auto opened = a->generate(b.id(), a.now, kWide).size();
  const auto closed = a->generate(c.id(), a.now, kWide).size();
  CHECK(opened + 30 * text.size() < closed);
}

TEST_CASE("a personal value lies enciphered in the database file") {
  const TemporaryDirectory directory;
  Node a("a", with_person_key(directory.file("a.db")));
  a.save("INSERT INTO person (id, phone) VALUES (1, '555-0100')");
  CHECK(a.read("SELECT count(*) FROM zimnik_tail WHERE instr(leaves, x'3535352d30313030') > 0") ==
        "0");
}

TEST_CASE("an older schema syncs both ways, and reads the rest once it is upgraded") {
  const TemporaryDirectory directory;
  Setup setup = at(directory.file("old.db"));
  setup.schema = older_journal();
  Node older("old", setup), newer("new");
  newer.save(
      "INSERT INTO mark (lesson, pupil, maker, value, note) VALUES "
      "(1, 1, 'ann', 5, 'one'), (1, 2, 'ann', 5, 'two'), (1, 3, 'ann', 5, 'three')");
  exchange(older, newer);
  CHECK(older.read("SELECT pupil, value FROM mark ORDER BY pupil") == "1,5\n2,5\n3,5");
  older.save("UPDATE mark SET value = 2 WHERE pupil = 1");
  older.save("DELETE FROM mark WHERE pupil = 2");
  exchange(older, newer);
  const char* rows = "SELECT pupil, value, note FROM mark ORDER BY pupil";
  CHECK(newer.read(rows) == "1,2,one\n3,5,three");
  CHECK(newer->listed().empty());
  older.save("INSERT INTO mark (lesson, pupil, maker, value) VALUES (1, 2, 'ben', 4)");
  exchange(older, newer);
  CHECK(newer.read(rows) == "1,2,one\n2,4,-\n3,5,three");
  CHECK(older->verify().empty());
  setup.schema = journal();
  older.reopen(setup);
  CHECK(older.everything() == newer.everything());
  CHECK(older.read(rows) == "1,2,one\n2,4,-\n3,5,three");
  CHECK(older->verify().empty());
}

TEST_CASE("a file of a newer schema is refused by an older program") {
  const TemporaryDirectory directory;
  Setup setup = at(directory.file("a.db"));
  Node a("a", setup);
  a.close();
  setup.schema = older_journal();
  CHECK_THROWS_WITH(Node("a", setup), Catch::Contains("up to version 2, this one knows 1"));
}
