#include "schema/proposals.h"

#include <catch2/catch.hpp>

#include "schema/words.h"

namespace zimnik::journal {
namespace {

std::string texts(const std::vector<ProposedPeriod>& periods) {
  std::string text;
  for (const auto& period : periods) {
    text += period.code + " " + period.starts.text() + " " + period.ends.text() + "\n";
  }
  return text;
}

TEST_CASE("the quarters of 2025/26 are those that the ministry proposed") {
  CHECK(texts(proposed_periods(2025, YearPlan::quarters)) ==
        "q1 2025-09-01 2025-10-24\nq2 2025-11-05 2025-12-30\nq3 2026-01-12 2026-03-27\n"
        "q4 2026-04-06 2026-05-26\nh1 2025-09-01 2025-12-30\nh2 2026-01-12 2026-05-26\n");
}

TEST_CASE("in every year periods follow each other and begin and end on school days") {
  for (int year = 2020; year < 2060; ++year) {
    for (const auto plan : {YearPlan::quarters, YearPlan::trimesters, YearPlan::half_years}) {
      std::optional<Date> before;
      for (const auto& period : proposed_periods(year, plan)) {
        INFO(year << " " << period.code);
        CHECK(is_period_code(period.code));
        CHECK(period.starts < period.ends);
        CHECK(period.starts.weekday() <= 5);
        CHECK(period.ends.weekday() <= 5);
        if (period.code == "h1") before.reset();
        if (before) CHECK(*before < period.starts);
        before = period.ends;
      }
    }
    for (const auto& day : proposed_days_off(year)) CHECK(day.date.weekday() <= 5);
  }
}

TEST_CASE("periods a year later keep their days of the week, from 1 September on") {
  CHECK(texts(a_year_later(proposed_periods(2025, YearPlan::quarters), 2026)) ==
        "q1 2026-09-01 2026-10-23\nq2 2026-11-05 2026-12-29\nq3 2027-01-11 2027-03-26\n"
        "q4 2027-04-05 2027-05-25\nh1 2026-09-01 2026-12-29\nh2 2027-01-11 2027-05-25\n");
}

TEST_CASE("bells follow from the first lesson, its length and the breaks") {
  const auto bells = bells_from({});
  REQUIRE(bells.size() == 7);
  CHECK(bells[0].starts == "08:30");
  CHECK(bells[0].ends == "09:10");
  CHECK(bells[1].starts == "09:20");
  CHECK(bells[2].starts == "10:20");
  CHECK(bells_from({"14:00", 30, 3, {5}})[2].starts == "15:10");
  for (const auto& plan : {BellPlan{"8:30", 40, 7, {10}}, BellPlan{"23:00", 40, 2, {10}},
                           BellPlan{"08:30", 0, 7, {10}}, BellPlan{"08:30", 40, 17, {10}},
                           BellPlan{"08:30", 40, 7, {}}, BellPlan{"08:30", 40, 7, {-5}}}) {
    CHECK(bells_from(plan).empty());
  }
}

TEST_CASE("words name the plans of a year") {
  CHECK(year_plan_from("trimesters") == YearPlan::trimesters);
  CHECK_FALSE(year_plan_from("weeks"));
}

}  // namespace
}  // namespace zimnik::journal
