#include "schema/read/refiling.h"

#include <catch2/catch.hpp>

#include "schema/commands/course.h"
#include "schema/commands/mark.h"
#include "schema/commands/person.h"
#include "tests/schema/small_school.h"

namespace zimnik::journal {
namespace {

using namespace journal::test;
using sync::Command;

void mark(Node& node, const LessonKey& lesson, std::int64_t pupil) {
  node.save(
      [&](Command& run) {
        enter_mark(run, {lesson, pupil, 1, 1}, {5, {}, {}, "", {}});
        set_absence(run, lesson, pupil, Absence::late);
      },
      teacher());
}

TEST_CASE("what was entered on or after the day of a transfer waits, what came before doesn't") {
  auto node = school_node();
  open(node, kMonday);
  open(node, kWednesday);
  for (const auto& lesson : {kMonday, kWednesday}) {
    mark(node, lesson, kIvanov);
    mark(node, lesson, kPetrova);
  }
  auto& database = node->database();
  CHECK(waiting_of_pupil(database, kIvanov, kYear).empty());
  node.save([](Command& run) { transfer(run, kIvanov, kClassA, kClassB, kWednesday.date, "1"); });
  const auto own = waiting_of_pupil(database, kIvanov, kYear);
  REQUIRE(own.size() == 1);
  CHECK(own[0].lesson == kWednesday);
  CHECK(own[0].entries == "5 · оп");
  CHECK(own[0].course.text() == "7А, Алгебра");
  CHECK(waiting_of_pupil(database, kPetrova, kYear).empty());
  CHECK(waiting_of_teacher(database, kTeacher, kYear).size() == 1);
  CHECK(waiting_of_teacher(database, kSubstitute, kYear).empty());
  CHECK(waiting_of_pupil(database, kIvanov, kYear + 1).empty());
}

TEST_CASE("who came back to the class has nothing waiting there") {
  auto node = school_node();
  open(node, kWednesday);
  mark(node, kWednesday, kIvanov);
  node.save([](Command& run) {
    transfer(run, kIvanov, kClassA, kClassB, day("2025-09-02"), "1");
    transfer(run, kIvanov, kClassB, kClassA, day("2025-09-03"), "2");
  });
  CHECK(waiting_of_pupil(node->database(), kIvanov, kYear).empty());
}

TEST_CASE("a lesson of a group waits too after the pupil left it") {
  auto node = school_node();
  node.save([](Command& run) {
    set_group(run, 31, "1 группа", "subgroup", kClassA);
    join_group(run, 31, kIvanov, day("2025-09-01"));
    set_course(run, 903, kAlgebra, kClassA, 31);
    set_course_teacher(run, 903, kTeacher);
  });
  const LessonKey lesson{903, day("2025-09-04"), 1};
  open(node, lesson);
  mark(node, lesson, kIvanov);
  CHECK(waiting_of_teacher(node->database(), kTeacher, kYear).empty());
  node.save([](Command& run) { leave_group(run, 31, kIvanov, day("2025-09-03")); });
  CHECK(waiting_of_teacher(node->database(), kTeacher, kYear).size() == 1);
}

}  // namespace
}  // namespace zimnik::journal
