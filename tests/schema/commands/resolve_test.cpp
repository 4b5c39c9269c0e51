#include "schema/commands/resolve.h"

#include <algorithm>
#include <catch2/catch.hpp>

#include "schema/commands/lesson.h"
#include "schema/commands/mark.h"
#include "schema/read/review.h"
#include "tests/schema/small_school.h"

namespace zimnik::journal {
namespace {

using namespace journal::test;
using sync::Command;

Do topic(const char* text) {
  return [=](Command& run) { set_topic(run, kMonday, text); };
}

/// Two nodes that disagree about the lesson's topic; b's is the later.
struct Disagreeing {
  Node a = school_node(), b = empty_node("b");
  Disagreeing() {
    open(a, kMonday);
    exchange(a, b);
    a.save(topic("Корни"), teacher());
    b.now.ms += 60'000;
    b.save(topic("Степени"), teacher());
    exchange(a, b);
  }
};

TEST_CASE("what is listed is named in the journal's words") {
  Disagreeing nodes;
  const auto items = review_items_of(nodes.a->database(), kCourseA);
  REQUIRE(items.size() == 1);
  CHECK(items[0].table == "lesson");
  CHECK(items[0].group == "topic");
  CHECK(items[0].lesson == kMonday);
  CHECK_FALSE(items[0].pupil);
  CHECK(review_items_of(nodes.a->database(), kCourseB).empty());
}

TEST_CASE("the other version can be chosen, and is then shown at both") {
  Disagreeing nodes;
  const auto item = review_items_of(nodes.a->database(), kCourseA).at(0);
  const auto history = nodes.a->history(item.table, item.key, item.group);
  const auto other = std::find_if(
      history.begin(), history.end(),
      [](const sync::HistoryItem& version) { return version.status == sync::Status::conflicting; });
  REQUIRE(other != history.end());
  nodes.a.save(
      [&](Command& run) { choose_version(run, item.table, item.key, item.group, other->values); },
      teacher());
  exchange(nodes.a, nodes.b);
  for (auto* node : {&nodes.a, &nodes.b}) {
    CHECK(node->read("SELECT topic FROM lesson") == "Корни");
    CHECK(review_items((*node)->database()).empty());
  }
}

TEST_CASE("the shown version can be kept, which ends the listing") {
  Disagreeing nodes;
  const auto item = review_items_of(nodes.a->database(), kCourseA).at(0);
  nodes.a.save([&](Command& run) { keep_shown(run, item.table, item.key, item.group); }, teacher());
  CHECK(review_items(nodes.a->database()).empty());
  CHECK(nodes.a.read("SELECT topic FROM lesson") == "Степени");
}

TEST_CASE("a mark that was deleted and edited stays or goes") {
  auto a = school_node(), b = empty_node("b");
  open(a, kMonday);
  const auto mark = [](int value) {
    return [=](Command& run) { enter_mark(run, {kMonday, kIvanov}, {value, {}, {}, "", {}}); };
  };
  a.save(mark(3));
  exchange(a, b);
  a.save([](Command& run) { clear_mark(run, {kMonday, kIvanov}); });
  b.save(mark(4));
  exchange(a, b);
  const auto item = review_items_of(a->database(), kCourseA).at(0);
  CHECK(item.pupil == kIvanov);
  SECTION("stays") {
    a.save([&](Command& run) { keep_listed_row(run, item.table, item.key); });
    CHECK(a.read("SELECT value FROM mark") == "4");
  }
  SECTION("goes") {
    a.save([&](Command& run) { discard_listed_row(run, item.table, item.key); });
    CHECK(a.read("SELECT value FROM mark").empty());
  }
  CHECK(review_items(a->database()).empty());
}

TEST_CASE("what isn't there is refused, not a fault") {
  Disagreeing nodes;
  const auto item = review_items_of(nodes.a->database(), kCourseA).at(0);
  const auto refused = [&](const Do& command) { return !refusal(nodes.a, command).empty(); };
  CHECK(refused([&](Command& run) { keep_shown(run, "nothing", item.key, "topic"); }));
  CHECK(refused([&](Command& run) { keep_shown(run, "lesson", item.key, "nothing"); }));
  CHECK(refused([&](Command& run) { keep_shown(run, "mark", item.key, "mark"); }));
  CHECK(refused(
      [&](Command& run) { choose_version(run, "lesson", item.key, "topic", {sync::Text{"x"}}); }));
}

}  // namespace
}  // namespace zimnik::journal
