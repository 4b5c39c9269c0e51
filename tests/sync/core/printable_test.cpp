#include "sync/core/printable.h"

#include <catch2/catch.hpp>

using zimnik::sync::harmless;
using zimnik::sync::one_line;
using namespace std::string_literals;

TEST_CASE("what a terminal would obey becomes spaces, lines and columns stay") {
  CHECK(harmless("\x1b[31mцвет\a\x7f"
                 "а\rб\0в\n\tг"s) == " [31mцвет  а б в\n\tг");
  CHECK(harmless("\u0080\u009b2J\u00a0«текст»") == "    2J\u00a0«текст»");
  CHECK(harmless("\xc2") == "\xc2");
  CHECK(harmless("а\u2028б") == "а\u2028б");
  CHECK(harmless("а\u202eб\u2066в\u2069") == "а   б   в   ");
  CHECK(harmless("\u2029\u202f\u2065\u206a") == "\u2029\u202f\u2065\u206a");
}

TEST_CASE("a value makes no other line and no other column") {
  CHECK(one_line("а\nб\tв\r\nг") == "а б в  г");
  CHECK(one_line("а\u2028б\u2029в\u0085г") == "а   б   в  г");
  CHECK(one_line("\u2027 «текст» № 5") == "\u2027 «текст» № 5");
  CHECK(one_line("\x1b[8m") == " [8m");
}
