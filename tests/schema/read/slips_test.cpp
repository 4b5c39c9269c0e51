#include "schema/read/slips.h"

#include <catch2/catch.hpp>

#include "schema/commands/family.h"
#include "schema/commands/final_mark.h"
#include "schema/commands/mark.h"
#include "schema/commands/person.h"
#include "schema/query.h"
#include "schema/words.h"
#include "sync/core/crypto.h"
#include "tests/schema/small_school.h"

namespace zimnik::journal {
namespace {

using namespace journal::test;
using sync::Command;

constexpr sync::Time kIssued{1'756'700'000'000};

Do consent(Agreement agreement) {
  return [=](Command& run) {
    record_consent(run, kMother, kElectronicDiary, agreement, "заявление", day("2025-09-01"));
  };
}

void give_code(Command& run) {
  issue_diary_access(run, kMother, sync::sha256({"a code"}), kIssued);
}

TEST_CASE("R5: paper is for the pupil whose family has no consent with a code") {
  auto node = school_node();
  node.save([](Command& run) {
    if (!has_row(run.database(), "SELECT 1 FROM guardianship WHERE guardian = ? AND pupil = ?",
                 {kMother, kIvanov})) {
      add_guardian(run, kMother, kIvanov, "мать");
    }
  });
  const auto today = day("2025-09-04");
  CHECK(needs_paper(node->database(), kPetrova, today));
  node.save(consent(Agreement::granted));
  CHECK(needs_paper(node->database(), kIvanov, today));
  node.save(give_code);
  CHECK_FALSE(needs_paper(node->database(), kIvanov, today));
  CHECK(class_slips(node->database(), kClassA, today, true, today)->weeks.size() == 1);
  CHECK(class_slips(node->database(), kClassA, today, false, today)->weeks.size() == 2);
  node.save(consent(Agreement::refused));
  CHECK(needs_paper(node->database(), kIvanov, today));
}

TEST_CASE("a class's slips are of the week, and of who is in the class in it") {
  auto node = school_node();
  open(node, kMonday);
  node.save([](Command& run) { enter_mark(run, {kMonday, kIvanov, 1, 1}, {5, {}, {}, "", {}}); });
  node.save(
      [](Command& run) { transfer(run, kPetrova, kClassA, kClassB, day("2025-09-03"), "5"); });
  const auto today = day("2025-09-06");
  const auto slips = class_slips(node->database(), kClassA, day("2025-09-04"), false, today);
  REQUIRE(slips);
  CHECK(slips->monday == day("2025-09-01"));
  REQUIRE(slips->weeks.size() == 1);
  CHECK(slips->weeks[0].pupil == kIvanov);
  CHECK(slips->weeks[0].days[0].lessons.at(0).marks.size() == 1);
  CHECK_FALSE(class_slips(node->database(), 999, today, false, today));
}

TEST_CASE("a slip has the results of the year that there are, exams too") {
  auto node = school_node();
  const auto results = [&] {
    const auto week = diary_week(node->database(), kIvanov, day("2025-10-22"));
    return slip_results(week.value());
  };
  CHECK(results().columns.empty());
  CHECK(results().subjects.empty());
  node.save([](Command& run) {
    set_final(run, {kIvanov, kCourseA, "q1", kYear}, "4");
    set_final_by_paper(run, {kIvanov, kCourseA, "exam", kYear}, "5", Basis::protocol,
                       {"3", day("2025-10-20")});
    set_final(run, {kPetrova, kCourseA, "q2", kYear}, "3");
  });
  CHECK(results().columns == std::vector<std::string>{"q1", "exam"});
  REQUIRE(results().subjects.size() == 1);
  CHECK(results().subjects[0].name == "Алгебра");
  CHECK(results().subjects[0].values == std::vector<std::string>{"4", "5"});
}

}  // namespace
}  // namespace zimnik::journal
