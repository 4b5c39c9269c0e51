#include "schema/read/pupil_subject.h"

#include <catch2/catch.hpp>

#include "schema/commands/final_mark.h"
#include "schema/commands/lesson.h"
#include "schema/commands/mark.h"
#include "schema/commands/person.h"
#include "tests/schema/small_school.h"

namespace zimnik::journal {

using namespace journal::test;
using sync::Command;

TEST_CASE(
    "a subject has its marks by period with what they were for, and how the average is made") {
  auto node = school_node();
  const LessonKey november{kCourseA, day("2025-11-05"), 2};
  for (const auto& lesson : {kMonday, kWednesday, november}) open(node, lesson);
  node.save([&](Command& run) {
    set_topic(run, kMonday, "Корни");
    enter_mark(run, {kMonday, kIvanov}, {5, 2, kControlWork, "Молодец", {}});
    enter_mark(run, {kWednesday, kIvanov}, {3, {}, {}, "", {}});
    enter_mark(run, {november, kIvanov}, {4, {}, {}, "", {}});
    set_absence(run, november, kIvanov, Absence::late, 4);
    set_final(run, {kIvanov, kCourseA, "q1", kYear}, "4");
    set_final(run, {kIvanov, kCourseA, "year", kYear}, "5");
  });
  const auto subject =
      pupil_subject(node->database(), kIvanov, kAlgebra, day("2025-11-06")).value();
  CHECK(subject.name == "Алгебра");
  REQUIRE(subject.teachers.size() == 1);
  REQUIRE(subject.periods.size() == 2);
  const auto& first = subject.periods[0];
  CHECK(first.result == "4");
  CHECK(first.average.text() == "4,33");
  CHECK(first.forecast == 4);
  REQUIRE(first.marks.size() == 2);
  CHECK(first.marks[0].topic == "Корни");
  CHECK(first.marks[0].comment == "Молодец");
  CHECK(first.absences.empty());
  CHECK(subject.periods[1].marks.size() == 1);
  REQUIRE(subject.periods[1].absences.size() == 1);
  CHECK(subject.periods[1].absences[0].late_minutes == 4);
  REQUIRE(subject.results.size() == 1);
  CHECK(subject.results[0].code == "year");
  // Before the second quarter began there was but one.
  CHECK(pupil_subject(node->database(), kIvanov, kAlgebra, day("2025-10-24"))->periods.size() == 1);
}

TEST_CASE("after a transfer a subject has the marks of both classes") {
  auto node = school_node();
  open(node, kMonday);
  node.save([](Command& run) { enter_mark(run, {kMonday, kIvanov}, {5, {}, {}, "", {}}); });
  node.save([](Command& run) { transfer(run, kIvanov, kClassA, kClassB, day("2025-09-02"), "5"); });
  const LessonKey tuesday{kCourseB, day("2025-09-02"), 2};
  open(node, tuesday);
  node.save([&](Command& run) { enter_mark(run, {tuesday, kIvanov}, {3, {}, {}, "", {}}); });
  const auto subject =
      pupil_subject(node->database(), kIvanov, kAlgebra, day("2025-09-05")).value();
  REQUIRE(subject.periods.size() == 1);
  CHECK(subject.periods[0].average.text() == "4,00");
}

TEST_CASE("a subject that the pupil isn't taught is none of its subjects") {
  auto node = school_node();
  CHECK_FALSE(pupil_subject(node->database(), kIvanov, kAlgebra + 1, day("2025-09-05")));
  CHECK_FALSE(pupil_subject(node->database(), kMother, kAlgebra, day("2025-09-05")));
}

}  // namespace zimnik::journal
