#include "schema/read/in_words.h"

#include <catch2/catch.hpp>

#include "schema/commands/lesson.h"
#include "schema/commands/mark.h"
#include "schema/read/people.h"
#include "schema/words.h"
#include "tests/schema/small_school.h"

namespace zimnik::journal {
namespace {

using namespace journal::test;
using sync::Command;

const sync::Value kHomework = sync::Text{"№ 5"};

std::string said(Node& node, const std::string& table, const std::string& group,
                 std::vector<sync::Value> values, sync::Op op = sync::Op::set) {
  sync::HistoryItem version{};
  version.op = op;
  version.values = std::move(values);
  return text_of(node->database(), table, group, version);
}

TEST_CASE("a mark's version names its kind of work, and its weight where it isn't one") {
  auto node = school_node();
  const auto of_mark = [&](sync::Value value, std::int64_t weight, sync::Value type) {
    return said(node, "mark", "mark", {std::move(value), weight, std::move(type), sync::Null{}});
  };
  CHECK(of_mark(std::int64_t{5}, 1, sync::Null{}) == "5");
  CHECK(of_mark(std::int64_t{4}, 3, kControlWork) == "4 · вес 3 · Контрольная работа");
  CHECK(of_mark(sync::Null{}, 1, sync::Null{}) == "долг");
  CHECK(of_mark(std::int64_t{4}, 1, std::int64_t{77}) == "4 · 77");
}

TEST_CASE("people, papers and days are named as people do") {
  auto node = school_node();
  CHECK(said(node, "mark", "protocol", {sync::Text{"7"}, sync::Text{"2025-09-05"}}) ==
        "протокол 7 · 05.09.2025");
  const auto assignment =
      said(node, "lesson", "assignment", {kSubstitute, kTeacher, sync::Text{"12-к"}});
  CHECK(assignment == name_of(node->database(), kSubstitute).brief() + " · вместо " +
                          name_of(node->database(), kTeacher).brief() + " · приказ 12-к");
  CHECK(said(node, "lesson", "homework", {sync::Null{}, std::int64_t{1}, sync::Null{}}) ==
        "не задано");
  CHECK(said(node, "lesson", "homework", {kHomework, std::int64_t{0}, sync::Null{}}) == "№ 5");
}

TEST_CASE("what was deleted or is empty says so, and an unknown column stands as it is") {
  auto node = school_node();
  CHECK(said(node, "mark", "mark", {}, sync::Op::tombstone) == "удалено");
  CHECK(said(node, "mark", "protocol", {sync::Null{}, sync::Null{}}) == "пусто");
  CHECK(said(node, "contact", "contact",
             {sync::Text{""}, sync::Text{std::string(kByGuardian)}, sync::Text{"2025-09-05"}}) ==
        "убрано · сообщил сам · 05.09.2025");
  CHECK(said(node, "nowhere", "at all", {std::int64_t{3}, sync::Text{"x"}}) == "3 · x");
}

}  // namespace
}  // namespace zimnik::journal
