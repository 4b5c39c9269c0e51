#include "schema/access.h"

#include <catch2/catch.hpp>

#include "schema/commands/account.h"
#include "schema/commands/person.h"
#include "schema/read/membership.h"
#include "tests/schema/small_school.h"

namespace zimnik::journal {
namespace {

using namespace journal::test;
using sync::Command;

const Date kToday = Date::from(2025, 9, 10).value();

TEST_CASE("a lesson is edited by the course's teacher, and by nobody who only looks after it") {
  auto node = school_node();
  open(node, kMonday);
  auto& database = node->database();
  CHECK(may_edit_lesson(database, kTeacher, kMonday, kToday));
  for (const auto person : {kSubstitute, kClassTeacher, kPrincipal, kDeputy, kMother}) {
    CHECK_FALSE(may_edit_lesson(database, person, kMonday, kToday));
  }
}

TEST_CASE("a substitute edits the lesson of the order and no other") {
  auto node = school_node();
  auto& database = node->database();
  const Assignment assignment{kSubstitute, kTeacher, "17-з"};
  CHECK(may_open_lesson(database, kSubstitute, kMonday, assignment, kToday));
  CHECK_FALSE(may_open_lesson(database, kSubstitute, kMonday, {kSubstitute, kTeacher, ""}, kToday));
  CHECK_FALSE(may_open_lesson(database, kSubstitute, kMonday, {kSubstitute, {}, ""}, kToday));
  node.save([&](Command& run) { open_lesson(run, kMonday, assignment); });
  CHECK(may_edit_lesson(database, kSubstitute, kMonday, kToday));
  CHECK_FALSE(may_edit_lesson(database, kSubstitute, kWednesday, kToday));
  CHECK(may_read_course(database, kSubstitute, kCourseA, kToday));
  CHECK_FALSE(may_read_course(database, kSubstitute, kCourseB, kToday));
}

TEST_CASE("a class teacher reads all subjects of the class, heads read everything") {
  auto node = school_node();
  auto& database = node->database();
  CHECK(may_read_course(database, kClassTeacher, kCourseA, kToday));
  CHECK_FALSE(may_read_course(database, kClassTeacher, kCourseB, kToday));
  for (const auto person : {kPrincipal, kDeputy, kTeacher}) {
    CHECK(may_read_course(database, person, kCourseA, kToday));
    CHECK(may_read_course(database, person, kCourseB, kToday));
  }
  CHECK_FALSE(may_read_course(database, kMother, kCourseA, kToday));
  CHECK_FALSE(may_read_course(database, kTeacher, 999, kToday));
}

TEST_CASE("who teaches here no more looks after no class, though it still names its teacher") {
  auto node = school_node();
  auto& database = node->database();
  node.save(
      [](Command& run) { withdraw_role(run, kClassTeacher, Role::subject_teacher, {}, "3-к"); });
  CHECK_FALSE(may_read_course(database, kClassTeacher, kCourseA, kToday));
  CHECK_FALSE(may_care_for_class(database, kClassTeacher, kClassA, kToday));
  const auto grant = [&](const Scope& scope) {
    node.save([&](Command& run) {
      grant_role(run, kClassTeacher, Role::class_teacher, scope, "4-к", day("2025-09-01"));
    });
  };
  grant({{}, kClassB});
  CHECK_FALSE(may_read_course(database, kClassTeacher, kCourseA, kToday));
  grant({{}, kClassA});
  CHECK(may_read_course(database, kClassTeacher, kCourseA, kToday));
  CHECK(may_care_for_class(database, kClassTeacher, kClassA, kToday));
}

TEST_CASE("a role counts within its days and while it isn't withdrawn") {
  auto node = school_node();
  auto& database = node->database();
  CHECK_FALSE(may_edit_lesson(database, kTeacher, kMonday, day("2025-08-31")));
  node.save([](Command& run) {
    grant_role(run, kTeacher, Role::subject_teacher, {}, "2-к", day("2025-09-01"),
               day("2025-09-09"));
  });
  CHECK(may_edit_lesson(database, kTeacher, kMonday, day("2025-09-09")));
  CHECK_FALSE(may_edit_lesson(database, kTeacher, kMonday, kToday));
  node.save([](Command& run) { withdraw_role(run, kDeputy, Role::deputy_head, {}, "3-к"); });
  CHECK_FALSE(may_manage_studies(database, kDeputy, kToday));
  CHECK(may_manage_studies(database, kPrincipal, kToday));
}

TEST_CASE("a role for one course counts there alone") {
  auto node = school_node();
  node.save([](Command& run) {
    withdraw_role(run, kTeacher, Role::subject_teacher, {}, "3-к");
    grant_role(run, kTeacher, Role::subject_teacher, {kCourseB, {}}, "4-к", day("2025-09-01"));
  });
  CHECK(may_set_final(node->database(), kTeacher, kCourseB, kToday));
  CHECK_FALSE(may_set_final(node->database(), kTeacher, kCourseA, kToday));
}

TEST_CASE("a class is cared for by its teacher") {
  auto node = school_node();
  CHECK(may_care_for_class(node->database(), kClassTeacher, kClassA, kToday));
  CHECK_FALSE(may_care_for_class(node->database(), kClassTeacher, kClassB, kToday));
  CHECK_FALSE(may_care_for_class(node->database(), kTeacher, kClassA, kToday));
  CHECK_FALSE(may_manage_structure(node->database(), kClassTeacher, kToday));
}

TEST_CASE("a pupil goes to the care of the new class's teacher on the day of the transfer") {
  auto node = school_node();
  auto& database = node->database();
  CHECK(may_care_for_pupil(database, kClassTeacher, kIvanov, kToday));
  CHECK(class_at_hand(database, kIvanov, day("2025-08-15")) == kClassA);
  node.save([](Command& run) { transfer(run, kIvanov, kClassA, kClassB, kToday, "40-д"); });
  CHECK(may_care_for_pupil(database, kClassTeacher, kIvanov, kToday.plus(-1)));
  CHECK_FALSE(may_care_for_pupil(database, kClassTeacher, kIvanov, kToday));
  CHECK_FALSE(may_read_pupil(database, kClassTeacher, kIvanov, kToday));
  CHECK(may_care_for_pupil(database, kDeputy, kIvanov, kToday));
}

TEST_CASE("roles are granted by the principal, and up to the own rank by the specialist") {
  auto node = school_node();
  auto& database = node->database();
  node.save([](Command& run) {
    grant_role(run, kSubstitute, Role::technical_specialist, {}, "5-к", day("2025-09-01"));
  });
  for (const auto role : kRoles) CHECK(may_give_role(database, kPrincipal, role, kToday));
  CHECK(may_give_role(database, kSubstitute, Role::technical_specialist, kToday));
  CHECK(may_give_role(database, kSubstitute, Role::subject_teacher, kToday));
  CHECK_FALSE(may_give_role(database, kSubstitute, Role::deputy_head, kToday));
  CHECK_FALSE(may_give_role(database, kSubstitute, Role::principal, kToday));
  CHECK_FALSE(may_give_role(database, kDeputy, Role::subject_teacher, kToday));
}

TEST_CASE("the technical specialist reads classes and moves pupils, and cares for nobody") {
  auto node = school_node();
  auto& database = node->database();
  node.save([](Command& run) {
    grant_role(run, kSubstitute, Role::technical_specialist, {}, "5-к", day("2025-09-01"));
    grant_role(run, kMother, Role::secretary, {}, "5-к", day("2025-09-01"));
  });
  CHECK(may_read_class(database, kSubstitute, kClassA, kToday));
  CHECK(may_move_pupils(database, kSubstitute, kToday));
  CHECK_FALSE(may_care_for_pupil(database, kSubstitute, kIvanov, kToday));
  CHECK(may_move_pupils(database, kMother, kToday));
  CHECK(may_care_for_pupil(database, kMother, kIvanov, kToday));
  CHECK_FALSE(may_manage_structure(database, kMother, kToday));
  CHECK_FALSE(may_move_pupils(database, kClassTeacher, kToday));
}

}  // namespace
}  // namespace zimnik::journal
