#include "schema/commands/frost_day.h"

#include <catch2/catch.hpp>

#include "schema/commands/lesson.h"
#include "schema/read/diary_week.h"
#include "schema/read/frost_days.h"
#include "schema/read/journal_page.h"
#include "tests/schema/small_school.h"

namespace zimnik::journal {
namespace {

using namespace journal::test;
using sync::Command;

bool is_frost(Node& node) {
  const auto page = journal_page(node->database(), kCourseA, kMonday.date, kMonday.date);
  const auto week = diary_week(node->database(), kIvanov, kMonday.date);
  CHECK(page->lessons.at(0).is_frost == week->days.at(0).is_frost);
  CHECK_FALSE(week->days.at(1).is_frost);
  return page->lessons.at(0).is_frost;
}

TEST_CASE("a frost day is of a building, a shift and the grades up to one; it can be withdrawn") {
  auto node = school_node();
  open(node, kMonday);
  const auto announce = [&](int shift, int through) {
    return refusal(
        node,
        [=](Command& run) {
          set_frost_day(run, kBranch, shift, kMonday.date, through, "комитет образования");
        },
        deputy());
  };
  CHECK_FALSE(is_frost(node));
  CHECK(announce(1, 4).empty());  // the class is of grade 7
  CHECK_FALSE(is_frost(node));
  CHECK(announce(2, 11).empty());
  CHECK_FALSE(is_frost(node));
  CHECK(announce(1, 8).empty());
  CHECK(is_frost(node));
  CHECK(frost_days(node->database(), kMonday.date, kMonday.date).size() == 2);
  CHECK_FALSE(announce(1, 5).empty());
  CHECK_FALSE(announce(3, 8).empty());
  node.save([](Command& run) { remove_frost_day(run, kBranch, 1, kMonday.date); }, deputy());
  CHECK_FALSE(is_frost(node));
  CHECK_FALSE(
      refusal(node, [](Command& run) { remove_frost_day(run, kBranch, 1, kMonday.date); }).empty());
}

}  // namespace
}  // namespace zimnik::journal
