#include "schema/read/late_entries.h"

#include <catch2/catch.hpp>

#include "schema/commands/late_entry.h"
#include "schema/commands/lesson.h"
#include "schema/commands/lesson_work.h"
#include "schema/commands/mark.h"
#include "schema/commands/school.h"
#include "tests/schema/small_school.h"

namespace zimnik::journal {
namespace {

using namespace journal::test;
using sync::Command;

/// Sets the node's clock to a time of Yugra on the Monday of kMonday, or so many days later.
void set_clock(Node& node, int hour, int minute, int second = 0, int days = 0) {
  const auto seconds =
      std::int64_t{kMonday.date.days() + days} * 86'400 + (hour - 5) * 3600 + minute * 60 + second;
  node.now.ms = seconds * 1000 - 1000;  // each entry is a second later than the one before
}

std::string late(Node& node) {
  sync::EntryTimes times;
  while (!times.catch_up(*node, 100)) {
  }
  std::string lines;
  for (const auto& it : late_entries(*node, times, kMonday.date, kMonday.date)) {
    lines += it.matter + " " + std::to_string(it.count) + " " + it.entered.text() +
             (it.reason.empty() ? "" : ": " + it.reason) + "\n";
  }
  return lines;
}

/// The second lesson begins at 09:25.
Node lesson_node() {
  auto node = school_node();
  node.save([](Command& run) { set_bell(run, kBranch, 1, 2, "09:25", "10:05"); }, deputy());
  set_clock(node, 9, 26);
  open(node, kMonday);
  return node;
}

void absent(Node& node, std::int64_t pupil) {
  node.save([=](Command& run) { set_absence(run, kMonday, pupil, Absence::absent); });
}
void mark(Node& node, std::int64_t pupil, int value) {
  node.save([=](Command& run) { enter_mark(run, {kMonday, pupil}, {value, {}, {}, "", {}}); });
}

TEST_CASE("an absence is late one second after the twentieth minute") {
  auto node = lesson_node();
  set_clock(node, 9, 45, 0);
  absent(node, kIvanov);
  CHECK(late(node).empty());
  set_clock(node, 9, 45, 1);
  absent(node, kPetrova);
  CHECK(late(node) == "attendance 1 01.09.2025 09:45\n");
}

TEST_CASE("a correction of what was entered in time isn't late") {
  auto node = lesson_node();
  mark(node, kIvanov, 3);
  set_clock(node, 12, 0, 0, 3);
  mark(node, kIvanov, 4);
  CHECK(late(node).empty());
  mark(node, kPetrova, 5);
  CHECK(late(node) == "marks 1 04.09.2025 12:00\n");
}

TEST_CASE("marks of a work are due by its kind, and one by a protocol has no deadline") {
  auto node = lesson_node();
  node.save([](Command& run) { set_lesson_work(run, kMonday, 1, {kControlWork, {}, ""}); });
  set_clock(node, 12, 0, 0, 1);
  mark(node, kIvanov, 3);
  CHECK(late(node).empty());
  set_clock(node, 12, 0, 0, 20);
  node.save([](Command& run) {
    enter_mark(run, {kMonday, kPetrova}, {4, {}, {}, "", Protocol{"3-п", kMonday.date}});
  });
  CHECK(late(node).empty());
  node.save([](Command& run) { enter_mark(run, {kMonday, kPetrova, 2}, {4, {}, {}, "", {}}); });
  CHECK(late(node).starts_with("marks 1 "));
}

TEST_CASE("topic and homework are due on the lesson's day, and a reason stands beside them") {
  auto node = lesson_node();
  set_clock(node, 23, 59, 58);
  node.save([](Command& run) { set_topic(run, kMonday, "Дроби"); });
  CHECK(late(node).empty());
  set_clock(node, 8, 0, 0, 1);
  node.save([](Command& run) { set_no_homework(run, kMonday); });
  CHECK(late(node) == "homework 1 02.09.2025 08:00\n");
  node.save([](Command& run) { explain_late_entry(run, kMonday, "homework", " не было света "); });
  CHECK(late(node) == "homework 1 02.09.2025 08:00: не было света\n");
  CHECK(refusal(node, [](Command& run) { explain_late_entry(run, kMonday, "topic", "x"); }) ==
        "Нет такой записи");
  CHECK(refusal(node, [](Command& run) { explain_late_entry(run, kMonday, "marks", " "); }) ==
        "Причина: не заполнено");
}

}  // namespace
}  // namespace zimnik::journal
