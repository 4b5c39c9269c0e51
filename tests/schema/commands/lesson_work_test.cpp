#include "schema/commands/lesson_work.h"

#include <catch2/catch.hpp>

#include "schema/commands/lesson.h"
#include "schema/commands/mark.h"
#include "schema/commands/school.h"
#include "schema/read/journal_page.h"
#include "tests/schema/small_school.h"

namespace zimnik::journal {
namespace {

using namespace journal::test;
using sync::Command;

JournalPage page_of(Node& node) {
  return journal_page(node->database(), kCourseA, day("2025-09-01"), day("2025-09-05")).value();
}

std::string average(Node& node) {
  for (const auto& row : page_of(node).pupils) {
    if (row.pupil == kIvanov) return row.average.arithmetic();
  }
  return "";
}

TEST_CASE("what a column is for weighs for all its marks, those before it too") {
  auto node = school_node();
  open(node, kMonday);
  node.save([](Command& run) {
    enter_mark(run, {kMonday, kIvanov, 1}, {5, {}, {}, "", {}});
    enter_mark(run, {kMonday, kIvanov, 2}, {2, {}, {}, "", {}});
  });
  CHECK(average(node) == "(5·1 + 2·1) / (1 + 1) = 7 / 2 = 3,50");
  node.save([](Command& run) { set_lesson_work(run, kMonday, 2, {kControlWork, {}, "Срез"}); });
  CHECK(average(node) == "(5·1 + 2·2) / (1 + 2) = 9 / 3 = 3,00");
  node.save([](Command& run) { set_lesson_work(run, kMonday, 2, {kControlWork, 0, ""}); });
  CHECK(average(node) == "(5·1) / (1) = 5 / 1 = 5,00");
  const auto page = page_of(node);
  REQUIRE(page.lessons.at(0).works.size() == 1);
  CHECK(page.lessons.at(0).works[0].work == 2);
  CHECK(page.lessons.at(0).works[0].work_type == kControlWork);
}

TEST_CASE("a column goes only while it has no marks") {
  auto node = school_node();
  open(node, kMonday);
  node.save([](Command& run) {
    set_lesson_work(run, kMonday, 1, {{}, 2, ""});
    enter_mark(run, {kMonday, kIvanov, 1}, {5, {}, {}, "", {}});
  });
  const auto remove_it = [](Command& run) { remove_lesson_work(run, kMonday, 1); };
  CHECK(refusal(node, remove_it) == "В этой колонке есть отметки: сначала уберите их");
  node.save([](Command& run) { clear_mark(run, {kMonday, kIvanov, 1}); });
  CHECK(refusal(node, remove_it).empty());
  CHECK(refusal(node, remove_it) == "Такой колонки уже нет");
}

TEST_CASE("a column is refused without its lesson, with a foreign type or weight, once closed") {
  auto node = school_node();
  const auto set = [](std::int64_t work, LessonWork what) {
    return [=](Command& run) { set_lesson_work(run, kMonday, work, what); };
  };
  CHECK_FALSE(refusal(node, set(1, {})).empty());
  open(node, kMonday);
  CHECK(refusal(node, set(0, {})) == "Работа урока: нет такой");
  CHECK(refusal(node, set(21, {})) == "Работа урока: нет такой");
  CHECK(refusal(node, set(1, {99, {}, ""})) == "Вид работы: нет такого");
  CHECK(refusal(node, set(1, {{}, 11, ""})) == "Вес отметки: должен быть от 0 до 10");
  node.save([](Command& run) { close_period(run, kYear, "q1", 1); }, deputy());
  CHECK_THAT(refusal(node, set(1, {})), Catch::Contains("закрыт"));
}

}  // namespace
}  // namespace zimnik::journal
