#include "schema/read/lesson_plan.h"

#include <catch2/catch.hpp>

#include "schema/commands/lesson.h"
#include "tests/schema/small_school.h"

namespace zimnik::journal {
namespace {

using namespace journal::test;
using sync::Command;

const LessonKey kNextMonday{kCourseA, *Date::parse("2025-09-08"), 2};

PlanLine line(const std::string& topic, int hours = 1) { return {"Раздел", topic, hours, {}, ""}; }

Node planned_node() {
  auto node = school_node();
  node.save([](Command& run) {
    set_plan_line(run, kCourseA, 1, line("Натуральные числа", 2));
    set_plan_line(run, kCourseA, 2, line("Дроби"));
  });
  for (const auto& lesson : {kMonday, kWednesday, kNextMonday}) open(node, lesson);
  return node;
}

std::string proposed(Node& node, const LessonKey& lesson) {
  const auto plan = plan_of_course(node->database(), lesson.course);
  const auto found = line_for(node->database(), plan, lesson);
  return found ? found->topic : "";
}

TEST_CASE(
    "a lesson's turn in the plan is the line after the last, or that one while it has hours") {
  auto node = planned_node();
  CHECK(proposed(node, kMonday) == "Натуральные числа");
  node.save([](Command& run) { take_plan_line(run, kMonday, 1); });
  CHECK(proposed(node, kWednesday) == "Натуральные числа");
  node.save([](Command& run) { take_plan_line(run, kWednesday, 1); });
  CHECK(proposed(node, kNextMonday) == "Дроби");
  node.save([](Command& run) { take_plan_line(run, kNextMonday, 2); });
  CHECK(proposed(node, {kCourseA, day("2025-09-10"), 2}).empty());
  CHECK(proposed(node, kMonday) == "Натуральные числа");
}

TEST_CASE("a lesson that takes a line of the plan has its topic") {
  auto node = planned_node();
  node.save([](Command& run) { take_plan_line(run, kMonday, 2); });
  CHECK(node.read("SELECT topic, plan_position FROM lesson WHERE topic IS NOT NULL") == "Дроби,2");
  CHECK(refusal(node, [](Command& run) { take_plan_line(run, kMonday, 3); }) ==
        "Такой строки уже нет");
}

TEST_CASE("a line of a plan needs a topic, hours within bounds and a course") {
  auto node = school_node();
  const auto set = [](std::int64_t course, std::int64_t position, PlanLine what) {
    return [=](Command& run) { set_plan_line(run, course, position, what); };
  };
  CHECK(refusal(node, set(999, 1, line("Тема"))) == "Нет такой страницы журнала");
  CHECK(refusal(node, set(kCourseA, 0, line("Тема"))) == "КТП: нет строки с таким номером");
  CHECK(refusal(node, set(kCourseA, 1, line(" "))) == "Тема урока: не заполнено");
  CHECK(refusal(node, set(kCourseA, 1, line("Тема", 0))) == "КТП: часов в строке от 1 до 100");
  CHECK(refusal(node, [](Command& run) { remove_plan_line(run, kCourseA, 1); }) ==
        "Такой строки уже нет");
}

}  // namespace
}  // namespace zimnik::journal
