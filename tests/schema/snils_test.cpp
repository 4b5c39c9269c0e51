#include "schema/snils.h"

#include <catch2/catch.hpp>

namespace zimnik::journal {
namespace {

TEST_CASE("a number is taken with any blanks and dashes, and written in one way") {
  for (const auto* text : {"112-233-445 95", "11223344595", " 112 233 445-95 "}) {
    CHECK(snils_from(text) == "112-233-445 95");
  }
}

TEST_CASE("a number whose check digits are wrong isn't one") {
  CHECK_FALSE(snils_from("112-233-445 94"));
  CHECK_FALSE(snils_from("112-233-446 95"));
}

TEST_CASE("a remainder of 100 is written 00, numbers of the first years aren't checked") {
  CHECK(snils_from("001-019-989 00"));
  CHECK_FALSE(snils_from("001-019-989 01"));
  CHECK(snils_from("001-001-998 12"));
  CHECK_FALSE(snils_from("001-001-999 12"));
}

TEST_CASE("too few digits, too many, and letters are refused") {
  for (const auto* text : {"", "112-233-445", "112-233-445 955", "112-233-445 9О"}) {
    CHECK_FALSE(snils_from(text));
  }
}

}  // namespace
}  // namespace zimnik::journal
