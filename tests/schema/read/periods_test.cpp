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

TEST_CASE("a half-year's results go with the quarter in which, or after which, it ends") {
  const Period q1{kYear, "q1", day("2025-09-01"), day("2025-10-24"), {}};
  const Period q2{kYear, "q2", day("2025-11-05"), day("2025-12-30"), {}};
  const Period q3{kYear, "q3", day("2026-01-12"), day("2026-03-20"), {}};
  const Period h1{kYear, "h1", day("2025-09-01"), day("2025-12-31"), {}};
  const std::vector<Period> all{h1, q1, q2, q3}, quarters{q1, q2, q3}, halves{h1};
  const auto own = [&](const std::vector<Period>& of_class, const Period& chosen) {
    const auto found = own_period_ending(of_class, chosen, all);
    return found ? found->code : std::string();
  };
  CHECK(own(halves, q1).empty());
  CHECK(own(halves, q2) == "h1");
  CHECK(own(halves, q3).empty());
  CHECK(own(halves, h1) == "h1");
  CHECK(own(quarters, q3) == "q3");
}

}  // namespace
}  // namespace zimnik::journal
