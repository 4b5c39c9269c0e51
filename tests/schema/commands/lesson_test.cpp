#include "schema/commands/lesson.h"

#include <catch2/catch.hpp>

#include "schema/commands/mark.h"
#include "tests/schema/small_school.h"

namespace zimnik::journal {
namespace {

using namespace journal::test;
using sync::Command;

constexpr const char* kLesson =
    "SELECT teacher, substitutes, order_number, topic, homework FROM lesson";

TEST_CASE("of a teacher and a substitute who fill one lesson the one with the order is shown") {
  auto a = school_node(), b = empty_node("b");
  exchange(a, b);
  b.save(
      [](Command& run) {
        open_lesson(run, kMonday, {kSubstitute, kTeacher, "17-з"});
        set_topic(run, kMonday, "Степени", "17-з");
        set_homework(run, kMonday, "§ 3", "17-з");
        enter_mark(run, {kMonday, kPetrova}, {5, {}, {}, "", {}});
      },
      teacher("substitute"));
  b.now.ms -= 60'000;
  a.now.ms += 60'000;  // later by the clock: that isn't what decides
  a.save(
      [](Command& run) {
        open_lesson(run, kMonday, {kTeacher, {}, ""});
        set_topic(run, kMonday, "Корни");
        set_no_homework(run, kMonday);
        enter_mark(run, {kMonday, kIvanov}, {4, {}, {}, "", {}});
      },
      teacher());
  exchange(a, b);
  for (auto* node : {&a, &b}) {
    CHECK(node->read(kLesson) == "12,11,17-з,Степени,§ 3");
    CHECK(node->read("SELECT pupil, value FROM mark") == "21,4\n22,5");
    // Who taught, the topic and the homework are listed with the other's.
    CHECK(node->read("SELECT group_id, reason FROM zimnik_listed") == "1,1\n3,1\n4,1");
  }
}

TEST_CASE("what was written by an order isn't covered without one") {
  auto node = school_node();
  node.save(
      [](Command& run) {
        open_lesson(run, kMonday, {kSubstitute, kTeacher, "17-з"});
        set_topic(run, kMonday, "Степени", order_of_lesson(run.database(), kMonday));
      },
      teacher());
  CHECK_FALSE(refusal(node, [](Command& run) { set_topic(run, kMonday, "Корни"); }).empty());
  CHECK(refusal(node, [](Command& run) { set_topic(run, kMonday, "Корень", "17-з"); }).empty());
}

TEST_CASE("homework is a text, «не задано», or not said yet") {
  auto node = school_node();
  open(node, kMonday);
  const auto homework = [&] { return node.read("SELECT homework, not_assigned FROM lesson"); };
  CHECK(homework() == "-,-");
  node.save([](Command& run) { set_homework(run, kMonday, " № 12 "); });
  CHECK(homework() == "№ 12,0");
  node.save([](Command& run) { set_no_homework(run, kMonday); });
  CHECK(homework() == "-,1");
  node.save([](Command& run) { clear_homework(run, kMonday); });
  CHECK(homework() == "-,-");
  CHECK(refusal(node, [](Command& run) { set_homework(run, kMonday, " \n"); }) ==
        "Домашнее задание: не заполнено");
}

TEST_CASE("a lesson that can't be is refused by name") {
  auto node = school_node();
  const auto open_with = [&](const LessonKey& lesson, const Assignment& assignment) {
    return refusal(node, [&](Command& run) { open_lesson(run, lesson, assignment); });
  };
  CHECK(open_with({999, kMonday.date, 2}, {kTeacher, {}, ""}) == "Нет такой страницы журнала");
  CHECK(open_with(kMonday, {99, {}, ""}) == "Учитель: нет такого человека");
  CHECK(open_with(kMonday, {kSubstitute, kTeacher, " "}) == "Номер приказа о замене: не заполнено");
  CHECK(refusal(node, [](Command& run) { set_topic(run, kMonday, "Корни"); }) ==
        "Урок 2 от 01.09.2025 ещё не открыт: сначала запишите его в журнал");
}

TEST_CASE("a lesson goes only while nothing is in it") {
  auto node = school_node();
  open(node, kMonday);
  node.save([](Command& run) { set_absence(run, kMonday, kIvanov, Absence::absent); });
  const auto remove = [](Command& run) { remove_lesson(run, kMonday); };
  CHECK_FALSE(refusal(node, remove).empty());
  node.save([](Command& run) { clear_absence(run, kMonday, kIvanov); });
  CHECK(refusal(node, remove).empty());
  CHECK(node.read("SELECT * FROM lesson").empty());
}

}  // namespace
}  // namespace zimnik::journal
