#include "schema/read/finals.h"

#include <catch2/catch.hpp>

#include "schema/commands/final_mark.h"
#include "schema/commands/lesson.h"
#include "schema/commands/mark.h"
#include "tests/schema/small_school.h"

namespace zimnik::journal {
namespace {

using namespace journal::test;
using sync::Command;

FinalsPage page_of(Node& node) { return finals_page(node->database(), kCourseA).value(); }

Do mark(const LessonKey& lesson, std::int64_t pupil, int value, int weight) {
  return [=](Command& run) { enter_mark(run, {lesson, pupil}, {value, weight, {}, "", {}}); };
}

TEST_CASE("R11: each pupil has the period's average, its arithmetic, the forecast and the result") {
  auto node = school_node();
  open(node, kMonday);
  open(node, kWednesday);
  node.save(mark(kMonday, kIvanov, 5, 2));
  node.save(mark(kWednesday, kIvanov, 3, 1));
  node.save([](Command& run) {
    set_final(run, {kIvanov, kCourseA, "q1", kYear}, "4");
    set_final(run, {kIvanov, kCourseA, "q2", kYear}, "5");
    set_final(run, {kPetrova, kCourseA, "q1", kYear}, "н/а");
    set_final(run, {kPetrova, kCourseA, "q1", kYear - 1}, "2");
  });
  const auto page = page_of(node);
  CHECK(page.year == kYear);
  REQUIRE(page.columns.size() == 3);
  CHECK(page.columns[0].title == "1 четверть");
  CHECK(page.columns[2].title == "год");
  REQUIRE(page.rows.size() == 2);
  const auto& ivanov = page.rows[0];
  CHECK(ivanov.cells[0].average.arithmetic() == "(5·2 + 3·1) / (2 + 1) = 13 / 3 = 4,33");
  CHECK(ivanov.cells[0].forecast == 4);
  CHECK(ivanov.cells[0].final.value == "4");
  CHECK(ivanov.cells[2].average.text() == "4,50");
  CHECK(ivanov.cells[2].forecast == 5);
  const auto& petrova = page.rows[1];
  CHECK(petrova.cells[0].final.value == "н/а");
  CHECK_FALSE(petrova.cells[2].average.has_value());
}

TEST_CASE("a deferral and a paper stand with their result, an exam has a column of its own") {
  auto node = school_node();
  node.save([](Command& run) {
    defer_final(run, {kIvanov, kCourseA, "q1", kYear},
                {day("2025-11-15"), "болезнь", "справка 12"});
    set_final_by_paper(run, {kPetrova, kCourseA, "exam", kYear}, "5", Basis::protocol,
                       {"4", day("2025-10-20")});
  });
  const auto page = page_of(node);
  REQUIRE(page.columns.size() == 4);
  REQUIRE(page.rows[0].cells[0].deferral);
  CHECK(page.rows[0].cells[0].deferral->until == day("2025-11-15"));
  CHECK(page.rows[0].cells[0].deferral->document == "справка 12");
  const auto& exam = page.rows[1].cells[3].final;
  CHECK(exam.is_by_paper());
  CHECK(exam.protocol_number == "4");
  CHECK(exam.protocol_date == day("2025-10-20"));
}

TEST_CASE("the period at hand is the last that has begun") {
  auto node = school_node();
  const auto periods = periods_of_year(node->database(), kYear);
  CHECK(period_at_hand(periods, day("2025-08-20"))->code == "q1");
  CHECK(period_at_hand(periods, day("2025-10-30"))->code == "q1");
  CHECK(period_at_hand(periods, day("2025-11-05"))->code == "q2");
  CHECK_FALSE(period_at_hand({}, day("2025-11-05")));
}

TEST_CASE("what others wrote against the rules doesn't break the results") {
  auto node = school_node();
  node.save(
      "INSERT INTO final_mark (pupil, course, period, year, value, protocol_date) VALUES "
      "(21, 901, 'q7', 2025, '5', NULL), (99, 901, 'q1', 2025, '5', '2025-19-10'), "
      "(22, 901, 'q1', 2025, 'x', NULL)");
  node.save(
      "INSERT INTO final_deferral (pupil, course, period, year, until) VALUES "
      "(21, 901, 'q1', 2025, 'soon')");
  const auto page = page_of(node);
  CHECK(page.rows.size() == 3);
  for (const auto& row : page.rows) {
    CHECK_FALSE(row.cells[0].deferral);
    CHECK(row.cells[2].average.has_value() == (row.pupil == 99));
  }
  CHECK_FALSE(finals_page(node->database(), 999));
}

}  // namespace
}  // namespace zimnik::journal
