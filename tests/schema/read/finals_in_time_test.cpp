#include "schema/read/finals_in_time.h"

#include <catch2/catch.hpp>

#include "schema/commands/final_mark.h"
#include "schema/commands/person.h"
#include "tests/schema/small_school.h"

namespace zimnik::journal {
namespace {

using namespace journal::test;
using sync::Command;

// The first quarter ends on Friday, 24 October: its last week begins on the 18th.

/// Sets the node's clock so that the next entry is made at this time of Yugra.
void set_clock(Node& node, const char* date, int hour, int minute = 0, int second = 0) {
  const auto seconds =
      std::int64_t{day(date).days()} * 86'400 + (hour - 5) * 3600 + minute * 60 + second;
  node.now.ms = seconds * 1000 - 1000;  // each entry is a second later than the one before
}

void post(Node& node, std::int64_t pupil, const char* value) {
  node.save([=](Command& run) { set_final(run, {pupil, kCourseA, "q1", kYear}, value); });
}

std::string found(Node& node, const char* today) {
  sync::EntryTimes times;
  while (!times.catch_up(*node, 100)) {
  }
  std::string text;
  const auto periods = periods_of_year(node->database(), kYear);
  for (const auto& course : untimely_finals(*node, times, periods.at(0), day(today))) {
    text += course.course.class_name + " " + course.period.code + ":";
    for (const auto& pupil : course.missing) text += " -" + pupil.name.family_name;
    for (const auto& final : course.early) {
      text += " <" + final.name.family_name + final.value + " " + final.entered.text();
    }
    for (const auto& final : course.late) {
      text += " >" + final.name.family_name + final.value + " " + final.entered.text();
    }
    text += "\n";
  }
  return text;
}

Node taught_school() {
  auto node = school_node();
  set_clock(node, "2025-09-01", 10);
  open(node, kMonday);
  return node;
}

}  // namespace

TEST_CASE("R27: what is missing is listed from the last week's first day on") {
  auto node = taught_school();
  CHECK(found(node, "2025-10-17").empty());
  CHECK(found(node, "2025-10-18") == "7А q1: -Иванов -Петрова\n");
  set_clock(node, "2025-10-20", 12);
  post(node, kIvanov, "4");
  CHECK(found(node, "2025-11-05") == "7А q1: -Петрова\n");
}

TEST_CASE("R27: the last week is from its first second to the period's last one") {
  auto node = taught_school();
  set_clock(node, "2025-10-18", 0);
  post(node, kIvanov, "4");
  set_clock(node, "2025-10-24", 23, 59, 59);
  post(node, kPetrova, "5");
  CHECK(found(node, "2025-11-05").empty());
}

TEST_CASE("R27: what was entered before the last week or after the period is listed") {
  auto node = taught_school();
  set_clock(node, "2025-10-17", 23, 59, 59);
  post(node, kIvanov, "4");
  set_clock(node, "2025-10-25", 0);
  post(node, kPetrova, "5");
  CHECK(found(node, "2025-11-05") ==
        "7А q1: <Иванов4 17.10.2025 23:59 >Петрова5 25.10.2025 00:00\n");
  set_clock(node, "2025-10-28", 12);
  post(node, kIvanov, "3");
  CHECK_THAT(found(node, "2025-11-05"), Catch::Contains(">Иванов3 28.10.2025 12:00"));
}

TEST_CASE("a correction of what was entered in the last week is in time") {
  auto node = taught_school();
  set_clock(node, "2025-10-22", 12);
  post(node, kIvanov, "4");
  post(node, kPetrova, "4");
  set_clock(node, "2025-11-05", 12);
  post(node, kIvanov, "5");
  CHECK(found(node, "2025-11-05").empty());
}

TEST_CASE("papers have no last week, and a deferral counts until its day") {
  auto node = taught_school();
  set_clock(node, "2025-10-22", 12);
  node.save(
      [](Command& run) {
        defer_final(run, {kIvanov, kCourseA, "q1", kYear},
                    {day("2025-11-20"), "болезнь", "справка 7"});
      },
      deputy());
  set_clock(node, "2025-11-10", 12);
  node.save(
      [](Command& run) {
        set_final_by_paper(run, {kPetrova, kCourseA, "q1", kYear}, "3", Basis::protocol,
                           {"4", day("2025-11-10")});
      },
      deputy());
  CHECK(found(node, "2025-11-20").empty());
  CHECK(found(node, "2025-11-21") == "7А q1: -Иванов\n");
  set_clock(node, "2025-11-22", 12);
  post(node, kIvanov, "3");
  CHECK(found(node, "2025-11-22").empty());
}

TEST_CASE("a course without lessons in the period owes no results, nor who left before its end") {
  auto node = school_node();
  CHECK(found(node, "2025-10-24").empty());
  open(node, kMonday);
  node.save(
      [](Command& run) { transfer(run, kPetrova, kClassA, kClassB, day("2025-10-10"), "5"); });
  CHECK(found(node, "2025-10-24") == "7А q1: -Иванов\n");
}

}  // namespace zimnik::journal
