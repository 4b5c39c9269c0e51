#include "schema/read/summary_register.h"

#include <catch2/catch.hpp>

#include "schema/commands/course.h"
#include "schema/commands/final_mark.h"
#include "schema/commands/mark.h"
#include "schema/commands/person.h"
#include "tests/schema/small_school.h"

namespace zimnik::journal {
namespace {

using namespace journal::test;
using sync::Command;

constexpr std::int64_t kBiology = 802, kBiologyA = 911;

/// With a second subject, which is taught to all of 7А.
Node school() {
  auto node = school_node();
  node.save([](Command& run) {
    set_subject(run, kBiology, "Биология");
    set_course(run, kBiologyA, kBiology, kClassA, {});
    set_course_teacher(run, kBiologyA, kTeacher);
  });
  return node;
}

Do final(std::int64_t pupil, std::int64_t course, const char* value, const char* period = "q1") {
  return [=](Command& run) { set_final(run, {pupil, course, period, kYear}, value); };
}

SummaryRegister register_of(Node& node, std::int64_t school_class, const char* period = "q1") {
  return summary_register(node->database(), school_class, period, day("2025-10-20")).value();
}

TEST_CASE("R28: the register holds each pupil's results by subject, and the class's figures") {
  auto node = school();
  node.save(final(kIvanov, kCourseA, "5"));
  node.save(final(kIvanov, kBiologyA, "4"));
  node.save(final(kPetrova, kCourseA, "2"));
  node.save(final(kPetrova, kBiologyA, "осв"));
  node.save(final(kIvanov, kCourseA, "3", "year"));
  const auto page = register_of(node, kClassA);
  CHECK(page.school == "Школа деревни Ясунт");
  CHECK(page.class_teacher.brief() == "Ёлкина М. Л.");
  REQUIRE(page.subjects.size() == 2);
  CHECK(page.subjects[0].name == "Алгебра");
  CHECK(page.subjects[0].results.progress() == 500);
  CHECK(page.subjects[1].results.n() == 1);
  REQUIRE(page.rows.size() == 2);
  CHECK(page.rows[0].cells[0].value == "5");
  CHECK(page.rows[0].average.text() == "4,50");
  CHECK(page.rows[1].average.text() == "2,00");
  const auto pupils = page.pupils();
  CHECK(pupils.n() == 2);
  CHECK(pupils.progress() == 500);
  CHECK(pupils.quality() == 500);
  CHECK(pupils.learning() == 400);
  CHECK(register_of(node, kClassA, "year").rows[0].cells[0].value == "3");
  node.save(final(kPetrova, kCourseA, "3"));
  CHECK(register_of(node, kClassA).pupils().progress() == 1000);  // at once
}

TEST_CASE("not assessed stays in N, who has no result at all doesn't count") {
  auto node = school();
  node.save(final(kIvanov, kCourseA, "н/а"));
  node.save(final(kIvanov, kBiologyA, "5"));
  const auto pupils = register_of(node, kClassA).pupils();
  CHECK(pupils.n() == 1);
  CHECK(pupils.progress() == 0);
  CHECK(pupils.without == 1);
}

TEST_CASE("results and absences follow a pupil to the new class") {
  auto node = school();
  open(node, kMonday);
  open(node, kWednesday);
  node.save([](Command& run) {
    set_absence(run, kMonday, kIvanov, Absence::absent);
    set_absence(run, kWednesday, kIvanov, Absence::absent);
    add_excuse(run, kIvanov, day("2025-09-03"), day("2025-09-04"), ExcuseReason::sick, "справка");
  });
  node.save(final(kIvanov, kCourseA, "4"));
  node.save([](Command& run) { transfer(run, kIvanov, kClassA, kClassB, day("2025-10-01"), "5"); });
  CHECK(register_of(node, kClassA).rows.size() == 1);
  const auto page = register_of(node, kClassB);
  REQUIRE(page.rows.size() == 1);
  CHECK(page.rows[0].cells[0].value == "4");
  CHECK(page.lessons_missed() == 2);
  CHECK(page.missed_with_reason() == 1);
  node.save(final(kIvanov, kCourseB, "5"));
  CHECK(register_of(node, kClassB).rows[0].cells[0].value == "5");
}

TEST_CASE("no class or period, no register; what isn't a result is none") {
  auto node = school();
  node.save(
      "INSERT INTO final_mark (pupil, course, period, year, value) "
      "VALUES (21, 901, 'q1', 2025, '9')");
  CHECK(register_of(node, kClassA).rows[0].cells[0].value.empty());
  CHECK_FALSE(summary_register(node->database(), 999, "q1", day("2025-10-20")));
  CHECK_FALSE(summary_register(node->database(), kClassA, "h1", day("2025-10-20")));
}

}  // namespace
}  // namespace zimnik::journal
