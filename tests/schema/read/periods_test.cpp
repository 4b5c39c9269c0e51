#include "schema/read/periods.h"

#include <catch2/catch.hpp>

#include "schema/commands/school.h"
#include "tests/schema/small_school.h"

namespace zimnik::journal {
namespace {

using namespace journal::test;
using sync::Command;

TEST_CASE("lower classes have quarters, the tenth and eleventh half-years where there are any") {
  auto node = school_node();
  CHECK(periods_of_grade(node->database(), kYear, 10).size() == 2);
  node.save(
      [](Command& run) { set_period(run, kYear, "h1", day("2025-09-01"), day("2025-12-30")); });
  const auto upper = periods_of_grade(node->database(), kYear, 10);
  REQUIRE(upper.size() == 1);
  CHECK(upper[0].title() == "1 полугодие");
  const auto lower = periods_of_grade(node->database(), kYear, 9);
  REQUIRE(lower.size() == 2);
  CHECK(lower[1].title() == "2 четверть");
}

TEST_CASE("a day belongs to the period of its course, or to the holidays") {
  auto node = school_node();
  CHECK(period_of(node->database(), kCourseA, day("2025-10-24"))->code == "q1");
  CHECK_FALSE(period_of(node->database(), kCourseA, day("2025-10-25")));
  CHECK_FALSE(period_of(node->database(), kCourseA, day("2026-09-01")));
}

}  // namespace
}  // namespace zimnik::journal
