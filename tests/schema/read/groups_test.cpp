#include "schema/read/groups.h"

#include <catch2/catch.hpp>

#include "schema/commands/course.h"
#include "schema/commands/person.h"
#include "schema/ids.h"
#include "tests/schema/small_school.h"

namespace zimnik::journal {
namespace {

using namespace journal::test;
using sync::Command;

const Date kToday = Date::from(2025, 9, 10).value();

TEST_CASE("groups of a year: subgroups by class, streams by the year they were made in") {
  auto node = school_node();
  const auto stream = make_id(kYear, 5), older = make_id(kYear - 1, 5);
  node.save([&](Command& run) {
    set_group(run, 31, "1 группа", "subgroup", kClassA);
    set_group(run, stream, "Хор", "stream", {});
    set_group(run, older, "Прошлогодний", "stream", {});
    join_group(run, 31, kIvanov, day("2025-09-01"));
    set_course(run, 903, kAlgebra, kClassA, 31);
  });
  const auto groups = groups_of_year(node->database(), kYear, kToday);
  REQUIRE(groups.size() == 2);
  CHECK(groups[0].class_name == "7А");
  CHECK(groups[0].members == 1);
  REQUIRE(groups[0].courses.size() == 1);
  CHECK(groups[0].courses[0].text() == "7А, Алгебра (1 группа)");
  CHECK(groups[1].name == "Хор");
  CHECK(groups[1].members == 0);
}

TEST_CASE("a group's page names its members first, then those who left, and who may join") {
  auto node = school_node();
  node.save([&](Command& run) {
    set_group(run, 31, "1 группа", "subgroup", kClassA);
    join_group(run, 31, kIvanov, day("2025-09-01"));
    join_group(run, 31, kPetrova, day("2025-09-01"));
    leave_group(run, 31, kIvanov, day("2025-09-05"));
  });
  const auto page = group_page(node->database(), 31, kClassB, kToday);
  REQUIRE(page);
  REQUIRE(page->members.size() == 2);
  CHECK(page->members[0].pupil == kPetrova);
  CHECK(page->members[0].class_name == "7А");
  CHECK(page->members[1].pupil == kIvanov);
  CHECK(page->members[1].until == day("2025-09-05"));
  REQUIRE(page->others.size() == 1);
  CHECK(page->others[0].id == kIvanov);
  CHECK_FALSE(group_page(node->database(), 99, {}, kToday));
}

TEST_CASE("a stream takes pupils of the class that is asked for") {
  auto node = school_node();
  node.save([&](Command& run) { set_group(run, make_id(kYear, 5), "Хор", "stream", {}); });
  auto& database = node->database();
  CHECK(group_page(database, make_id(kYear, 5), {}, kToday)->others.empty());
  CHECK(group_page(database, make_id(kYear, 5), kClassA, kToday)->others.size() == 2);
  CHECK(group_page(database, make_id(kYear, 5), kClassB, kToday)->others.empty());
}

}  // namespace
}  // namespace zimnik::journal
