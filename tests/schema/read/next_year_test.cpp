#include "schema/read/next_year.h"

#include <catch2/catch.hpp>

#include "schema/commands/course.h"
#include "schema/commands/person.h"
#include "schema/commands/school.h"
#include "tests/schema/small_school.h"

namespace zimnik::journal {
namespace {

using namespace journal::test;
using sync::Command;

std::vector<std::int64_t> ids_of(const StayingClass& one) {
  std::vector<std::int64_t> ids;
  for (const auto& pupil : one.pupils) ids.push_back(pupil.id);
  return ids;
}

TEST_CASE("who has left isn't of the class any more, who was moved is of the last one") {
  auto node = school_node();
  node.save([](Command& run) { leave_class(run, kPetrova, kClassA, day("2026-05-20")); });
  auto classes = staying_classes(node->database(), kYear);
  REQUIRE(classes.size() == 2);
  CHECK(classes[0].class_teacher.brief() == "Ёлкина М. Л.");
  CHECK(ids_of(classes[0]) == std::vector<std::int64_t>{kIvanov});
  CHECK_FALSE(classes[1].class_teacher.is_readable());
  CHECK(classes[1].pupils.empty());
  // Two nodes have each put the pupil into a class.
  node.save("INSERT INTO enrolment (pupil, school_class, since) VALUES (21, 702, '2026-01-12')");
  classes = staying_classes(node->database(), kYear);
  CHECK(classes[0].pupils.empty());
  CHECK(ids_of(classes[1]) == std::vector<std::int64_t>{kIvanov});
  CHECK(enrolled_in_year(node->database(), kYear) == std::set<std::int64_t>{kIvanov, kPetrova});
  CHECK(enrolled_in_year(node->database(), kYear + 1).empty());
}

TEST_CASE("a class's courses have their hours, its subgroups who is in them still") {
  auto node = school_node();
  node.save([](Command& run) {
    set_course_hours(run, kCourseA, 102);
    set_group(run, 501, "1 группа", "subgroup", kClassA);
    set_group(run, 502, "Хор", "stream", {});
    join_group(run, 501, kIvanov, day("2025-09-01"));
    join_group(run, 501, kPetrova, day("2025-09-01"));
    leave_group(run, 501, kPetrova, day("2025-10-01"));
  });
  const auto courses = courses_of_class(node->database(), kClassA);
  REQUIRE(courses.size() == 1);
  CHECK(courses[0].hours == 102);
  CHECK(courses[0].teacher == kTeacher);
  const auto groups = subgroups_of(node->database(), kClassA);
  REQUIRE(groups.size() == 1);
  CHECK(groups[0].members == std::set<std::int64_t>{kIvanov});
}

TEST_CASE("a year with periods of its own takes none over") {
  auto node = school_node();
  CHECK(periods_to_take_over(node->database(), kYear + 1).size() == 2);
  node.save(
      [](Command& run) { set_period(run, kYear + 1, "h1", day("2026-09-01"), day("2026-12-28")); });
  CHECK(periods_to_take_over(node->database(), kYear + 1).empty());
}

}  // namespace
}  // namespace zimnik::journal
