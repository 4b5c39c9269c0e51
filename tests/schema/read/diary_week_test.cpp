#include "schema/read/diary_week.h"

#include <catch2/catch.hpp>

#include "schema/commands/family.h"
#include "schema/commands/final_mark.h"
#include "schema/commands/lesson.h"
#include "schema/commands/mark.h"
#include "schema/commands/person.h"
#include "schema/commands/reschedule.h"
#include "schema/commands/school.h"
#include "tests/schema/small_school.h"

namespace zimnik::journal {
namespace {

using namespace journal::test;
using sync::Command;

DiaryWeek week_of(Node& node, const std::string& date) {
  return diary_week(node->database(), kIvanov, day(date)).value();
}

TEST_CASE("a week shows what is planned, and what was held with all that is in it") {
  auto node = school_node();
  open(node, kMonday);
  node.save([](Command& run) {
    set_topic(run, kMonday, "Корни");
    set_homework(run, kMonday, "§ 3");
    enter_mark(run, {kMonday, kIvanov}, {5, {}, kControlWork, "", {}});
    set_absence(run, kMonday, kIvanov, Absence::late, 4);
    add_remark(run, 6001, kMonday, kIvanov, "Молодец");
    set_final(run, {kIvanov, kCourseA, "q1", kYear}, "5");
  });
  const auto week = week_of(node, "2025-09-05");
  CHECK(week.monday.text() == "2025-09-01");
  CHECK(week.class_name == "7А");
  CHECK(week.class_teacher.brief() == "Ёлкина М. Л.");
  CHECK(week.period->code == "q1");
  REQUIRE(week.days.size() == 7);
  CHECK(week.days[6].is_holiday);
  REQUIRE(week.days[0].lessons.size() == 1);
  const auto& lesson = week.days[0].lessons[0];
  CHECK(lesson.is_held);
  CHECK(lesson.subject == "Алгебра");
  CHECK(lesson.starts == "09:20");
  CHECK(lesson.room == "12");
  CHECK(lesson.topic == "Корни");
  CHECK(lesson.homework == "§ 3");
  CHECK(lesson.marks.at(0).value == 5);
  CHECK(lesson.attendance == "оп");
  CHECK(lesson.late_minutes == 4);
  CHECK(lesson.remarks == std::vector<std::string>{"Молодец"});
  REQUIRE(week.days[2].lessons.size() == 1);
  CHECK_FALSE(week.days[2].lessons[0].is_held);
  CHECK(week.days[2].lessons[0].teacher.brief() == "Самбиндалова А. И.");
  REQUIRE(week.subjects.size() == 1);
  CHECK(week.subjects[0].average.text() == "5,00");
  CHECK(week.subjects[0].finals.at(0).value == "5");
}

TEST_CASE("a substitution names who taught and for whom") {
  auto node = school_node();
  node.save([](Command& run) { open_lesson(run, kMonday, {kSubstitute, kTeacher, "17-з"}); });
  const auto lesson = week_of(node, "2025-09-01").days[0].lessons.at(0);
  CHECK(lesson.is_substituted);
  CHECK(lesson.teacher.brief() == "Вынгилев О. П.");
  CHECK(lesson.substituted.brief() == "Самбиндалова А. И.");
}

TEST_CASE("a lesson that was moved is shown at both places, and a day off has none") {
  auto node = school_node();
  const LessonKey friday{kCourseA, day("2025-09-05"), 4};
  open(node, friday);
  node.save([&](Command& run) {
    reschedule_lesson(run, kWednesday, friday, "5-п");
    set_day_off(run, day("2025-09-08"), "День города");
  });
  auto week = week_of(node, "2025-09-01");
  REQUIRE(week.days[2].lessons.size() == 1);
  CHECK(week.days[2].lessons[0].moved_to == friday);
  CHECK_FALSE(week.days[2].lessons[0].is_held);
  REQUIRE(week.days[4].lessons.size() == 1);
  CHECK(week.days[4].lessons[0].moved_from == kWednesday);
  CHECK(week.days[4].lessons[0].is_held);
  CHECK(week.days[4].lessons[0].room == "12");
  week = week_of(node, "2025-09-08");
  CHECK(week.days[0].is_holiday);
  CHECK(week.days[0].day_off == "День города");
  CHECK(week.days[0].lessons.empty());
  CHECK(week.days[2].lessons.size() == 1);
}

TEST_CASE("nothing is planned in the holidays") {
  auto node = school_node();
  const auto week = week_of(node, "2025-10-27");
  for (const auto& day : week.days) {
    CHECK(day.is_holiday);
    CHECK(day.lessons.empty());
  }
  CHECK(week.period->code == "q1");
}

TEST_CASE(
    "in the week of a transfer each day has its class's lessons, and the marks stay one list") {
  auto node = school_node();
  open(node, kMonday);
  node.save([](Command& run) { enter_mark(run, {kMonday, kIvanov}, {5, {}, {}, "", {}}); });
  node.save([](Command& run) { transfer(run, kIvanov, kClassA, kClassB, day("2025-09-02"), "5"); });
  const LessonKey tuesday{kCourseB, day("2025-09-02"), 2};
  open(node, tuesday);
  node.save([&](Command& run) { enter_mark(run, {tuesday, kIvanov}, {3, {}, {}, "", {}}); });
  const auto week = week_of(node, "2025-09-01");
  CHECK(week.days[0].lessons.size() == 1);
  CHECK(week.days[1].lessons.size() == 1);
  CHECK(week.days[2].lessons.empty());  // 7А's Wednesday
  REQUIRE(week.subjects.size() == 1);
  CHECK(week.subjects[0].average.text() == "4,00");
}

TEST_CASE("who is no pupil has no diary") {
  auto node = school_node();
  CHECK_FALSE(diary_week(node->database(), kMother, day("2025-09-01")));
  CHECK_FALSE(diary_week(node->database(), 99, day("2025-09-01")));
}

}  // namespace
}  // namespace zimnik::journal
