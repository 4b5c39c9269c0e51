#include "schema/read/extract.h"

#include <catch2/catch.hpp>

#include "schema/commands/course.h"
#include "schema/commands/final_mark.h"
#include "schema/commands/mark.h"
#include "schema/commands/person.h"
#include "tests/schema/small_school.h"

namespace zimnik::journal {
namespace {

using namespace journal::test;
using sync::Command;

Do final(std::int64_t course, const char* value, const char* period) {
  return [=](Command& run) { set_final(run, {kIvanov, course, period, kYear}, value); };
}

Extract extract(Node& node) {
  return extract_of(node->database(), kIvanov, day("2025-10-20")).value();
}

TEST_CASE("R8: an extract has results, absences and the marks of the period at hand") {
  auto node = school_node();
  open(node, kMonday);
  open(node, kWednesday);
  node.save([](Command& run) {
    enter_mark(run, {kMonday, kIvanov, 1, 1}, {5, {}, {}, "", {}});
    set_absence(run, kWednesday, kIvanov, Absence::absent);
    add_excuse(run, kIvanov, day("2025-09-03"), day("2025-09-04"), ExcuseReason::sick, "справка");
  });
  node.save(final(kCourseA, "4", "q1"));
  const auto shown = extract(node);
  CHECK(shown.school.text() == "Школа деревни Ясунт, Ясунт");
  CHECK(shown.school_class.text() == "7А");
  CHECK(shown.period->code == "q1");
  CHECK(shown.missed == 1);
  CHECK(shown.missed_with_reason == 1);
  REQUIRE(shown.subjects.size() == 1);
  const auto& algebra = shown.subjects[0];
  CHECK(algebra.results.at(0) == "4");
  CHECK(algebra.average.text() == "5,00");
  CHECK(algebra.missed == 1);
}

TEST_CASE("an exam's column stands only where the pupil has a result of one") {
  auto node = school_node();
  CHECK(extract(node).columns.back().code == "year");
  node.save(
      [](Command& run) {
        set_final_by_paper(run, {kIvanov, kCourseA, "exam", kYear}, "3", Basis::protocol,
                           {"7", day("2025-10-01")});
      },
      deputy());
  const auto shown = extract(node);
  CHECK(shown.columns.back().code == "exam");
  CHECK(shown.subjects[0].results.back() == "3");
}

TEST_CASE("results and marks follow a transfer; who left has an extract of the last class") {
  auto node = school_node();
  open(node, kMonday);
  node.save([](Command& run) { enter_mark(run, {kMonday, kIvanov, 1, 1}, {5, {}, {}, "", {}}); });
  node.save(final(kCourseA, "4", "q1"));
  node.save([](Command& run) { transfer(run, kIvanov, kClassA, kClassB, day("2025-10-01"), "5"); });
  const auto shown = extract(node);
  CHECK(shown.school_class.text() == "7Б");
  REQUIRE(shown.subjects.size() == 1);
  CHECK(shown.subjects[0].results.at(0) == "4");
  CHECK(shown.subjects[0].marks.size() == 1);
  CHECK_FALSE(extract_of(node->database(), kMother, day("2025-10-20")));
  CHECK_FALSE(extract_of(node->database(), kIvanov, day("2025-08-01")));
}

}  // namespace
}  // namespace zimnik::journal
