#include "schema/read/setup.h"

#include <catch2/catch.hpp>

#include "schema/read/school_title.h"
#include "tests/schema/small_school.h"

namespace zimnik::journal {
namespace {

using namespace journal::test;

bool is_done(Node& node, SetupStep step) {
  return setup_checks(node->database(), kYear, day("2025-09-01"))
      .at(static_cast<std::size_t>(step))
      .is_done;
}

TEST_CASE("nothing of an empty school is done") {
  auto node = empty_node("a");
  for (const auto& check : setup_checks(node->database(), kYear, day("2025-09-01"))) {
    INFO(static_cast<int>(check.step));
    CHECK_FALSE(check.is_done);
  }
  CHECK_FALSE(is_set_up(node->database(), kYear));
  CHECK(school_title(node->database()).name.empty());
}

TEST_CASE("a step is done once the school has what it is for") {
  auto node = school_node();
  CHECK(is_set_up(node->database(), kYear));
  CHECK_FALSE(is_set_up(node->database(), kYear + 1));
  for (const auto step : {SetupStep::school, SetupStep::periods, SetupStep::bells,
                          SetupStep::work_types, SetupStep::staff, SetupStep::timetable}) {
    INFO(static_cast<int>(step));
    CHECK(is_done(node, step));
  }
  for (const auto step : {SetupStep::days_off, SetupStep::classes, SetupStep::pupils,
                          SetupStep::load, SetupStep::curriculum, SetupStep::lesson_plans}) {
    INFO(static_cast<int>(step));
    CHECK_FALSE(is_done(node, step));
  }
  node.save("INSERT INTO day_off (date, name) VALUES ('2025-11-04', 'Праздник')");
  node.save("UPDATE school_class SET class_teacher = 11");
  CHECK(is_done(node, SetupStep::days_off));
  CHECK(is_done(node, SetupStep::classes));
  node.save("UPDATE school_class SET shift = 2 WHERE id = 702");
  CHECK_FALSE(is_done(node, SetupStep::bells));
}

TEST_CASE("bells stand by building and shift, days off by school year") {
  auto node = school_node();
  node.save(
      "INSERT INTO bell_schedule (branch, shift, number, starts, ends) VALUES "
      "(1, 1, 3, '10:20', '11:00'), (1, 2, 1, '14:00', '14:40')");
  const auto shifts = all_bells(node->database());
  REQUIRE(shifts.size() == 2);
  CHECK(shifts[0].bells.size() == 2);
  CHECK(shifts[0].bells[1].starts == "10:20");
  CHECK(shifts[1].shift == 2);
  CHECK(shifts[1].branch.name == "Главное здание");
  node.save("INSERT INTO day_off (date, name) VALUES ('2025-07-31', 'а'), ('2026-05-09', 'б')");
  const auto days = days_off_of_year(node->database(), kYear);
  REQUIRE(days.size() == 1);
  CHECK(days[0].date == day("2026-05-09"));
}

}  // namespace
}  // namespace zimnik::journal
