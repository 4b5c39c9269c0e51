#include "sync/core/encoding.h"

#include <catch2/catch.hpp>

namespace zimnik::sync::test {

TEST_CASE("base32 is RFC 4648's, in lower case and unpadded") {
  CHECK(to_base32("") == "");
  CHECK(to_base32("f") == "my");
  CHECK(to_base32("fo") == "mzxq");
  CHECK(to_base32("foo") == "mzxw6");
  CHECK(to_base32("foob") == "mzxw6yq");
  CHECK(to_base32("fooba") == "mzxw6ytb");
  CHECK(to_base32("foobar") == "mzxw6ytboi");
}

TEST_CASE("base32 is read in either case, and only where each bit counts") {
  CHECK(from_base32("MZXW6ytboi") == "foobar");
  CHECK_FALSE(from_base32("mz1"));
  CHECK_FALSE(from_base32("mzxw6y="));
  CHECK_FALSE(from_base32("m"));
  CHECK_FALSE(from_base32("mz"));  // a bit after the last byte
}

TEST_CASE("hexadecimal is read in either case") {
  CHECK(from_hex("00fF") == std::string("\0\xff", 2));
  CHECK(to_hex(std::string("\0\xff", 2)) == "00ff");
  CHECK_FALSE(from_hex("0"));
  CHECK_FALSE(from_hex("0g"));
}

TEST_CASE("a number is read as it is written, and no other way") {
  CHECK(from_decimal("0") == 0u);
  CHECK(from_decimal("4294967295") == 4294967295u);
  for (const char* text :
       {"", "-5", "+5", " 5", "5 ", "05", "1e9", "4294967296", "4294967299", "x"}) {
    CAPTURE(text);
    CHECK_FALSE(from_decimal(text));
  }
}

}  // namespace zimnik::sync::test
