#include "schema/read/class_people.h"

#include <catch2/catch.hpp>

#include "schema/commands/mark.h"
#include "schema/commands/person.h"
#include "tests/schema/small_school.h"

namespace zimnik::journal {
namespace {

using namespace journal::test;
using sync::Command;

void be_away(Node& node, const LessonKey& lesson, std::int64_t pupil) {
  node.save([&](Command& run) { set_absence(run, lesson, pupil, Absence::absent); }, teacher());
}

TEST_CASE("a class's list has its pupils by name, each with family, contacts and open absences") {
  auto node = school_node();
  open(node, kMonday);
  open(node, kWednesday);
  be_away(node, kMonday, kIvanov);
  be_away(node, kWednesday, kIvanov);
  node.save([](Command& run) {
    set_birth_date(run, kIvanov, day("2012-03-04"));
    set_contact(run, kMother, "phone", "+7 000 1", "анкета", day("2025-09-01"));
    add_excuse(run, kIvanov, day("2025-09-03"), day("2025-09-03"), ExcuseReason::sick, "12");
  });
  const auto page = class_page(node->database(), kClassA, day("2025-09-10"));
  REQUIRE(page);
  CHECK(page->title.text() == "7А");
  CHECK(page->class_teacher.family_name == "Ёлкина");
  CHECK(page->period->code == "q1");
  REQUIRE(page->pupils.size() == 2);
  const auto& ivanov = page->pupils[0];
  CHECK(ivanov.birth_date == day("2012-03-04"));
  REQUIRE(ivanov.guardians.size() == 1);
  CHECK(ivanov.guardians[0].guardian.relation == "мать");
  CHECK(ivanov.guardians[0].contacts.at(0).value == "+7 000 1");
  CHECK(ivanov.unexcused_lessons == 1);
  CHECK(ivanov.unexcused_days == std::vector{day("2025-09-01")});
  CHECK(page->pupils[1].unexcused_lessons == 0);
  CHECK_FALSE(class_page(node->database(), 999, day("2025-09-10")));
}

TEST_CASE("a class is shown within its school year, also in the summers about it") {
  auto node = school_node();
  const auto pupils = [&](const char* today) {
    return class_page(node->database(), kClassA, day(today))->pupils.size();
  };
  CHECK(pupils("2025-08-20") == 2);
  CHECK(pupils("2026-08-20") == 2);
  const auto lines = class_lines(node->database(), kYear, day("2025-08-20"));
  REQUIRE(lines.size() == 2);
  CHECK(lines[0].pupils == 2);
  CHECK(lines[0].branch == "Главное здание");
  CHECK(lines[1].pupils == 0);
  CHECK_FALSE(lines[1].class_teacher.is_readable());
}

TEST_CASE("a week names who was away on which day, and how long no reason is known for") {
  auto node = school_node();
  open(node, kMonday);
  open(node, kWednesday);
  be_away(node, kMonday, kIvanov);
  be_away(node, kWednesday, kIvanov);
  const auto week = absence_week(node->database(), kClassA, day("2025-09-05"));
  REQUIRE(week);
  CHECK(week->monday == day("2025-09-01"));
  REQUIRE(week->rows.size() == 1);
  CHECK(week->rows[0].pupil == kIvanov);
  CHECK(week->rows[0].days[0].size() == 1);
  CHECK(week->rows[0].days[1].empty());
  CHECK(week->rows[0].days[2].size() == 1);
  CHECK(week->rows[0].first_unexcused == day("2025-09-01"));
  CHECK(week->rows[0].last_unexcused == day("2025-09-03"));
  CHECK(absence_week(node->database(), kClassA, day("2025-09-12"))->rows.empty());
}

TEST_CASE("who left in the middle of the week still has its days in it") {
  auto node = school_node();
  open(node, kMonday);
  be_away(node, kMonday, kIvanov);
  node.save([](Command& run) { leave_class(run, kIvanov, kClassA, day("2025-09-02")); });
  CHECK(absence_week(node->database(), kClassA, day("2025-09-05"))->rows.size() == 1);
}

}  // namespace
}  // namespace zimnik::journal
