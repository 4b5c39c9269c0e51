#include "schema/read/control.h"

#include <catch2/catch.hpp>

#include "schema/commands/lesson.h"
#include "schema/commands/mark.h"
#include "schema/commands/school.h"
#include "schema/read/planned_lessons.h"
#include "tests/schema/small_school.h"

namespace zimnik::journal {
namespace {

using namespace journal::test;
using sync::Command;

CourseControl control_of(Node& node, const char* from, const char* to) {
  const Period period{kYear, "q1", day(from), day(to), {}};
  for (auto& figures : control_of_courses(node->database(), period, day(to))) {
    if (figures.course.id == kCourseA) return figures;
  }
  throw std::logic_error("the course isn't among them");
}

TEST_CASE("R35: lessons by the timetable stand against those in the journal") {
  auto node = school_node();
  open(node, kMonday);
  open(node, kWednesday);
  open(node, {kCourseA, day("2025-09-05"), 4});
  node.save([](Command& run) {
    set_topic(run, kMonday, "Корни");
    set_no_homework(run, kMonday);
    set_homework(run, kWednesday, "§ 2");
    enter_mark(run, {kMonday, kIvanov}, {5, 1, {}, "", {}});
    enter_mark(run, {kMonday, kPetrova}, {std::nullopt, 1, {}, "", {}});
    set_absence(run, kWednesday, kIvanov, Absence::absent);
  });
  const auto figures = control_of(node, "2025-09-01", "2025-09-10");
  CHECK(figures.pupils == 2);
  CHECK(figures.planned == 4);
  CHECK(figures.held == 3);
  CHECK(figures.missing == 2);
  CHECK(figures.without_topic == 2);
  CHECK(figures.without_homework == 1);
  CHECK(figures.without_entries == 1);
  CHECK(figures.marks == 1);
  CHECK(figures.density() == 17);  // 1 / (2 · 3)
  CHECK_FALSE(figures.plan_lag());
}

TEST_CASE(
    "of a period of centuries, which a broken node may write, a year's lessons are looked at") {
  auto node = school_node();
  node.save("UPDATE reporting_period SET starts = '1900-01-01', ends = '2199-12-31'");
  const auto planned =
      planned_lessons(node->database(), kCourseA, day("2025-09-01"), day("2199-12-31"));
  CHECK(planned.size() > 100);
  CHECK(planned.size() < 120);
}

TEST_CASE("holidays and days off have no lessons, a moved one is looked for where it went") {
  auto node = school_node();
  const auto planned = [&] {
    return planned_lessons(node->database(), kCourseA, day("2025-10-20"), day("2025-11-10"));
  };
  CHECK(planned().size() == 4);  // 20 and 22 October, 5 and 10 November
  node.save("INSERT INTO day_off (date, name) VALUES ('2025-10-20', 'Карантин')");
  CHECK(planned().size() == 3);
  node.save(
      "INSERT INTO rescheduled_lesson (course, date, number, to_date, to_number) VALUES "
      "(901, '2025-10-22', 2, '2025-10-23', 5), (901, '2025-11-05', 2, NULL, NULL)");
  CHECK(planned() ==
        std::set<LessonKey>{{kCourseA, day("2025-10-23"), 5}, {kCourseA, day("2025-11-10"), 2}});
}

TEST_CASE("a plan lags by the hours that the timetable had and no lesson took") {
  auto node = school_node();
  node.save(
      "INSERT INTO lesson_plan (course, position, topic, hours) VALUES (901, 1, 'Корни', 2), "
      "(901, 2, 'Степени', 3)");
  open(node, kMonday);
  auto figures = control_of(node, "2025-09-08", "2025-09-10");
  CHECK(figures.plan_hours == 5);
  CHECK(figures.plan_due == 4);
  CHECK(figures.plan_lag() == 3);
  node.save("UPDATE lesson SET plan_position = 1");
  CHECK(control_of(node, "2025-09-08", "2025-09-10").plan_lag() == 2);
  CHECK(control_of(node, "2025-09-08", "2025-10-24").plan_due == 5);  // no more than it has
}

TEST_CASE("what others wrote against the rules doesn't break the control") {
  auto node = school_node();
  node.save(
      "INSERT INTO timetable (course, weekday, number, since) VALUES (901, 9, 1, '2025-09-01'), "
      "(901, 1, 5, 'never')");
  node.save("INSERT INTO lesson (course, date, number, teacher) VALUES (901, '2025-09-0x', 1, 11)");
  node.save("INSERT INTO lesson_plan (course, position, hours) VALUES (901, 1, -4)");
  const auto figures = control_of(node, "2025-09-01", "2025-09-03");
  CHECK(figures.planned == 2);
  CHECK(figures.held == 0);
  CHECK_FALSE(figures.density());
}

TEST_CASE("who is assessed by half-years is looked at in the half-year that runs") {
  auto node = school_node();
  node.save([](Command& run) {
    set_period(run, kYear, "h1", day("2025-09-01"), day("2025-12-30"));
    set_class(run, kClassB, {kYear, 10, "Б", kBranch, 1});
  });
  const auto shown = [&](const char* code, const char* last) {
    std::string text;
    for (const auto& period : periods_of_year(node->database(), kYear)) {
      if (period.code != code) continue;
      for (const auto& figures : control_of_courses(node->database(), period, day(last))) {
        text += figures.course.class_name + " " + figures.period.code + " " + figures.from.text() +
                " " + figures.to.text() + "\n";
      }
    }
    return text;
  };
  CHECK(shown("q2", "2025-11-20") == "7А q2 2025-11-05 2025-11-20\n10Б h1 2025-09-01 2025-11-20\n");
  CHECK(shown("q1", "2025-11-20") == "7А q1 2025-09-01 2025-10-24\n10Б h1 2025-09-01 2025-10-24\n");
  CHECK(shown("h1", "2025-11-20") == "7А q2 2025-11-05 2025-11-20\n10Б h1 2025-09-01 2025-11-20\n");
}

}  // namespace
}  // namespace zimnik::journal
