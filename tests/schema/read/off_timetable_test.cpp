#include "schema/read/off_timetable.h"

#include <catch2/catch.hpp>

#include "schema/commands/course.h"
#include "schema/commands/lesson.h"
#include "schema/commands/reschedule.h"
#include "schema/read/journal_page.h"
#include "schema/read/planned_lessons.h"
#include "schema/read/timetable.h"
#include "tests/schema/small_school.h"

namespace zimnik::journal {
namespace {

using namespace journal::test;
using sync::Command;

const Date kFrom = day("2025-09-01"), kTo = day("2025-09-14");

std::string off(Node& node, std::optional<std::int64_t> teacher = {}) {
  std::string text;
  for (const auto& it : off_timetable(node->database(), kYear, kFrom, kTo, teacher)) {
    text += it.lesson.date.text() + "#" + std::to_string(it.lesson.number) + " <";
    for (const auto& vacant : it.vacant) text += " " + vacant.date.text();
    text += "\n";
  }
  return text;
}

bool is_flagged(Node& node, const LessonKey& lesson) {
  const auto page = journal_page(node->database(), kCourseA, lesson.date, lesson.date);
  return page->lessons.at(0).is_off_timetable;
}

}  // namespace

TEST_CASE("a lesson out of its hour is named, with the free ones near it, until it is a move") {
  auto node = school_node();
  open(node, kMonday);
  CHECK(off(node).empty());
  const LessonKey friday{kCourseA, day("2025-09-05"), 4};
  open(node, friday);
  CHECK(off(node) == "2025-09-05#4 < 2025-09-03 2025-09-08 2025-09-10\n");
  CHECK(off(node, kTeacher) == off(node));
  CHECK(off(node, kSubstitute).empty());
  CHECK(is_flagged(node, friday));
  const auto before = planned_lessons(node->database(), kCourseA, kFrom, kTo).size();
  node.save([&](Command& run) { reschedule_lesson(run, kWednesday, friday, "5-п"); });
  CHECK(off(node).empty());
  CHECK_FALSE(is_flagged(node, friday));
  CHECK(planned_lessons(node->database(), kCourseA, kFrom, kTo).size() == before);
}

TEST_CASE("what was held in its hour, or isn't in the timetable, is no lesson to move from") {
  auto node = school_node();
  open(node, kMonday);
  const LessonKey friday{kCourseA, day("2025-09-05"), 4};
  open(node, friday);
  const auto move = [&](const LessonKey& from) {
    return refusal(node, [&](Command& run) { reschedule_lesson(run, from, friday, ""); });
  };
  CHECK_FALSE(move(kMonday).empty());
  CHECK_FALSE(move(friday).empty());
  CHECK_FALSE(move({kCourseB, kWednesday.date, 2}).empty());
  CHECK(refusal(node, [](Command& run) {
          reschedule_lesson(run, kWednesday, {kCourseA, day("2025-09-04"), 1}, "");
        }) != "");
}

TEST_CASE("a lesson is moved ahead, once more, back, and taken off") {
  auto node = school_node();
  const LessonKey friday{kCourseA, day("2025-09-05"), 4}, saturday{kCourseA, day("2025-09-06"), 1};
  const auto places = [&] {
    return planned_lessons(node->database(), kCourseA, day("2025-09-03"), day("2025-09-06"));
  };
  const auto move = [&](const LessonKey& from, const LessonKey& to) {
    node.save([&](Command& run) { move_lesson(run, from, to, "5-п"); });
  };
  const auto why = [&](auto&& write) { return refusal(node, write); };
  move(kWednesday, friday);
  CHECK(places() == std::set{friday});
  move(friday, saturday);
  CHECK(places() == std::set{saturday});
  CHECK(moved_from(node->database(), saturday) == kWednesday);
  move(saturday, kWednesday);
  CHECK(places() == std::set{kWednesday});
  CHECK(moves_of_course(node->database(), kCourseA).empty());
  node.save([&](Command& run) { take_off_lesson(run, kWednesday, ""); });
  CHECK(places().empty());
  CHECK_FALSE(why([&](Command& run) { move_lesson(run, kWednesday, friday, ""); }).empty());
  node.save([&](Command& run) { put_back_lesson(run, kWednesday); });
  CHECK(places() == std::set{kWednesday});
  CHECK_FALSE(why([&](Command& run) { put_back_lesson(run, kWednesday); }).empty());
  CHECK_FALSE(why([&](Command& run) { move_lesson(run, kWednesday, kMonday, ""); }).empty());
  CHECK_FALSE(why([&](Command& run) {
                move_lesson(run, kWednesday, {kCourseA, day("2025-09-05"), 17}, "");
              }).empty());
  CHECK_FALSE(why([&](Command& run) {
                move_lesson(run, kWednesday, {kCourseA, day("2026-09-05"), 1}, "");
              }).empty());
}

TEST_CASE("a lesson doesn't come back to an hour that was given to another meanwhile") {
  auto node = school_node();
  const LessonKey friday{kCourseA, day("2025-09-05"), 4};
  node.save([&](Command& run) {
    move_lesson(run, kWednesday, friday, "");
    move_lesson(run, kMonday, kWednesday, "");
  });
  CHECK_FALSE(refusal(node, [&](Command& run) { put_back_lesson(run, kWednesday); }).empty());
  node.save([&](Command& run) { put_back_lesson(run, kMonday); });
  node.save([&](Command& run) { put_back_lesson(run, kWednesday); });
  CHECK(moves_of_course(node->database(), kCourseA).empty());
}

TEST_CASE("a move stays once the lesson was held in its new hour") {
  auto node = school_node();
  const LessonKey friday{kCourseA, day("2025-09-05"), 4};
  node.save([&](Command& run) { move_lesson(run, kWednesday, friday, ""); });
  open(node, friday);
  CHECK_FALSE(refusal(node, [&](Command& run) { put_back_lesson(run, kWednesday); }).empty());
  CHECK_FALSE(is_flagged(node, friday));
}

TEST_CASE("the timetable changes from a day on, and lessons in the old hour stay") {
  auto a = school_node(), b = empty_node("b");
  exchange(a, b);
  const auto slots = timetable_of_class(a->database(), kClassA, kFrom);
  REQUIRE_FALSE(slots.empty());
  CHECK(slots.front().weekday == 1);
  a.save(
      [&](Command& run) {
        end_slot(run, {kCourseA, 1, 2, slots.front().since}, day("2025-09-07"));
        set_slot(run, {kCourseA, 2, 3, day("2025-09-08")}, "12");
      },
      deputy());
  open(b, {kCourseA, day("2025-09-08"), 2});  // the other node hadn't heard of it
  exchange(a, b);
  for (auto* node : {&a, &b}) {
    CHECK(off(*node) == "2025-09-08#2 < 2025-09-09 2025-09-10 2025-09-03 2025-09-01\n");
  }
  CHECK(timetable_of_class(a->database(), kClassA, day("2025-09-20")).size() == slots.size());
}

}  // namespace zimnik::journal
