// Keys that are handed out while a replica is at work, and the sites that it knows.
#include <algorithm>
#include <catch2/catch.hpp>

#include "sync/core/personal.h"
#include "tests/sync/store/town.h"

using namespace zimnik::sync;
using namespace zimnik::sync::test;

namespace {

const Value kPerson = std::int64_t{1};

Setup without_keys() {
  Setup setup;
  setup.keys = {};
  return setup;
}

Setup with_person_key() {
  Setup setup;
  setup.keys.add_person_key(kPerson, some_key("person"));
  return setup;
}

std::vector<NewKey> person_key() { return {{kPerson, some_key("person")}}; }

const ListedSite& listed(const std::vector<ListedSite>& sites, const SiteId& id) {
  return *std::find_if(sites.begin(), sites.end(),
                       [&](const ListedSite& site) { return site.record.keys.id() == id; });
}

}  // namespace

TEST_CASE("what came under a person's key is read once the key is taken") {
  Node a("a", with_person_key()), c("c");
  a.save("INSERT INTO person (id, phone, class) VALUES (1, '555-0100', '7b')");
  exchange(a, c);
  const char* row = "SELECT id, phone, class FROM person";
  CHECK(c.read(row) == "1,-,7b");
  c->add_keys(person_key());
  CHECK(c.read(row) == "1,555-0100,7b");
  CHECK(c->verify().empty());
  c.save("UPDATE person SET phone = '555-0101'");
  exchange(a, c);
  CHECK(a.everything() == c.everything());
}

TEST_CASE("what came sealed is read once the school's key is taken, what was just written too") {
  Node a("a"), b("b", without_keys());
  a.save("INSERT INTO minutes (id, body) VALUES (1, 'words')");
  exchange(a, b);
  b.save("INSERT INTO setting (name, content) VALUES ('x', 1)");
  CHECK(b.read("SELECT body FROM minutes").empty());
  b->add_keys({{std::nullopt, *school_keyring().find(*school_keyring().school_key())}});
  CHECK(b.read("SELECT body FROM minutes") == "words");
  CHECK(b.read("SELECT content FROM setting") == "1");
  b.save("UPDATE minutes SET body = 'more words'");
  exchange(a, b);
  CHECK(a.everything() == b.everything());
  CHECK(b->verify().empty());
}

TEST_CASE("a key that nothing lies under is taken without folding anything anew") {
  Node a("a");
  a.save("INSERT INTO setting (name, content) VALUES ('x', 1)");
  // A fold would take this back.
  a->database().execute("UPDATE setting SET content = 2");
  a->add_keys(person_key());
  CHECK(a.read("SELECT content FROM setting") == "2");
  a.save("INSERT INTO person (id, phone) VALUES (1, '555-0100')");
  CHECK(a.read("SELECT phone FROM person") == "555-0100");
}

TEST_CASE("the key of a forgotten person isn't taken") {
  Node a("a", with_person_key()), c("c");
  a.save("INSERT INTO person (id, phone) VALUES (1, '555-0100')");
  a.act(Forget{kPerson});
  exchange(a, c);
  c->add_keys(person_key());
  CHECK(c->keyring().find(id_of(some_key("person"))) == nullptr);
}

TEST_CASE("keys aren't taken inside a batch, and the batch is as it was") {
  Node a("a");
  CHECK_THROWS_AS(a->batch([&] { a->add_keys(person_key()); }), std::logic_error);
  CHECK_FALSE(a->keyring().key_of(kPerson));
  a.save("INSERT INTO setting (name, content) VALUES ('x', 1)");
  CHECK(a.read("SELECT content FROM setting") == "1");
}

TEST_CASE("sites are listed with those that another vouches for, and those that an act revoked") {
  Node a("a"), b("b");
  Setup uncertified;
  uncertified.is_certified = false;
  Node successor("d", uncertified);
  exchange(a, b);
  a.vouch(successor);
  a.act(VoidSite{b.id()});
  const auto sites = a->sites();
  REQUIRE(sites.size() == 3);
  CHECK(listed(sites, a.id()).record == a.record());
  CHECK_FALSE(listed(sites, a.id()).revoked);
  CHECK(listed(sites, b.id()).revoked);
  CHECK(listed(sites, successor.id()).record.signature.is_zero());
  CHECK(listed(sites, successor.id()).record.keys == successor.record().keys);
}
