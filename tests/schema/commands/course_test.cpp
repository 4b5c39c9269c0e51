#include "schema/commands/course.h"

#include <catch2/catch.hpp>

#include "schema/commands/person.h"
#include "tests/schema/small_school.h"

namespace zimnik::journal {
namespace {

using namespace journal::test;
using sync::Command;

TEST_CASE("a subgroup belongs to a class, a course to a class or a group") {
  auto node = school_node();
  CHECK(refusal(node, [](Command& run) { set_group(run, 31, "1", "subgroup", {}); }) ==
        "Подгруппа: не указан её класс");
  CHECK(refusal(node, [](Command& run) { set_group(run, 31, "Поток", "stream", {}); }).empty());
  CHECK(refusal(node, [](Command& run) { set_course(run, 903, kAlgebra, {}, {}); }) ==
        "Страница журнала: не указан ни класс, ни группа");
  CHECK(refusal(node, [](Command& run) { set_course(run, 903, kAlgebra, {}, 31); }).empty());
}

TEST_CASE("a pupil is in a group once at a time") {
  auto node = school_node();
  node.save([](Command& run) {
    set_group(run, 31, "Поток", "stream", {});
    join_group(run, 31, kIvanov, day("2025-09-01"));
  });
  const auto join = [](Command& run) { join_group(run, 31, kIvanov, day("2025-10-01")); };
  CHECK(refusal(node, join) == "Обучающийся уже в этой группе");
  node.save([](Command& run) { leave_group(run, 31, kIvanov, day("2025-09-30")); });
  CHECK(refusal(node, join).empty());
}

TEST_CASE("a subgroup takes pupils of its class, as long as they are in it") {
  auto node = school_node();
  node.save([](Command& run) {
    set_group(run, 31, "1 группа", "subgroup", kClassA);
    transfer(run, kIvanov, kClassA, kClassB, day("2025-09-10"));
  });
  const auto join = [&](const char* date) {
    return refusal(node, [&](Command& run) { join_group(run, 31, kIvanov, day(date)); });
  };
  CHECK(join("2025-09-10") == "Обучающийся в этот день не в классе этой подгруппы");
  CHECK(join("2025-09-09").empty());
}

TEST_CASE("a slot ends, and keeps its room") {
  auto node = school_node();
  node.save([](Command& run) {
    end_slot(run, {kCourseA, 1, 2, day("2025-09-01")}, day("2025-12-30"));
  });
  CHECK(node.read("SELECT until, room FROM timetable WHERE course = 901 AND weekday = 1") ==
        "2025-12-30,12");
  CHECK(refusal(node, [](Command& run) {
          end_slot(run, {kCourseA, 5, 2, day("2025-09-01")}, day("2025-12-30"));
        }) == "В расписании нет такого урока");
  CHECK(refusal(node, [](Command& run) {
          set_slot(run, {kCourseA, 8, 2, day("2025-09-01")}, "");
        }) == "День недели: от 1 до 7");
}

TEST_CASE("hours are of a course and of the curriculum, within a year's bounds") {
  auto node = school_node();
  node.save([](Command& run) {
    set_course_hours(run, kCourseA, 102);
    set_curriculum(run, kClassA, kAlgebra, 105);
  });
  CHECK(node.read("SELECT hours FROM course WHERE id = 901") == "102");
  CHECK(node.read("SELECT school_class, subject, hours FROM curriculum") == "701,801,105");
  for (const int hours : {0, 2001}) {
    CHECK_FALSE(
        refusal(node, [&](Command& run) { set_course_hours(run, kCourseA, hours); }).empty());
    CHECK_FALSE(refusal(node, [&](Command& run) {
                  set_curriculum(run, kClassA, kAlgebra, hours);
                }).empty());
  }
  CHECK(refusal(node, [](Command& run) { set_course_hours(run, 999, 1); }) ==
        "Нет такой страницы журнала");
  CHECK(refusal(node, [](Command& run) { set_curriculum(run, kClassA, 999, 1); }) ==
        "Нет такого предмета");
}

TEST_CASE("a slot that never began is taken away") {
  auto node = school_node();
  node.save([](Command& run) { remove_slot(run, {kCourseA, 1, 2, day("2025-09-01")}); });
  CHECK(node.read("SELECT weekday FROM timetable WHERE course = 901") == "3");
  CHECK(refusal(node, [](Command& run) {
          remove_slot(run, {kCourseA, 1, 2, day("2025-09-01")});
        }) == "В расписании нет такого урока");
}

}  // namespace
}  // namespace zimnik::journal
