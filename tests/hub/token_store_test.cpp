#include "hub/token_store.h"

#include <catch2/catch.hpp>

#include "hub/console/operator_store.h"
#include "tests/sync/net/folder.h"

namespace zimnik::hub::test {
namespace {

constexpr sync::Time kNow{1'700'000'000'000}, kEnd{kNow.ms + 1000};

template <class Id>
Id id_of(char letter) {
  return Id::from(std::string(Id::kSize, letter));
}

/// A database with boris, of support, and a token that he made.
struct Tokens {
  Tokens() {
    operators.add("boris", OperatorRole::support, {}, kNow);
    REQUIRE(store.add(waiting));
  }
  bool use(sync::Time now = kNow, char site = 'n') {
    return store.use(waiting.hash, id_of<sync::SiteId>(site), now);
  }
  net::test::Folder folder;
  HubDatabase database{folder.file("hub.db")};
  OperatorStore operators{database};
  TokenStore store{database};
  TokenEntry waiting{id_of<sync::Hash>('h'),
                     id_of<sync::SchoolId>('s'),
                     "Филиал",
                     sync::SiteKind::node,
                     kEnd,
                     "boris"};
};

}  // namespace

TEST_CASE("a token lets nobody in before it is confirmed, then one site within its time") {
  Tokens it;
  CHECK_FALSE(it.use());
  CHECK(it.store.confirm(it.waiting.hash, kNow));
  CHECK_FALSE(it.store.confirm(it.waiting.hash, kNow));
  CHECK_FALSE(it.use(kEnd));
  CHECK(it.use());
  CHECK(it.use());
  CHECK_FALSE(it.use(kNow, 'm'));
  CHECK_FALSE(it.store.drop(it.waiting.hash));
}

TEST_CASE("a token that has expired isn't confirmed, and one that was dropped isn't there") {
  Tokens it;
  CHECK_FALSE(it.store.confirm(it.waiting.hash, kEnd));
  CHECK(it.store.drop(it.waiting.hash));
  CHECK_FALSE(it.store.confirm(it.waiting.hash, kNow));
  CHECK_FALSE(it.store.find(it.waiting.hash));
}

TEST_CASE("unused tokens are told by school and by maker, until they expire") {
  Tokens it;
  CHECK(it.store.unused(it.waiting.school, kNow).size() == 1);
  CHECK(it.store.unused_by("boris", kNow).front().name == "Филиал");
  CHECK(it.store.unused_by("anna", kNow).empty());
  CHECK(it.store.unused(id_of<sync::SchoolId>('t'), kNow).empty());
  CHECK(it.store.unused(it.waiting.school, kEnd).empty());
}

TEST_CASE("who is locked makes no token, however far its page had come") {
  Tokens it;
  it.operators.lock(it.operators.find("boris")->id, true, kNow);
  auto late = it.waiting;
  late.hash = id_of<sync::Hash>('i');
  CHECK_FALSE(it.store.add(late));
  CHECK_FALSE(it.store.find(late.hash));
}

TEST_CASE("tokens of before go on, but for those that support may have made") {
  net::test::Folder folder;
  const auto path = folder.file("hub.db");
  // What a file of version 9 has of tokens.
  sync::Database::open(path).execute(R"(
    CREATE TABLE token (
      hash BLOB PRIMARY KEY, school BLOB NOT NULL, name TEXT NOT NULL, kind INTEGER NOT NULL,
      expires_at INTEGER NOT NULL, used_by BLOB, used_at INTEGER);
    CREATE TABLE operator (id INTEGER PRIMARY KEY, login TEXT, role INTEGER, locked_at INTEGER);
    CREATE TABLE delivery_choice (account INTEGER PRIMARY KEY);
    CREATE TABLE audit (actor TEXT, deed TEXT, school BLOB);
    INSERT INTO operator VALUES (1, 'anna', 1, NULL), (2, 'boris', 2, NULL);
    INSERT INTO audit VALUES ('anna', 'token', CAST('aaaaaaaaaaaaaaaa' AS BLOB)),
      ('boris', 'sign_in', CAST('aaaaaaaaaaaaaaaa' AS BLOB)),
      ('boris', 'token', CAST('bbbbbbbbbbbbbbbb' AS BLOB));
    INSERT INTO token
      SELECT CAST(column1 || column1 AS BLOB), CAST(column1 AS BLOB), '', 0, 9, NULL, NULL
      FROM (VALUES ('aaaaaaaaaaaaaaaa'), ('bbbbbbbbbbbbbbbb'));
    PRAGMA user_version = 9;
  )");
  HubDatabase brought_up(path);
  TokenStore store(brought_up);
  REQUIRE(store.find(id_of<sync::Hash>('a')));
  CHECK(store.find(id_of<sync::Hash>('a'))->confirmed);
  REQUIRE(store.find(id_of<sync::Hash>('b')));
  CHECK_FALSE(store.find(id_of<sync::Hash>('b'))->confirmed);
}

}  // namespace zimnik::hub::test
