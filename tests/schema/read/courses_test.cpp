#include "schema/read/courses.h"

#include <catch2/catch.hpp>

#include "schema/commands/course.h"
#include "schema/commands/lesson.h"
#include "schema/commands/reschedule.h"
#include "tests/schema/small_school.h"

namespace zimnik::journal {
namespace {

using namespace journal::test;
using sync::Command;

std::vector<std::string> titles(const std::vector<CourseTitle>& courses) {
  std::vector<std::string> texts;
  for (const auto& course : courses) texts.push_back(course.text());
  return texts;
}

TEST_CASE("a teacher has own courses, and those of a substitution") {
  auto node = school_node();
  auto& database = node->database();
  CHECK(titles(courses_of(database, kTeacher, kYear)) ==
        std::vector<std::string>{"7А, Алгебра", "7Б, Алгебра"});
  CHECK(courses_of(database, kTeacher, kYear + 1).empty());
  CHECK(courses_of(database, kSubstitute, kYear).empty());
  node.save([](Command& run) { open_lesson(run, kMonday, {kSubstitute, kTeacher, "17-з"}); });
  CHECK(titles(courses_of(database, kSubstitute, kYear)) ==
        std::vector<std::string>{"7А, Алгебра"});
}

TEST_CASE("a course of a subgroup names its class and group") {
  auto node = school_node();
  node.save([](Command& run) {
    set_group(run, 31, "1 группа", "subgroup", kClassA);
    set_course(run, 903, kAlgebra, kClassA, 31);
  });
  CHECK(course_title(node->database(), 903)->text() == "7А, Алгебра (1 группа)");
  CHECK(titles(courses_of_class(node->database(), kClassA)).size() == 2);
  CHECK(classes_of_year(node->database(), kYear).at(1).text() == "7Б");
}

TEST_CASE("a teacher's day has what is planned and what was held") {
  auto node = school_node();
  auto& database = node->database();
  auto lessons = day_of_teacher(database, kTeacher, kMonday.date);
  REQUIRE(lessons.size() == 1);
  CHECK(lessons[0].starts == "09:20");
  CHECK_FALSE(lessons[0].is_held);
  open(node, kMonday);
  node.save([](Command& run) { set_no_homework(run, kMonday); });
  lessons = day_of_teacher(database, kTeacher, kMonday.date);
  CHECK(lessons.at(0).is_held);
  CHECK(lessons[0].has_homework);
  CHECK_FALSE(lessons[0].has_topic);
  CHECK(day_of_teacher(database, kTeacher, day("2025-10-27")).empty());
}

TEST_CASE("a substitute's day has the lesson of the order") {
  auto node = school_node();
  node.save([](Command& run) { open_lesson(run, kMonday, {kSubstitute, kTeacher, "17-з"}); });
  CHECK(day_of_teacher(node->database(), kSubstitute, kMonday.date).size() == 1);
  CHECK(day_of_teacher(node->database(), kSubstitute, kWednesday.date).empty());
}

}  // namespace
TEST_CASE("a teacher's day follows what the heads changed") {
  auto node = school_node();
  const LessonKey thursday{kCourseA, day("2025-09-04"), 6};
  node.save(
      [&](Command& run) {
        move_lesson(run, kWednesday, thursday, "5-п");
        open_lesson(run, kMonday, {kSubstitute, kTeacher, "17-з"});
      },
      deputy());
  const auto day_of = [&](std::int64_t teacher, const LessonKey& on) {
    auto lessons = day_of_teacher(node->database(), teacher, on.date);
    std::erase_if(lessons, [](const DayLesson& it) { return it.course.id != kCourseA; });
    return lessons;
  };
  CHECK(day_of(kTeacher, kWednesday).empty());
  REQUIRE(day_of(kTeacher, thursday).size() == 1);
  CHECK(day_of(kTeacher, thursday)[0].moved_from == kWednesday);
  REQUIRE(day_of(kTeacher, kMonday).size() == 1);
  CHECK(day_of(kTeacher, kMonday)[0].substitute.brief() == "Вынгилев О. П.");
  REQUIRE(day_of(kSubstitute, kMonday).size() == 1);
  CHECK_FALSE(day_of(kSubstitute, kMonday)[0].substitute.is_readable());
  node.save([&](Command& run) { withdraw_substitution(run, kMonday); }, deputy());
  CHECK(day_of(kSubstitute, kMonday).empty());
  REQUIRE(day_of(kTeacher, kMonday).size() == 1);
  CHECK_FALSE(day_of(kTeacher, kMonday)[0].substitute.is_readable());
  node.save([&](Command& run) { assign_substitute(run, kMonday, kSubstitute, "18-з"); }, deputy());
  CHECK(day_of(kSubstitute, kMonday).size() == 1);
}

TEST_CASE("a substitution stays once something is written under it") {
  auto node = school_node();
  open(node, kWednesday);
  CHECK_FALSE(refusal(node, [](Command& run) { withdraw_substitution(run, kWednesday); }).empty());
  node.save([](Command& run) {
    open_lesson(run, kMonday, {kSubstitute, kTeacher, "17-з"});
    set_topic(run, kMonday, "Дроби", "17-з");
  });
  CHECK_FALSE(refusal(node, [](Command& run) { withdraw_substitution(run, kMonday); }).empty());
  CHECK_FALSE(refusal(node, [](Command& run) {
                assign_substitute(run, kMonday, kSubstitute, "18-з");
              }).empty());
}

}  // namespace zimnik::journal
