#include "sync/core/value.h"

#include <rapidcheck/catch.h>
#include <bit>
#include <catch2/catch.hpp>
#include <limits>

#include "sync/core/limits.h"
#include "tests/sync/core/arbitrary.h"
#include "tests/sync/core/samples.h"

using namespace zimnik::sync;
using Catch::Contains;
using test::refusal;
using test::unhex;

namespace {

std::string encoded(const Value& value) {
  std::string bytes;
  Writer writer(bytes);
  write_value(writer, value);
  return bytes;
}

Value decoded(const std::string& bytes) {
  Reader reader(bytes, "test");
  auto value = read_value(reader, "value");
  reader.expect_end("end");
  return value;
}

std::string real_bytes(double real) {
  std::string bytes = "\x02";
  Writer(bytes).fixed64(std::bit_cast<std::uint64_t>(real));
  return bytes;
}

}  // namespace

TEST_CASE("values of every kind read back") {
  for (const auto& value : test::all_kinds_of_values()) {
    CHECK(decoded(encoded(value)) == value);
    CHECK(is_valid(value));
  }
  const Value cipher = Cipher{id_of(test::siv_key(1)), "bytes"};
  CHECK(decoded(encoded(cipher)) == cipher);
  rc::prop("any value", [] {
    const auto value = *test::any_value();
    RC_ASSERT(decoded(encoded(value)) == value);
  });
}

TEST_CASE("the encoding of values is what the format says") {
  CHECK(test::hex(encoded(Null{})) == "00");
  CHECK(test::hex(encoded(std::int64_t{-3})) == "0105");
  CHECK(test::hex(encoded(1.5)) == "02000000000000f83f");
  CHECK(test::hex(encoded(Text{"ab"})) == "03026162");
  CHECK(test::hex(encoded(Blob{"\xff"})) == "0401ff");
  CHECK(test::hex(encoded(Cipher{KeyId::from("12345678"), "z"})) ==
        "05"
        "3132333435363738"
        "017a");
}

TEST_CASE("a real that is NaN, infinite or minus zero is refused") {
  using Reals = std::numeric_limits<double>;
  for (double real : {Reals::quiet_NaN(), -Reals::quiet_NaN(), Reals::signaling_NaN(),
                      Reals::infinity(), -Reals::infinity(), -0.0}) {
    CHECK_FALSE(is_valid(real));
    CHECK_THAT(refusal([&] { decoded(real_bytes(real)); }),
               Contains("NaN, infinite or minus zero"));
  }
}

TEST_CASE("text with a NUL, or that isn't UTF-8, is refused; the same bytes are a blob") {
  for (const char* digits : {"00", "eda080", "c080", "f4908080", "e282"}) {
    const auto text = unhex(digits);
    CHECK_FALSE(is_valid(Text{text}));
    auto bytes = encoded(Blob{text});
    CHECK(decoded(bytes) == Value(Blob{text}));
    bytes[0] = 3;
    CHECK_THAT(refusal([&] { decoded(bytes); }), Contains("not UTF-8"));
  }
}

TEST_CASE("an unknown type of value is refused") {
  for (const char* digits : {"06", "7f", "ff"}) {
    CHECK_THAT(refusal([&] { decoded(unhex(digits)); }), Contains("unknown type of value"));
  }
}

TEST_CASE("a string longer than a leaf is refused by its length alone") {
  for (char tag : {'\3', '\4'}) {
    std::string bytes(1, tag);
    Writer(bytes).varint(limits::kLeafBytes + 1);
    CHECK_THAT(refusal([&] { decoded(bytes); }), Contains("over the bound"));
  }
}

TEST_CASE("every truncation of a value is refused") {
  for (const auto& value : test::all_kinds_of_values()) {
    const auto bytes = encoded(value);
    for (std::size_t size = 0; size < bytes.size(); ++size) {
      CHECK_FALSE(refusal([&] { decoded(bytes.substr(0, size)); }).empty());
    }
  }
}

TEST_CASE("a key reads back without any schema") {
  const std::vector<Value> values{std::int64_t{7}, Text{"день"}, Null{}, Blob{"x"}, 0.5};
  CHECK(key_values(make_key(values)) == values);
  CHECK(key_values(make_key({})).empty());
  rc::prop("any key", [] {
    const auto key = *test::any_key();
    check_key(key);
    RC_ASSERT(make_key(key_values(key)) == key);
  });
}

TEST_CASE("bytes that aren't a key are refused") {
  const auto check = [](const std::string& bytes) {
    return refusal([&] { check_key(Key{bytes}); });
  };
  CHECK_THAT(check(""), Contains("row key, byte 0: columns: the bytes end"));
  CHECK_THAT(check(unhex("01")), Contains("column: the bytes end"));
  CHECK_THAT(check(unhex("0000")), Contains("1 bytes too many"));
  CHECK_THAT(check(unhex("11") + std::string(17, '\0')), Contains("17 is over the bound of 16"));
  CHECK_THAT(check(unhex("8100 00")), Contains("shortest form"));
}
