#include "schema/commands/rollover.h"

#include <catch2/catch.hpp>

#include "schema/commands/course.h"
#include "schema/commands/final_mark.h"
#include "schema/commands/lesson.h"
#include "schema/commands/mark.h"
#include "schema/commands/person.h"
#include "schema/commands/school.h"
#include "schema/read/membership.h"
#include "tests/schema/small_school.h"

namespace zimnik::journal {
namespace {

using namespace journal::test;
using sync::Command;

constexpr int kNext = kYear + 1;
constexpr std::int64_t kGroup = 501, kCourseOfGroup = 903;

/// 7А → 8А and 7Б → 8Б as a rule has it.
RolloverWish usual(Node& node) {
  RolloverWish wish;
  wish.year = kNext;
  wish.last_day = day("2026-06-30");
  wish.order = {"31-п", day("2026-06-10"), ""};
  for (const auto& one : classes_of_year(node->database(), kYear)) {
    wish.classes.push_back(usual_wish(one));
  }
  return wish;
}

void roll(Node& node, const RolloverWish& wish) {
  const auto shown = plan_rollover(node->database(), wish).digest();
  node.save([&](Command& run) { roll_over(run, wish, shown); }, deputy());
}

std::string classes(Node& node, int year = kNext) {
  return node.read(
      "SELECT grade_level, letter, shift, class_teacher FROM school_class WHERE year = " +
      std::to_string(year) + " ORDER BY grade_level, letter");
}

std::string stays(Node& node) {
  return node.read(
      "SELECT e.pupil, k.grade_level || coalesce(k.letter, ''), e.since, e.until, e.order_number "
      "FROM enrolment e JOIN school_class k ON k.id = e.school_class WHERE k.year = 2026 "
      "ORDER BY e.pupil");
}

void add_subgroup(Node& node) {
  node.save([](Command& run) {
    set_course_hours(run, kCourseA, 102);
    set_curriculum(run, kClassA, kAlgebra, 102);
    set_group(run, kGroup, "1 группа", "subgroup", kClassA);
    join_group(run, kGroup, kIvanov, day("2025-09-01"));
    set_course(run, kCourseOfGroup, kAlgebra, kClassA, kGroup);
  });
}

TEST_CASE("classes go up with their pupils and teachers, the old year stays as it was") {
  auto node = school_node();
  const auto before = classes(node, kYear);
  roll(node, usual(node));
  CHECK(classes(node) == "8,А,1,13\n8,Б,1,-");
  CHECK(stays(node) == "21,8А,2026-09-01,-,31-п\n22,8А,2026-09-01,-,31-п");
  CHECK(classes(node, kYear) == before);
  CHECK(class_of_pupil(node->database(), kIvanov, day("2026-08-31")) == kClassA);
  CHECK(class_of_pupil(node->database(), kIvanov, day("2026-09-01")) != kClassA);
  CHECK(node.read("SELECT count(*) FROM enrolment WHERE until IS NOT NULL") == "0");
  CHECK(node.read("SELECT number, date FROM school_order") == "31-п,2026-06-10");
}

TEST_CASE("courses go up with teacher, hours, curriculum and subgroups where they are wished") {
  auto node = school_node();
  add_subgroup(node);
  auto wish = usual(node);
  wish.classes[1].with_courses = false;
  roll(node, wish);
  CHECK(node.read("SELECT k.letter, c.teacher, c.hours, g.name FROM course c JOIN school_class k "
                  "ON k.id = c.school_class LEFT JOIN study_group g ON g.id = c.study_group "
                  "WHERE k.year = 2026 ORDER BY g.name") == "А,11,102,-\nА,-,-,1 группа");
  CHECK(node.read("SELECT m.pupil, m.since FROM group_member m JOIN study_group g ON g.id = "
                  "m.study_group JOIN school_class k ON k.id = g.school_class WHERE k.year = "
                  "2026") == "21,2026-09-01");
  CHECK(node.read("SELECT u.hours FROM curriculum u JOIN school_class k ON k.id = u.school_class "
                  "WHERE k.year = 2026") == "102");
}

TEST_CASE("who repeats stays in the grade level, who leaves ends, graduates end") {
  auto node = school_node();
  node.save([](Command& run) {
    set_class(run, 703, {kYear, 6, "А", kBranch, 1});
    set_class(run, kClassB, {kYear, 9, "Б", kBranch, 1});
    add_person(run, 23, PersonKind::pupil, {"Вокуев", "Илья", ""});
    enrol(run, 23, kClassB, day("2025-09-01"));
  });
  auto wish = usual(node);
  wish.repeating = {kIvanov};
  wish.leaving = {kPetrova};
  roll(node, wish);
  CHECK(classes(node) == "7,А,1,-\n8,А,1,13");
  CHECK(stays(node) == "21,7А,2026-09-01,-,31-п");
  CHECK(node.read("SELECT pupil, until FROM enrolment WHERE until IS NOT NULL ORDER BY pupil") ==
        "22,2026-06-30\n23,2026-06-30");
}

TEST_CASE("what doesn't fit is a fault that names whom, and nothing is written") {
  auto node = school_node();
  auto wish = usual(node);
  wish.repeating = {kIvanov};
  const auto plan = plan_rollover(node->database(), wish);
  REQUIRE(plan.faults.size() == 1);
  CHECK(plan.faults.front().text() ==
        "Иванов Пётр Сергеевич: повторять 7 класс негде, в новом году его нет. Заведите его файлом "
        "классов");
  CHECK_FALSE(refusal(
                  node, [&](Command& run) { roll_over(run, wish, plan.digest()); }, deputy())
                  .empty());
  CHECK(classes(node).empty());
  auto both = usual(node);
  both.repeating = both.leaving = {kPetrova};
  CHECK(plan_rollover(node->database(), both).faults.size() == 1);
  auto late = usual(node);
  late.last_day = day("2026-09-15");
  CHECK(plan_rollover(node->database(), late).faults.size() == 1);
  auto bare = usual(node);
  bare.order.number = " ";
  CHECK(plan_rollover(node->database(), bare).faults.size() == 1);
}

TEST_CASE("a plan is written as it was shown, or refused") {
  auto node = school_node();
  const auto wish = usual(node);
  const auto shown = plan_rollover(node->database(), wish).digest();
  node.save([](Command& run) { leave_class(run, kPetrova, kClassA, day("2026-05-20")); });
  CHECK(refusal(
            node, [&](Command& run) { roll_over(run, wish, shown); }, deputy())
            .starts_with("Школа изменилась"));
  CHECK(classes(node).empty());
}

TEST_CASE("done again it changes nothing, and takes along only who came since") {
  auto node = school_node();
  add_subgroup(node);
  auto wish = usual(node);
  wish.with_periods = true;
  roll(node, wish);
  CHECK(plan_rollover(node->database(), wish).changes_nothing());
  node.save([](Command& run) {
    add_person(run, 23, PersonKind::pupil, {"Вокуев", "Илья", ""});
    enrol(run, 23, kClassB, day("2026-05-12"));
    // What people have changed since stays.
    set_class(run, id_for_class(run.database(), {kNext, 8, "В", kBranch, 1}),
              {kNext, 8, "В", kBranch, 1});
    run.database().execute("UPDATE school_class SET shift = 2 WHERE year = 2026 AND letter = 'Б'");
  });
  roll(node, wish);
  CHECK(classes(node) == "8,А,1,13\n8,Б,2,-\n8,В,1,-");
  CHECK(stays(node) == "21,8А,2026-09-01,-,31-п\n22,8А,2026-09-01,-,31-п\n23,8Б,2026-09-01,-,31-п");
}

TEST_CASE("who leaves in summer, or is placed otherwise, isn't in the class that was foreseen") {
  auto node = school_node();
  add_subgroup(node);
  roll(node, usual(node));
  node.save([](Command& run) {
    dismiss(run, kPetrova, kClassA, day("2026-07-20"), "40-п");
    const auto other = id_for_class(run.database(), {kNext, 8, "В", kBranch, 1});
    set_class(run, other, {kNext, 8, "В", kBranch, 1});
    transfer(run, kIvanov, kClassA, other, day("2026-09-01"), "41-п");
  });
  CHECK(stays(node) == "21,8В,2026-09-01,-,41-п");
  CHECK(node.read("SELECT count(*) FROM group_member WHERE since = '2026-09-01'") == "0");
}

TEST_CASE("two classes may become one") {
  auto node = school_node();
  auto wish = usual(node);
  wish.classes[1].letter = "А";
  roll(node, wish);
  CHECK(classes(node) == "8,А,1,13");
  CHECK(node.read("SELECT count(*) FROM course c JOIN school_class k ON k.id = c.school_class "
                  "WHERE k.year = 2026") == "1");
}

TEST_CASE("periods are those of the old year a year later, where the new one has none") {
  auto node = school_node();
  auto wish = usual(node);
  wish.with_periods = true;
  roll(node, wish);
  CHECK(node.read("SELECT code, starts, ends FROM reporting_period WHERE year = 2026 ORDER BY "
                  "code") == "q1,2026-09-01,2026-10-23\nq2,2026-11-05,2026-12-29");
}

TEST_CASE("two nodes that do it unaware of each other make one set of classes and courses") {
  auto a = school_node("a");
  add_subgroup(a);
  auto b = empty_node("b");
  exchange(a, b);
  roll(a, usual(a));
  roll(b, usual(b));
  exchange(a, b);
  for (auto* node : {&a, &b}) {
    CHECK(classes(*node) == "8,А,1,13\n8,Б,1,-");
    CHECK(stays(*node) == "21,8А,2026-09-01,-,31-п\n22,8А,2026-09-01,-,31-п");
    CHECK(node->read("SELECT count(*) FROM course c JOIN school_class k ON k.id = c.school_class "
                     "WHERE k.year = 2026") == "3");
    CHECK(node->read("SELECT count(*) FROM study_group") == "2");
    CHECK(node->read("SELECT count(*) FROM school_order") == "1");
  }
}

TEST_CASE("the old year accepts what a branch writes that hasn't heard of the new one") {
  auto a = school_node("a");
  a.save([](Command& run) { set_period(run, kYear, "q4", day("2026-04-01"), day("2026-05-29")); });
  auto b = empty_node("b");
  exchange(a, b);
  roll(a, usual(a));
  const LessonKey late{kCourseA, day("2026-05-25"), 2};
  open(b, late);
  b.save([&](Command& run) { enter_mark(run, {late, kIvanov}, {5, {}, {}, "", {}}); }, teacher());
  b.save(
      [&](Command& run) {
        post_final(run, {kIvanov, kCourseA, "year", kYear}, "5");
      },
      teacher());
  exchange(a, b);
  for (auto* node : {&a, &b}) {
    CHECK(node->read("SELECT value FROM mark") == "5");
    CHECK(node->read("SELECT year, period, value FROM final_mark") == "2025,year,5");
    CHECK(stays(*node) == "21,8А,2026-09-01,-,31-п\n22,8А,2026-09-01,-,31-п");
  }
}

}  // namespace
}  // namespace zimnik::journal
