#include "schema/read/after_closing.h"

#include <catch2/catch.hpp>

#include "schema/commands/entry_review.h"
#include "schema/commands/lesson.h"
#include "schema/commands/mark.h"
#include "schema/commands/school.h"
#include "schema/read/entries.h"
#include "tests/schema/small_school.h"

namespace zimnik::journal {
namespace {

using namespace journal::test;
using sync::Command;

std::string late(Node& node, std::optional<std::int64_t> teacher = {}) {
  sync::EntryTimes times;
  while (!times.catch_up(*node, 100)) {
  }
  std::string lines;
  for (const auto& it : marks_after_closing(*node, times, kYear, teacher)) {
    lines += std::to_string(it.mark.pupil) + ":" + std::to_string(it.value.value_or(0)) +
             (it.is_entered_before ? " before" : " after") +
             (it.state.empty() ? "" : " " + it.state) +
             (it.reason.empty() ? "" : " (" + it.reason + ")") + "\n";
  }
  return lines;
}

void mark(Node& node, std::int64_t pupil, int value) {
  node.save([=](Command& run) { enter_mark(run, {kMonday, pupil}, {value, {}, {}, "", {}}); });
}

void close(Node& node) {
  const auto known = node->frontier();
  node.save([&](Command& run) { close_period(run, kYear, "q1", node.now.ms, known); }, deputy());
}

std::string average(Node& node, std::int64_t pupil) {
  return average_of(marks_between(node->database(), kCourseA, kMonday.date, kMonday.date, pupil))
      .text();
}

/// Two nodes of a school with a mark that both know of.
struct TwoNodes {
  Node office = school_node("a"), branch = empty_node("b");
  TwoNodes() {
    open(office, kMonday);
    mark(office, kIvanov, 5);
    exchange(office, branch);
    branch.now = office.now;
  }
};

}  // namespace

TEST_CASE_METHOD(
    TwoNodes, "a mark entered before the closing that it didn't hear of is named on both nodes") {
  mark(branch, kPetrova, 4);
  office.now.ms = branch.now.ms + 60'000;
  close(office);
  CHECK(late(office).empty());
  exchange(office, branch);
  for (auto* node : {&office, &branch}) {
    CHECK(late(*node) == "22:4 before\n");
    CHECK(late(*node, kTeacher) == "22:4 before\n");
    CHECK(late(*node, kSubstitute).empty());
    CHECK(average(*node, kPetrova) == "4,00");
  }
}

TEST_CASE_METHOD(TwoNodes,
                 "one entered after it, unaware, is accepted or rejected, never dropped") {
  close(office);
  branch.now.ms = office.now.ms + 60'000;
  mark(branch, kPetrova, 2);
  exchange(office, branch);
  CHECK(late(office) == "22:2 after\n");
  CHECK(refusal(
            office,
            [](Command& run) {
              reject_entry(run, {kMonday, kPetrova}, " ");
            },
            deputy()) != "");
  office.save([](Command& run) { reject_entry(run, {kMonday, kPetrova}, "опоздала"); }, deputy());
  exchange(office, branch);
  for (auto* node : {&office, &branch}) {
    CHECK(late(*node) == "22:2 after rejected (опоздала)\n");
    CHECK(average(*node, kPetrova) == "—");
    CHECK(mark_at((*node)->database(), {kMonday, kPetrova})->is_rejected);
  }
  office.save([](Command& run) { accept_entry(run, {kMonday, kPetrova}); }, deputy());
  CHECK(late(office) == "22:2 after accepted\n");
  CHECK(average(office, kPetrova) == "2,00");
}

TEST_CASE_METHOD(TwoNodes, "what was decided is over with a new value, and with a new closing") {
  close(office);
  mark(branch, kPetrova, 2);
  exchange(office, branch);
  office.save([](Command& run) { reject_entry(run, {kMonday, kPetrova}, "опоздала"); }, deputy());
  office.save([](Command& run) { reopen_period(run, kYear, "q1"); }, deputy());
  CHECK(late(office).empty());
  mark(office, kPetrova, 3);
  CHECK_FALSE(mark_at(office->database(), {kMonday, kPetrova})->is_rejected);
  close(office);
  CHECK(late(office).empty());
}

TEST_CASE_METHOD(TwoNodes,
                 "a mark by a protocol isn't late, and an old closing is judged by times") {
  const auto closed_at = office.now.ms + 30'000;
  office.save([&](Command& run) { close_period(run, kYear, "q1", closed_at); }, deputy());
  mark(branch, kPetrova, 4);  // before that moment, so nothing tells
  exchange(office, branch);
  CHECK(late(office).empty());
  office.now.ms = closed_at + 60'000;
  office.save([](Command& run) {
    enter_mark(run, {kMonday, kPetrova, 1, 2}, {3, {}, {}, "", Protocol{"2", day("2025-11-10")}});
  });
  CHECK(late(office).empty());
}

}  // namespace zimnik::journal
