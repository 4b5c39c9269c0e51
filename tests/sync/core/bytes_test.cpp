#include "sync/core/bytes.h"

#include <rapidcheck/catch.h>
#include <catch2/catch.hpp>

#include "tests/sync/core/samples.h"

using namespace zimnik::sync;
using Catch::Contains;
using test::refusal;
using test::unhex;

namespace {

std::uint64_t read_varint(const std::string& bytes, std::uint64_t most = UINT64_MAX) {
  Reader reader(bytes, "test");
  const auto value = reader.varint("number", most);
  reader.expect_end("end");
  return value;
}

}  // namespace

TEST_CASE("a varint reads as what was written, in the number of bytes that LEB128 has") {
  const std::pair<std::uint64_t, std::string> kKnown[] = {
      {0, "00"},     {1, "01"},       {127, "7f"},       {128, "8001"},
      {300, "ac02"}, {16383, "ff7f"}, {16384, "808001"}, {UINT64_MAX, "ffffffffffffffffff01"},
  };
  for (const auto& [number, digits] : kKnown) {
    std::string bytes;
    Writer(bytes).varint(number);
    CHECK(test::hex(bytes) == digits);
    CHECK(read_varint(bytes) == number);
  }
}

TEST_CASE("a varint that isn't in its shortest form is refused") {
  for (const char* digits : {"8000", "ff00", "808000", "ffffffffffffffffff00"}) {
    CHECK_THAT(refusal([&] { read_varint(unhex(digits)); }), Contains("shortest form"));
  }
}

TEST_CASE("a varint of more than 64 bits is refused") {
  for (const char* digits : {"ffffffffffffffffff02", "80808080808080808080", "ffffffffffffffffff7f",
                             "ffffffffffffffffffff01"}) {
    CHECK_THAT(refusal([&] { read_varint(unhex(digits)); }), Contains("more than 64 bits"));
  }
}

TEST_CASE("a number over its bound is refused, the bound itself isn't") {
  CHECK(read_varint("\x05", 5) == 5);
  CHECK_THAT(refusal([] { read_varint("\x06", 5); }), Contains("6 is over the bound of 5"));
}

TEST_CASE("a refusal names the whole, the byte and the field") {
  CHECK(refusal([] { Reader("", "leaf").byte("format"); }) ==
        "leaf, byte 0: format: the bytes end here");
  CHECK(refusal([] {
          Reader reader("abc", "leaf", 40);
          reader.byte("format");
          reader.fixed64("page");
        }) == "leaf, byte 41: page: 8 bytes are wanted, 2 left");
  CHECK(refusal([] { Reader("abc", "leaf").expect_end("end"); }) ==
        "leaf, byte 0: end: 3 bytes too many");
}

TEST_CASE("bytes that end within a field are refused") {
  CHECK_THAT(refusal([] { Reader("\x80", "t").varint("n"); }),
             Contains("byte 1: n: the bytes end"));
  CHECK_THAT(refusal([] {
               Reader(
                   "\x04"
                   "abc",
                   "t")
                   .sized(9, "s");
             }),
             Contains("4 bytes are wanted"));
  CHECK_THAT(refusal([] { Reader("abc", "t").fixed<KeyId>("key"); }),
             Contains("8 bytes are wanted"));
}

TEST_CASE("a length over its bound is refused before its bytes are looked for") {
  CHECK_THAT(refusal([] { Reader("\xff\xff\xff\x7f", "t").sized(9, "s"); }),
             Contains("bound of 9"));
}

TEST_CASE("zigzag puts the small numbers of both signs first") {
  CHECK(Writer::zigzag(0) == 0);
  CHECK(Writer::zigzag(-1) == 1);
  CHECK(Writer::zigzag(1) == 2);
  CHECK(Writer::zigzag(INT64_MAX) == UINT64_MAX - 1);
  CHECK(Writer::zigzag(INT64_MIN) == UINT64_MAX);
  rc::prop("unzigzag undoes it", [](std::int64_t number) {
    RC_ASSERT(Writer::unzigzag(Writer::zigzag(number)) == number);
  });
}

TEST_CASE("what is written reads back") {
  rc::prop("numbers and bytes",
           [](std::uint64_t a, std::int64_t b, std::uint64_t c, const std::string& d) {
             std::string bytes;
             Writer writer(bytes);
             writer.varint(a);
             writer.signed_varint(b);
             writer.fixed64(c);
             writer.sized(d);
             Reader reader(bytes, "test");
             RC_ASSERT(reader.varint("a") == a);
             RC_ASSERT(reader.signed_varint("b") == b);
             RC_ASSERT(reader.fixed64("c") == c);
             RC_ASSERT(reader.sized(d.size(), "d") == d);
             RC_ASSERT(reader.done());
           });
}

TEST_CASE("text is what RFC 3629 allows, from the first to the last of each length") {
  for (const char* digits : {"", "01", "7f", "c280", "dfbf", "e0a080", "ed9fbf", "ee8080", "efbfbf",
                             "f0908080", "f48fbfbf", "d0b7d0b8d0bc 20 f09fa78a"}) {
    INFO(digits);
    CHECK(is_text(unhex(digits)));
  }
}

TEST_CASE("what isn't UTF-8 is no text") {
  const std::pair<const char*, const char*> kBad[] = {
      {"a NUL", "61 00 62"},
      {"a lone continuation", "80"},
      {"overlong, of two bytes", "c080"},
      {"overlong, of two bytes, the last", "c1bf"},
      {"overlong, of three bytes", "e08080"},
      {"overlong, of three bytes, the last", "e09fbf"},
      {"overlong, of four bytes", "f0808080"},
      {"overlong, of four bytes, the last", "f08fbfbf"},
      {"the first surrogate", "eda080"},
      {"the last surrogate", "edbfbf"},
      {"U+110000", "f4908080"},
      {"a lead beyond U+13FFFF", "f5808080"},
      {"a lead of five bytes", "f888808080"},
      {"0xfe", "fe"},
      {"0xff", "ff"},
      {"truncated, of two bytes", "c3"},
      {"truncated, of three bytes", "e282"},
      {"truncated, of four bytes", "f09f92"},
      {"a letter where a continuation is due", "c341"},
      {"a letter where a third byte is due", "e28241"},
      {"a letter where a fourth byte is due", "f09f9241"},
  };
  for (const auto& [what, digits] : kBad) {
    INFO(what);
    CHECK_FALSE(is_text(unhex(digits)));
    std::string bytes;
    Writer(bytes).sized(unhex(digits));
    CHECK_THAT(refusal([&] { Reader(bytes, "t").text(99, "name"); }), Contains("name: not UTF-8"));
  }
}
