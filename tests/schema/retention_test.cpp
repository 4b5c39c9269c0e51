#include "schema/retention.h"

#include <catch2/catch.hpp>

#include "schema/commands/mark.h"
#include "tests/schema/small_school.h"

namespace zimnik::journal {
namespace {

using namespace journal::test;
using sync::Command;

TEST_CASE("what has to be kept longest decides, from the end of its school year") {
  PersonRecords records;
  CHECK_FALSE(kept_until(records));
  records.personal = day("2025-11-01");
  CHECK(kept_until(records) == day("2029-08-31"));
  records.journal = day("2025-05-31");
  CHECK(kept_until(records) == day("2030-08-31"));
  records.summary = 2010;
  CHECK(kept_until(records) == day("2036-08-31"));
}

TEST_CASE("a pupil in a class, a teacher at work and a guardian of the pupil are there still") {
  auto node = school_node();
  for (const auto person : {kIvanov, kTeacher, kMother}) {
    CHECK(records_of(*node, person, day("2025-10-01")).is_current);
  }
  CHECK_FALSE(records_of(*node, 99, day("2025-10-01")).is_current);
  CHECK_FALSE(kept_until(records_of(*node, 99, day("2025-10-01"))));
}

TEST_CASE("records count from their last day, of whatever table") {
  auto node = school_node();
  open(node, kMonday);
  node.save([](Command& run) { enter_mark(run, {kMonday, kIvanov}, {5, {}, {}, "", {}}); });
  node.save("UPDATE enrolment SET until = '2025-09-02' WHERE pupil = 21");
  node.save("UPDATE role_grant SET until = '2025-09-02'");
  const auto today = day("2026-10-01");
  const auto pupil = records_of(*node, kIvanov, today);
  CHECK_FALSE(pupil.is_current);
  CHECK(pupil.journal == kMonday.date);
  CHECK(pupil.personal == day("2025-09-02"));
  CHECK_FALSE(pupil.summary);
  CHECK(kept_until(pupil) == day("2031-08-31"));
  const auto teacher = records_of(*node, kTeacher, today);
  CHECK_FALSE(teacher.is_current);
  CHECK(teacher.journal == kMonday.date);
  const auto mother = records_of(*node, kMother, today);
  CHECK_FALSE(mother.is_current);
  CHECK(mother.personal == day("2025-09-02"));  // of her child's stay
}

TEST_CASE("what names no day counts from when it was written") {
  auto node = school_node();
  node.save("INSERT INTO account (login, person) VALUES ('anna', 40)");
  CHECK(records_of(*node, 40, day("2030-01-01")).personal ==
        Date::from_days(static_cast<std::int32_t>(node.now.ms / (24LL * 3600 * 1000))));
}

TEST_CASE("a year or a day that is none keeps nothing from being judged") {
  auto node = school_node();
  node.save(
      "INSERT INTO mark (course, date, number, pupil, work, attempt, value) VALUES "
      "(1, 'yesterday', 1, 39, 1, 1, 5), (1, '2015-09-01', 1, 39, 1, 1, 5)");
  node.save(
      "INSERT INTO final_mark (pupil, course, period, year, value) VALUES "
      "(39, 1, 'q1', 9000000000, '5')");
  const auto records = records_of(*node, 39, day("2025-10-01"));
  CHECK(records.journal == day("2015-09-01"));
  CHECK(kept_until(records));
}

}  // namespace
}  // namespace zimnik::journal
