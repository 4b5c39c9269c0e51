#include "schema/read/orders.h"

#include <catch2/catch.hpp>

#include "schema/commands/account.h"
#include "schema/commands/order.h"
#include "tests/schema/small_school.h"

namespace zimnik::journal {
namespace {

using namespace journal::test;
using sync::Command;

const Date kToday = Date::from(2025, 10, 1).value();

TEST_CASE("orders of a school year stand by their days, the latest first") {
  auto node = school_node();
  node.save([](Command& run) {
    add_order(run, 51, {"1", day("2025-09-01"), "О начале года"});
    add_order(run, 52, {"2", day("2026-01-12"), "О замене"});
    add_order(run, 53, {"9", day("2025-06-01"), "О лете"});
  });
  const auto orders = orders_of_year(node->database(), kYear);
  REQUIRE(orders.size() == 2);
  CHECK(orders[0].number == "2");
  CHECK(orders[1].title == "О начале года");
}

TEST_CASE("duties that last stand before those that ended") {
  auto node = school_node();
  node.save([](Command& run) {
    assign_duty(run, "Архив", kDeputy, day("2025-09-01"), day("2025-09-30"), "1");
    assign_duty(run, "Ведение журнала", kDeputy, day("2025-09-01"), kToday, "1");
  });
  const auto found = duties(node->database(), kToday);
  REQUIRE(found.size() == 2);
  CHECK(found[0].duty == "Ведение журнала");
  CHECK_FALSE(found[0].has_ended(kToday));
  CHECK(found[0].name.family_name == "Сайнахова");
  CHECK(found[1].has_ended(kToday));
}

TEST_CASE("grants of staff are listed with what they are for, as long as they last") {
  auto node = school_node();
  node.save([](Command& run) {
    grant_role(run, kTeacher, Role::deputy_head, {}, "4-к", day("2025-09-01"), day("2025-09-30"));
    grant_role(run, kTeacher, Role::additional_teacher, {kCourseB, {}}, "5-к", day("2025-09-01"));
    grant_role(run, kDeputy, Role::class_teacher, {{}, kClassA}, "6-к", day("2025-11-01"));
    grant_role(run, kMother, Role::guardian, {}, "", day("2025-09-01"));
    withdraw_role(run, kSubstitute, Role::subject_teacher, {}, "7-к");
  });
  const auto of = [&](std::int64_t person) {
    auto grants = staff_grants(node->database(), kToday);
    std::erase_if(grants, [&](const ShownGrant& grant) { return grant.person != person; });
    return grants;
  };
  CHECK(of(kMother).empty());
  CHECK(of(kSubstitute).empty());
  const auto teacher = of(kTeacher);
  REQUIRE(teacher.size() == 2);
  CHECK(teacher[0].role == "additional_teacher");
  CHECK(teacher[0].scope == "7Б, Алгебра");
  CHECK(teacher[0].course == kCourseB);
  CHECK(teacher[1].scope.empty());
  const auto deputy_grants = of(kDeputy);
  REQUIRE(deputy_grants.size() == 2);
  CHECK(deputy_grants[0].role == "deputy_head");
  CHECK(deputy_grants[1].scope == "7А");
  CHECK(deputy_grants[1].order_number == "6-к");
}

}  // namespace
}  // namespace zimnik::journal
