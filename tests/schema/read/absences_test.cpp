#include "schema/read/absences.h"

#include <catch2/catch.hpp>

#include "schema/commands/mark.h"
#include "schema/commands/person.h"
#include "tests/schema/small_school.h"

namespace zimnik::journal {
namespace {

using namespace journal::test;
using sync::Command;

std::map<std::int64_t, std::vector<PupilAbsence>> september(Node& node,
                                                            std::vector<std::int64_t> pupils) {
  return absences_of(node->database(), pupils, kYear, day("2025-09-01"), day("2025-09-30"));
}

TEST_CASE("an absence is shown by its excuse, and the fact stays") {
  auto node = school_node();
  open(node, kMonday);
  open(node, kWednesday);
  node.save([](Command& run) {
    set_absence(run, kWednesday, kIvanov, Absence::absent);
    set_absence(run, kMonday, kIvanov, Absence::absent);
    set_absence(run, kMonday, kPetrova, Absence::late, 5);
    add_excuse(run, kIvanov, day("2025-09-03"), day("2025-09-05"), ExcuseReason::sick, "12");
  });
  const auto absences = september(node, {kIvanov});
  REQUIRE(absences.size() == 1);
  const auto& own = absences.at(kIvanov);
  REQUIRE(own.size() == 2);
  CHECK(own[0].lesson == kMonday);
  CHECK(own[0].is_unexcused());
  CHECK(own[0].subject_name == "Алгебра");
  CHECK(own[1].fact == "н");
  CHECK(own[1].code == "б");
  CHECK_FALSE(own[1].is_unexcused());
}

TEST_CASE("who came late wasn't away, whatever the excuse") {
  auto node = school_node();
  open(node, kMonday);
  node.save([](Command& run) {
    set_absence(run, kMonday, kPetrova, Absence::late, 5);
    add_excuse(run, kPetrova, day("2025-09-01"), day("2025-09-01"), ExcuseReason::excused,
               "заявление");
  });
  const auto own = september(node, {kPetrova}).at(kPetrova);
  REQUIRE(own.size() == 1);
  CHECK(own[0].code == "оп");
  CHECK(own[0].late_minutes == 5);
  CHECK_FALSE(own[0].is_unexcused());
}

}  // namespace
}  // namespace zimnik::journal
