#include "sync/core/keyring.h"

#include <catch2/catch.hpp>

#include "tests/sync/core/samples.h"

using namespace zimnik::sync;
using namespace zimnik::sync::test;

namespace {

const Value kPerson = std::int64_t{1};
const Value kOther = Text{"other"};

}  // namespace

TEST_CASE("an empty keyring holds no key") {
  const Keyring keys;
  CHECK_FALSE(keys.school_key().has_value());
  CHECK_FALSE(keys.key_of(kPerson).has_value());
  CHECK(keys.find(id_of(siv_key(1))) == nullptr);
}

TEST_CASE("the key added last is for new bytes, the older one still opens") {
  Keyring keys;
  keys.add_school_key(siv_key(1));
  keys.add_school_key(siv_key(2));
  CHECK(keys.school_key() == id_of(siv_key(1)));
  keys.seal_under(id_of(siv_key(2)));
  CHECK(keys.school_key() == id_of(siv_key(2)));
  CHECK(*keys.find(id_of(siv_key(1))) == siv_key(1));
  keys.add_person_key(kPerson, siv_key(3));
  keys.add_person_key(kPerson, siv_key(4));
  CHECK(keys.key_of(kPerson) == id_of(siv_key(4)));
  CHECK(*keys.find(id_of(siv_key(3))) == siv_key(3));
}

TEST_CASE("dropping a person takes all the person's keys and no other") {
  Keyring keys;
  keys.add_school_key(siv_key(1));
  keys.add_person_key(kPerson, siv_key(2));
  keys.add_person_key(kPerson, siv_key(3));
  keys.add_person_key(kOther, siv_key(4));
  keys.drop_person(kPerson);
  CHECK(keys.find(id_of(siv_key(2))) == nullptr);
  CHECK(keys.find(id_of(siv_key(3))) == nullptr);
  CHECK_FALSE(keys.key_of(kPerson).has_value());
  CHECK(keys.find(id_of(siv_key(1))) != nullptr);
  CHECK(keys.key_of(kOther) == id_of(siv_key(4)));
  keys.drop_person(kPerson);
  CHECK(keys.key_of(kOther) == id_of(siv_key(4)));
}

TEST_CASE("two keyrings with the same keys of persons have one digest, in whatever order") {
  Keyring left, right;
  left.add_person_key(kPerson, siv_key(2));
  left.add_person_key(kOther, siv_key(3));
  right.add_person_key(kOther, siv_key(3));
  right.add_person_key(kPerson, siv_key(2));
  CHECK(left.digest(site_of(1)) == right.digest(site_of(1)));
  right.drop_person(kOther);
  CHECK(left.digest(site_of(1)) != right.digest(site_of(1)));
}

TEST_CASE("what one site says of its keys is no other's word: it can't be repeated") {
  Keyring keys;
  keys.add_person_key(kPerson, siv_key(2));
  CHECK(keys.digest(site_of(1)) != keys.digest(site_of(2)));
}

TEST_CASE("the school's keys don't count in the digest: the hub has none") {
  Keyring with;
  with.add_school_key(siv_key(1));
  CHECK(with.digest(site_of(1)) == Keyring().digest(site_of(1)));
}
