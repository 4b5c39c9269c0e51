#include "sync/net/wrapped_keys.h"

#include <catch2/catch.hpp>

#include "sync/core/bytes.h"
#include "sync/net/hpke.h"
#include "sync/net/limits.h"

namespace zimnik::net::test {
namespace {

const sync::SchoolId kSchool = sync::SchoolId::from("a school of 16 b");

struct Pair {
  SiteSecret sender = SiteSecret::make();
  SiteSecret recipient = SiteSecret::make();
  std::vector<sync::NewKey> keys = {{std::nullopt, sync::random_siv_key()},
                                    {sync::Value(std::int64_t{7}), sync::random_siv_key()}};
  sync::SiteRecord record{kSchool, sender.keys(), sync::SiteKind::node, {}};
  Parcel parcel = wrap_keys(kSchool, sender, recipient.keys(), keys);
};

}  // namespace

TEST_CASE("keys arrive as they were sent") {
  const Pair pair;
  const auto keys =
      unwrap_keys(decode_parcel(encode_parcel(pair.parcel)), pair.recipient, pair.record);
  REQUIRE(keys.size() == 2);
  CHECK_FALSE(keys[0].person);
  CHECK(keys[0].key == pair.keys[0].key);
  CHECK(keys[1].person == sync::Value(std::int64_t{7}));
  CHECK(keys[1].key == pair.keys[1].key);
}

TEST_CASE("a parcel is opened only by its recipient, of its sender, in its school") {
  const Pair pair;
  CHECK_THROWS_AS(unwrap_keys(pair.parcel, pair.sender, pair.record), sync::Refused);
  auto record = pair.record;
  record.school = sync::SchoolId::from("another school's");
  CHECK_THROWS_AS(unwrap_keys(pair.parcel, pair.recipient, record), sync::Refused);
  record = pair.record;
  record.keys = pair.recipient.keys();
  CHECK_THROWS_AS(unwrap_keys(pair.parcel, pair.recipient, record), sync::Refused);
}

TEST_CASE("another site can't sign what it found sealed") {
  const Pair pair;
  const auto thief = SiteSecret::make();
  auto parcel = wrap_keys(kSchool, thief, pair.recipient.keys(), {});
  parcel.sealed = pair.parcel.sealed;
  const sync::SiteRecord record{kSchool, thief.keys(), sync::SiteKind::node, {}};
  CHECK_THROWS_AS(unwrap_keys(parcel, pair.recipient, record), sync::Refused);
}

TEST_CASE("who can't open a parcel sees whether it may hold a person's key") {
  const Pair pair;
  const auto size = [&](const std::vector<sync::NewKey>& keys) {
    return encode_parcel(wrap_keys(kSchool, pair.sender, pair.recipient.keys(), keys)).size();
  };
  CHECK(size(std::vector{pair.keys[0]}) == kSchoolKeyParcelBytes);
  for (const auto& person : {sync::Value(std::int64_t{0}), sync::Value(sync::Text())}) {
    CHECK(size(std::vector{sync::NewKey{person, pair.keys[0].key}}) > kSchoolKeyParcelBytes);
  }
}

TEST_CASE("a parcel has keys of one kind, and one of the school at most") {
  const Pair pair;
  const auto &school = pair.keys[0], &person = pair.keys[1];
  CHECK(keys_of_next_parcel(std::vector<sync::NewKey>{}) == 0);
  CHECK(keys_of_next_parcel(std::vector{school, school, person}) == 1);
  CHECK(keys_of_next_parcel(std::vector{person, person, school, person}) == 2);
}

TEST_CASE("a hub hands out keys of persons, and none of the school") {
  const Pair pair;
  auto record = pair.record;
  record.kind = sync::SiteKind::hub;
  CHECK_THROWS_AS(unwrap_keys(pair.parcel, pair.recipient, record), sync::Refused);
  const auto persons =
      wrap_keys(kSchool, pair.sender, pair.recipient.keys(), std::span(pair.keys).subspan(1));
  CHECK(unwrap_keys(persons, pair.recipient, record).size() == 1);
}

TEST_CASE("a parcel that is cut or changed anywhere is refused") {
  const Pair pair;
  const auto bytes = encode_parcel(pair.parcel);
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    CHECK_THROWS_AS(decode_parcel(bytes.substr(0, i)), sync::Refused);
    auto changed = bytes;
    changed[i] = static_cast<char>(changed[i] ^ 1);
    CHECK_THROWS_AS(unwrap_keys(decode_parcel(changed), pair.recipient, pair.record),
                    sync::Refused);
  }
  CHECK_THROWS_AS(decode_parcel(bytes + "x"), sync::Refused);
}

TEST_CASE("as many keys as a parcel may hold fit its bytes, with the longest names") {
  const Pair pair;
  std::vector<sync::NewKey> keys(
      limits::kParcelKeys,
      {sync::Value(sync::Text{"a name of 36 bytes, as of a UUID's.."}), sync::random_siv_key()});
  const auto bytes = encode_parcel(wrap_keys(kSchool, pair.sender, pair.recipient.keys(), keys));
  CHECK(bytes.size() <= limits::kParcelBytes);
  CHECK(unwrap_keys(decode_parcel(bytes), pair.recipient, pair.record).size() == keys.size());
  keys.push_back(keys[0]);
  CHECK_THROWS(wrap_keys(kSchool, pair.sender, pair.recipient.keys(), keys));
}

}  // namespace zimnik::net::test
