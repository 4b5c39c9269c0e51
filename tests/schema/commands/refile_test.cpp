#include "schema/commands/refile.h"

#include <catch2/catch.hpp>

#include "schema/commands/entry_review.h"
#include "schema/commands/late_entry.h"
#include "schema/commands/lesson.h"
#include "schema/commands/mark.h"
#include "schema/commands/person.h"
#include "schema/query.h"
#include "schema/read/entries.h"
#include "schema/read/refiling.h"
#include "tests/schema/small_school.h"

namespace zimnik::journal {
namespace {

using namespace journal::test;
using sync::Command;

/// Ivanov went to 7Б on the Tuesday; on the Wednesday 7А's teacher wrote of him still.
struct Transferred {
  const LessonKey other{kCourseB, kWednesday.date, kWednesday.number};
  Node node = school_node();
  Transferred() {
    open(node, kWednesday);
    node.save([&](Command& run) { open_lesson(run, other, {kTeacher, {}, ""}); }, teacher());
    node.save(
        [](Command& run) {
          enter_mark(run, {kWednesday, kIvanov, 1, 1}, {2, 3, kControlWork, "не решил", {}});
          enter_mark(run, {kWednesday, kIvanov, 1, 2},
                     {4, 3, kControlWork, "", Protocol{"7", day("2025-09-05")}});
          set_absence(run, kWednesday, kIvanov, Absence::late, 5);
        },
        teacher());
    node.save(
        [](Command& run) { transfer(run, kIvanov, kClassA, kClassB, day("2025-09-02"), "1"); });
  }
  std::vector<ShownMark> marks(std::int64_t course) {
    return marks_between(node->database(), course, day("2025-09-01"), day("2025-09-30"), kIvanov);
  }
  std::string refile_to(const LessonKey& to) {
    return refusal(node, [&](Command& run) { refile(run, kWednesday, kIvanov, to); });
  }
};

TEST_CASE_METHOD(Transferred, "marks and absence go to the new class's lesson as they are") {
  const auto waiting = waiting_of_teacher(node->database(), kTeacher, kYear);
  REQUIRE(waiting.size() == 1);
  CHECK(waiting[0].course_now->id == kCourseB);
  CHECK(waiting[0].targets == std::vector{other});
  node.save([&](Command& run) { refile(run, kWednesday, kIvanov, other); }, teacher());
  CHECK(marks(kCourseA).empty());
  const auto moved = marks(kCourseB);
  REQUIRE(moved.size() == 2);
  CHECK(moved[0].value == 2);
  CHECK(moved[0].weight == 3);
  CHECK(moved[0].work_type == kControlWork);
  CHECK(moved[0].comment == "не решил");
  CHECK(moved[1].key.attempt == 2);
  CHECK(moved[1].protocol_number == "7");
  const auto absences =
      absences_between(node->database(), kCourseB, other.date, other.date, kIvanov);
  REQUIRE(absences.size() == 1);
  CHECK(absences[0].late_minutes == 5);
  CHECK(waiting_of_teacher(node->database(), kTeacher, kYear).empty());
  CHECK_FALSE(refile_to(other).empty());  // nothing is left
}

TEST_CASE_METHOD(Transferred, "what is there already stays, and the moved marks stand after it") {
  node.save(
      [&](Command& run) {
        enter_mark(run, {other, kIvanov, 1, 1}, {5, {}, {}, "", {}});
        set_absence(run, other, kIvanov, Absence::absent);
      },
      teacher());
  node.save([&](Command& run) { refile(run, kWednesday, kIvanov, other); }, teacher());
  const auto now = marks(kCourseB);
  REQUIRE(now.size() == 3);
  CHECK(now[0].value == 5);
  CHECK(now[1].key.work == 2);
  CHECK(now[2].key.work == 2);
  const auto absences =
      absences_between(node->database(), kCourseB, other.date, other.date, kIvanov);
  CHECK(absences.at(0).fact == word_of(Absence::absent));
}

TEST_CASE_METHOD(Transferred,
                 "what was moved says why it is late, and a teacher's own reason stays") {
  const auto reason_of = [&](const char* matter) {
    return one_text(node->database(),
                    "SELECT reason FROM late_entry WHERE course = ? AND date = ? AND matter = ?",
                    {kCourseB, date_value(other.date), text_value(matter)})
        .value_or("");
  };
  node.save([&](Command& run) { explain_late_entry(run, other, "marks", "болел"); }, teacher());
  node.save([&](Command& run) { refile(run, kWednesday, kIvanov, other); }, teacher());
  CHECK(reason_of("marks") == "болел");
  CHECK(reason_of("attendance") == "перенесено из журнала другого класса");
}

TEST_CASE_METHOD(Transferred, "a mark that a head rejected counts for nothing after it was moved") {
  const auto before = marks(kCourseA);
  const MarkKey rejected{kWednesday, kIvanov, before.at(0).key.work, before.at(0).key.attempt};
  node.save([&](Command& run) { reject_entry(run, rejected, "после закрытия"); });
  node.save([&](Command& run) { refile(run, kWednesday, kIvanov, other); }, teacher());
  const auto moved = marks(kCourseB);
  REQUIRE(moved.size() == 2);
  CHECK(moved[0].is_rejected);
  CHECK_FALSE(moved[1].is_rejected);
}

TEST_CASE_METHOD(
    Transferred,
    "who wasn't transferred, another subject and a lesson that isn't there are refused") {
  CHECK_FALSE(refusal(node, [&](Command& run) { refile(run, kMonday, kPetrova, other); }).empty());
  CHECK_FALSE(refile_to({kCourseB, kWednesday.date, 7}).empty());
  CHECK_FALSE(refile_to({12345, kWednesday.date, 2}).empty());
  CHECK(marks(kCourseA).size() == 2);
}

}  // namespace
}  // namespace zimnik::journal
