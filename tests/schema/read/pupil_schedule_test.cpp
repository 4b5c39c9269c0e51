#include "schema/read/pupil_schedule.h"

#include <catch2/catch.hpp>

#include "schema/commands/course.h"
#include "schema/commands/lesson.h"
#include "schema/commands/lesson_plan.h"
#include "schema/commands/lesson_work.h"
#include "schema/commands/reschedule.h"
#include "schema/commands/school.h"
#include "tests/schema/small_school.h"

namespace zimnik::journal {
namespace {

using namespace journal::test;
using sync::Command;

PupilSchedule schedule_on(Node& node, const std::string& date) {
  return pupil_schedule(node->database(), kIvanov, day(date)).value();
}

std::string works_of(const PupilSchedule& schedule) {
  std::string text;
  for (const auto& work : schedule.control_works) {
    text += work.lesson.date.text() + " " + work.kind + ": " + work.topic +
            (work.is_forecast ? " ?\n" : "\n");
  }
  return text;
}

}  // namespace

TEST_CASE(
    "a pupil's timetable has its class's lessons by weekday, with bells, rooms and teachers") {
  auto node = school_node();
  const auto schedule = schedule_on(node, "2025-09-01");
  CHECK(schedule.name.plain() == "Иванов Пётр");
  CHECK(schedule.class_name == "7А");
  CHECK(schedule.class_teacher.brief() == "Ёлкина М. Л.");
  REQUIRE(schedule.lessons.size() == 2);
  CHECK(schedule.lessons[0].weekday == 1);
  CHECK(schedule.lessons[1].weekday == 3);
  CHECK(schedule.lessons[0].starts == "09:20");
  CHECK(schedule.lessons[0].room == "12");
  REQUIRE(schedule.teachers.size() == 1);
  CHECK(schedule.teachers[0].teacher.brief() == "Самбиндалова А. И.");
  CHECK(schedule.period->code == "q1");
}

TEST_CASE("holidays and days off that aren't over are named") {
  auto node = school_node();
  node.save([](Command& run) { set_day_off(run, day("2025-11-04"), "День народного единства"); });
  node.save([](Command& run) { set_day_off(run, day("2025-12-12"), "Выходной округа"); });
  const auto schedule = schedule_on(node, "2025-11-10");
  REQUIRE(schedule.free_days.size() == 1);
  CHECK(schedule.free_days[0].name == "Выходной округа");
  const auto before = schedule_on(node, "2025-10-24");
  REQUIRE(before.free_days.size() == 3);
  CHECK(before.free_days[0].from.text() == "2025-10-25");
  CHECK(before.free_days[0].to.text() == "2025-11-04");
}

TEST_CASE("moves and substitutions of the next two weeks are told, and later ones aren't") {
  auto node = school_node();
  const LessonKey friday{kCourseA, day("2025-09-05"), 4};
  open(node, friday);
  node.save([&](Command& run) { reschedule_lesson(run, kWednesday, friday, "5-п"); });
  const LessonKey next{kCourseA, day("2025-09-08"), 2}, later{kCourseA, day("2025-09-29"), 2};
  for (const auto& lesson : {next, later}) {
    node.save([&](Command& run) { open_lesson(run, lesson, {kSubstitute, kTeacher, "17-з"}); });
  }
  const auto schedule = schedule_on(node, "2025-09-01");
  REQUIRE(schedule.changes.size() == 2);
  CHECK(schedule.changes[0].slot == kWednesday);
  CHECK(schedule.changes[0].to == friday);
  CHECK(schedule.changes[1].slot == next);
  CHECK_FALSE(schedule.changes[1].is_moved);
  CHECK(schedule.changes[1].substitute_name.brief() == "Вынгилев О. П.");
  CHECK(schedule.changes[1].substituted_name.brief() == "Самбиндалова А. И.");
}

TEST_CASE("control works are those that lessons name, and those that the plan comes to") {
  auto node = school_node();
  const LessonKey later{kCourseA, day("2025-09-17"), 2};
  open(node, kMonday);
  open(node, later);
  node.save([&](Command& run) {
    set_plan_line(run, kCourseA, 1, {"", "Степени", 2, {}, ""});
    set_plan_line(run, kCourseA, 2, {"", "Контрольная № 1", 1, kControlWork, ""});
    set_plan_line(run, kCourseA, 3, {"", "Корни", 60, {}, ""});
    take_plan_line(run, kMonday, 1);
    set_lesson_work(run, later, 1, {kControlWork, 2, "Входной срез"});
  });
  // 1 September was «Степени» for the first time; the 3rd is its second hour, the 8th the work.
  CHECK(works_of(schedule_on(node, "2025-09-02")) ==
        "2025-09-08 Контрольная работа: Контрольная № 1 ?\n"
        "2025-09-17 Контрольная работа: Входной срез\n");
  CHECK(works_of(schedule_on(node, "2025-10-01")).find("Входной срез") != std::string::npos);
}

TEST_CASE("who was never in a class has no schedule") {
  auto node = school_node();
  CHECK_FALSE(pupil_schedule(node->database(), kMother, day("2025-09-01")));
  CHECK_FALSE(pupil_schedule(node->database(), kIvanov, day("2025-08-01")));
}

}  // namespace zimnik::journal
