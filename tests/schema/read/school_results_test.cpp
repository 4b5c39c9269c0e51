#include "schema/read/school_results.h"

#include <catch2/catch.hpp>

#include "schema/commands/course.h"
#include "schema/commands/final_mark.h"
#include "schema/commands/person.h"
#include "schema/commands/school.h"
#include "tests/schema/small_school.h"

namespace zimnik::journal {
namespace {

using namespace journal::test;
using sync::Command;

Do final(std::int64_t pupil, std::int64_t course, const char* value) {
  return [=](Command& run) { set_final(run, {pupil, course, "q1", kYear}, value); };
}

SchoolResults results_of(Node& node, const char* period = "q1") {
  return school_results(node->database(), kYear, period, day("2025-10-20"));
}

TEST_CASE("R35: results are counted by class, grade level, subject and teacher") {
  auto node = school_node();
  node.save([](Command& run) {
    set_subject(run, 802, "Биология");
    set_course(run, 911, 802, kClassA, {});
    set_course_teacher(run, 911, kSubstitute);
  });
  node.save(final(kIvanov, kCourseA, "5"));
  node.save(final(kIvanov, 911, "3"));
  node.save(final(kPetrova, kCourseA, "4"));
  node.save(final(kPetrova, 911, "н/а"));
  const auto results = results_of(node);
  REQUIRE(results.classes.size() == 1);
  CHECK(results.classes[0].name == "7А");
  CHECK(results.classes[0].results.threes == 1);  // by the worst
  CHECK(results.classes[0].results.progress() == 500);
  CHECK(results.school.n() == 2);
  CHECK(results.grade_levels.at(0).name == "7");
  REQUIRE(results.subjects.size() == 2);
  CHECK(results.subjects[0].name == "Алгебра");
  CHECK(results.subjects[0].results.quality() == 1000);
  REQUIRE(results.teachers.size() == 2);
  CHECK(results.teachers[0].name == "Вынгилев О. П.");
  CHECK(results.teachers[0].results.not_assessed == 1);
  CHECK(results_of(node, "h1").classes.empty());
  CHECK(results_of(node, "year").school.without == 2);
}

TEST_CASE("a result follows a pupil who changed class, who left the school doesn't count") {
  auto node = school_node();
  node.save(final(kIvanov, kCourseA, "4"));
  node.save(final(kPetrova, kCourseA, "2"));
  node.save([](Command& run) { transfer(run, kIvanov, kClassA, kClassB, day("2025-10-01"), "5"); });
  node.save("UPDATE enrolment SET until = '2025-10-10' WHERE pupil = 22");
  const auto results = results_of(node);
  REQUIRE(results.classes.size() == 1);
  CHECK(results.classes[0].name == "7Б");
  CHECK(results.classes[0].results.fours == 1);
  CHECK(results.subjects.at(0).results.n() == 1);
}

TEST_CASE("a class that is assessed by half-years counts with the quarter that ends with its own") {
  auto node = school_node();
  node.save([](Command& run) {
    set_period(run, kYear, "h1", day("2025-09-01"), day("2025-12-31"));
    set_class(run, kClassB, {kYear, 10, "Б", kBranch, 1});
    transfer(run, kPetrova, kClassA, kClassB, day("2025-09-02"), "5");
    set_final(run, {kIvanov, kCourseA, "q1", kYear}, "4");
    set_final(run, {kIvanov, kCourseA, "q2", kYear}, "5");
    set_final(run, {kPetrova, kCourseB, "h1", kYear}, "3");
    set_final(run, {kPetrova, kCourseB, "q1", kYear}, "2");  // not a period of hers
  });
  const auto classes = [&](const char* code) {
    std::string text;
    for (const auto& it : results_of(node, code).classes) {
      text += it.name + " " + it.period + " " + std::to_string(it.results.fives) +
              std::to_string(it.results.fours) + std::to_string(it.results.threes) +
              std::to_string(it.results.twos) + "\n";
    }
    return text;
  };
  CHECK(classes("q1") == "7А q1 0100\n");
  CHECK(classes("q2") == "7А q2 1000\n10Б h1 0010\n");
  CHECK(classes("h1") == "7А q2 1000\n10Б h1 0010\n");
  CHECK(results_of(node, "q2").subjects.at(0).results.n() == 2);
  CHECK(results_of(node, "q2").grade_levels.at(1).period == "h1");
}

}  // namespace
}  // namespace zimnik::journal
