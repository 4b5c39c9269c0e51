#include "schema/dates.h"

#include <catch2/catch.hpp>

namespace zimnik::journal {
namespace {

TEST_CASE("a day reads and writes as itself") {
  for (const auto* text : {"1970-01-01", "2024-02-29", "2025-09-01", "2199-12-31"}) {
    REQUIRE(Date::parse(text));
    CHECK(Date::parse(text)->text() == text);
  }
  CHECK(Date().text() == "1970-01-01");
  CHECK(Date::parse("2025-09-01")->russian() == "01.09.2025");
}

TEST_CASE("what is no day isn't read") {
  for (const auto* text : {"", "2025-02-29", "2025-13-01", "2025-00-10", "2025-9-1", "01.09.2025",
                           "2025-09-01 ", "1899-01-01", "20x5-01-01", "-025-01-01"}) {
    CHECK_FALSE(Date::parse(text));
  }
}

TEST_CASE("weeks begin on Monday, school years in August") {
  const auto sunday = *Date::parse("2025-09-07");
  CHECK(sunday.weekday() == 7);
  CHECK(sunday.monday().text() == "2025-09-01");
  CHECK(sunday.monday().monday() == sunday.monday());
  CHECK(sunday.plus(1).weekday() == 1);
  CHECK(Date::parse("2025-08-01")->school_year() == 2025);
  CHECK(Date::parse("2026-07-31")->school_year() == 2025);
}

TEST_CASE("times of day have two digits each") {
  CHECK(is_time_of_day("08:30"));
  CHECK(is_time_of_day("23:59"));
  for (const auto* text : {"8:30", "24:00", "08:60", "0830", "08:3x", ""}) {
    CHECK_FALSE(is_time_of_day(text));
  }
}

}  // namespace
}  // namespace zimnik::journal
