#include "sync/core/personal.h"

#include <catch2/catch.hpp>

#include "tests/sync/core/samples.h"

using namespace zimnik::sync;
using namespace zimnik::sync::test;

namespace {

const Key kRow = key_of({std::int64_t{1}});
const Key kOtherRow = key_of({std::int64_t{2}});
const Value kName = Text{"Анна"};

Cipher sealed(const ValuePlace& place, const Value& value = kName, std::uint64_t key = 2) {
  return encipher(siv_key(key), id_of(siv_key(key)), place, value);
}

}  // namespace

TEST_CASE("a personal value of every kind comes back") {
  const ValuePlace place{1, kRow, 2, 3};
  for (const auto& value : all_kinds_of_values()) {
    CHECK(decipher(some_keys(), place, sealed(place, value)) == value);
  }
}

TEST_CASE("the same value at the same place under the same key is the same bytes") {
  CHECK(sealed({1, kRow, 2, 3}) == sealed({1, kRow, 2, 3}));
  CHECK(sealed({1, kRow, 2, 3}) != sealed({1, kRow, 2, 3}, Text{"Анна "}));
  CHECK(sealed({1, kRow, 2, 3}) != sealed({1, kRow, 2, 3}, kName, 3));
}

TEST_CASE("at another place the same value is other bytes, and the old ones say nothing") {
  const auto cipher = sealed({1, kRow, 2, 3});
  for (const ValuePlace& place : {ValuePlace{2, kRow, 2, 3}, ValuePlace{1, kOtherRow, 2, 3},
                                  ValuePlace{1, kRow, 3, 3}, ValuePlace{1, kRow, 2, 4}}) {
    CHECK(sealed(place) != cipher);
    CHECK_FALSE(decipher(some_keys(), place, cipher).has_value());
  }
}

TEST_CASE("without the key, or under another, a personal value says nothing") {
  const ValuePlace place{1, kRow, 2, 3};
  CHECK_FALSE(decipher({}, place, sealed(place)).has_value());
  auto under_another = sealed(place);
  under_another.key = id_of(siv_key(3));
  CHECK_FALSE(decipher(some_keys(), place, under_another).has_value());
}

TEST_CASE("altered bytes of a personal value say nothing") {
  const ValuePlace place{1, kRow, 2, 3};
  const auto cipher = sealed(place);
  for (std::size_t i = 0; i < cipher.bytes.size(); ++i) {
    auto altered = cipher;
    altered.bytes[i] = static_cast<char>(altered.bytes[i] ^ 1);
    CHECK_FALSE(decipher(some_keys(), place, altered).has_value());
    altered.bytes = cipher.bytes.substr(0, i);
    CHECK_FALSE(decipher(some_keys(), place, altered).has_value());
  }
}

TEST_CASE("a cipher within a cipher, and nonsense under the right key, say nothing") {
  const ValuePlace place{1, kRow, 2, 3};
  CHECK_FALSE(decipher(some_keys(), place, sealed(place, sealed(place))).has_value());
  Cipher cipher = sealed(place);
  // What encipher would make of a place, over bytes that are no value.
  std::string associated = "zimnik value";
  Writer writer(associated);
  for (std::uint64_t part : {1, 2, 3}) writer.varint(part);
  writer.raw(kRow.bytes);
  REQUIRE(siv_open(siv_key(2), associated, cipher.bytes).has_value());
  cipher.bytes = siv_seal(siv_key(2), associated, "nonsense");
  CHECK_FALSE(decipher(some_keys(), place, cipher).has_value());
}
