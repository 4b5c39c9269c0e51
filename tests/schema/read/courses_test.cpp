#include "schema/read/courses.h"

#include <catch2/catch.hpp>

#include "schema/commands/course.h"
#include "schema/commands/lesson.h"
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
}  // namespace zimnik::journal
