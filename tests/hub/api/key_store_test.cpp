#include "hub/api/key_store.h"

#include <catch2/catch.hpp>

#include "sync/net/private_file.h"
#include "tests/sync/net/folder.h"

namespace zimnik::hub::test {
namespace {

constexpr sync::Time kNow{1'800'000'000'000};

ApiKey some_key(sync::Time expires = {kNow.ms + 1000}) {
  ApiKey key;
  key.name = "Дневник";
  key.scopes = bit_of(ApiScope::structure) | bit_of(ApiScope::journal);
  key.made_by = "anna";
  key.made = kNow;
  key.expires = expires;
  return key;
}

const sync::SchoolId kSchool = sync::SchoolId::from(std::string(16, 's'));
const sync::SchoolId kOther = sync::SchoolId::from(std::string(16, 'o'));

}  // namespace

TEST_CASE("a key opens what it was made for, until its end") {
  const net::test::Folder folder;
  HubDatabase database(folder.file("hub.db"));
  ApiKeyStore keys(database);
  auto wish = some_key();
  wish.schools = {kSchool};
  const auto text = keys.add(wish);
  const auto key = keys.use(text, kNow);
  REQUIRE(key);
  CHECK(key->name == "Дневник");
  CHECK(key->has(ApiScope::journal));
  CHECK_FALSE(key->has(ApiScope::names));
  CHECK(key->opens(kSchool));
  CHECK_FALSE(key->opens(kOther));
  CHECK(key->used == kNow);
  CHECK_FALSE(keys.use(text, {kNow.ms + 1000}));
  CHECK_FALSE(keys.use(text.substr(1), kNow));
  CHECK_FALSE(keys.use("", kNow));
}

TEST_CASE("a key that ended is over for good, and only its hash lies in the file") {
  const net::test::Folder folder;
  const auto path = folder.file("hub.db");
  HubDatabase database(path);
  ApiKeyStore keys(database);
  const auto text = keys.add(some_key());
  CHECK(keys.use(text, kNow)->opens(kOther));  // all schools
  CHECK(keys.end(1, kNow));
  CHECK_FALSE(keys.end(1, kNow));
  CHECK_FALSE(keys.end(2, kNow));
  CHECK_FALSE(keys.use(text, kNow));
  CHECK(keys.find(1)->ended == kNow);
  database.truncate_log();
  CHECK(net::read_file(path, 1 << 24).find(text.substr(7)) == std::string::npos);
}

TEST_CASE("the words of scopes are read as they are written") {
  for (const auto scope : kApiScopes) CHECK(api_scope_of(word_of(scope)) == scope);
  CHECK_FALSE(api_scope_of("all"));
  CHECK(words_of(bit_of(ApiScope::structure) | bit_of(ApiScope::finals)) == "structure finals");
}

}  // namespace zimnik::hub::test
