#include "schema/commands/mark.h"

#include <catch2/catch.hpp>

#include "schema/commands/lesson.h"
#include "schema/commands/school.h"
#include "schema/read/journal_page.h"
#include "tests/schema/small_school.h"

namespace zimnik::journal {
namespace {

using namespace journal::test;
using sync::Command;

Do mark(const LessonKey& lesson, std::int64_t pupil, int value) {
  return [=](Command& run) { enter_mark(run, {lesson, pupil}, {value, {}, {}, "", {}}); };
}

constexpr const char* kMarks = "SELECT pupil, work, attempt, value, weight, comment FROM mark";

TEST_CASE("a mark has the weight of its kind of work unless it says its own") {
  auto node = school_node();
  open(node, kMonday);
  node.save([](Command& run) {
    enter_mark(run, {kMonday, kIvanov}, {4, {}, kControlWork, " ход решения ", {}});
    enter_mark(run, {kMonday, kPetrova}, {5, 3, kControlWork, "", {}});
    enter_mark(run, {kMonday, kPetrova, 2}, {3, {}, {}, "", {}});
  });
  CHECK(node.read(kMarks) == "21,1,1,4,2,ход решения\n22,1,1,5,3,-\n22,2,1,3,1,-");
}

TEST_CASE("a mark that can't be is refused by name, and nothing is written") {
  auto node = school_node();
  open(node, kMonday);
  CHECK(refusal(node, mark(kMonday, kIvanov, 1)) == "Отметка: 1 — не бывает, только от 2 до 5");
  CHECK(refusal(node, mark(kMonday, kIvanov, 6)) == "Отметка: 6 — не бывает, только от 2 до 5");
  CHECK(refusal(node, mark(kWednesday, kIvanov, 5)) ==
        "Урок 2 от 03.09.2025 ещё не открыт: сначала запишите его в журнал");
  CHECK(refusal(node, mark(kMonday, kMother, 5)) ==
        "Обучающийся 01.09.2025 не числится в этом классе или группе");
  CHECK(refusal(node, [](Command& run) {
          enter_mark(run, {kMonday, kIvanov}, {5, 11, {}, "", {}});
        }) == "Вес отметки: должен быть от 0 до 10");
  CHECK(node.read(kMarks).empty());
}

TEST_CASE("an absence and a mark stand in one cell") {
  auto node = school_node();
  open(node, kMonday);
  node.save([](Command& run) { set_absence(run, kMonday, kIvanov, Absence::absent); });
  node.save([](Command& run) {
    enter_mark(run, {kMonday, kIvanov}, {4, {}, {}, "", Protocol{"15", day("2025-09-10")}});
  });
  const auto page = journal_page(node->database(), kCourseA, kMonday.date, kMonday.date);
  const auto& cell = page->pupils.at(0).cells.at(0);
  CHECK(cell.attendance == "н");
  REQUIRE(cell.marks.size() == 1);
  CHECK(cell.marks[0].value == 4);
  CHECK(cell.marks[0].protocol_number == "15");
}

TEST_CASE("an absence of one node and a mark of another both stay") {
  auto a = school_node(), b = empty_node("b");
  open(a, kMonday);
  exchange(a, b);
  a.save([](Command& run) { set_absence(run, kMonday, kIvanov, Absence::late, 5); });
  b.save(mark(kMonday, kIvanov, 5));
  exchange(a, b);
  for (auto* node : {&a, &b}) {
    CHECK(node->read("SELECT code, late_minutes FROM attendance") == "оп,5");
    CHECK(node->read("SELECT value FROM mark") == "5");
    CHECK(node->read("SELECT * FROM zimnik_listed").empty());
  }
}

TEST_CASE("the mark that a page hasn't seen isn't covered by the same one, but joined") {
  auto node = school_node();
  open(node, kMonday);
  auto page = node.page();
  node.save(page, mark(kMonday, kIvanov, 5));
  node.save(page, mark(kMonday, kIvanov, 5));  // said again: a version of its own
  CHECK(node->history("mark",
                      sync::test::key_of({kCourseA, sync::Text{"2025-09-01"}, std::int64_t{2},
                                          kIvanov, std::int64_t{1}, std::int64_t{1}}),
                      "mark")
            .size() == 2);
  CHECK(node.read(kMarks) == "21,1,1,5,1,-");
}

TEST_CASE("a mark cleared here and edited there stays, and is listed") {
  auto a = school_node(), b = empty_node("b");
  open(a, kMonday);
  a.save(mark(kMonday, kIvanov, 3));
  exchange(a, b);
  a.save([](Command& run) { clear_mark(run, {kMonday, kIvanov}); });
  CHECK(a.read(kMarks).empty());
  b.save(mark(kMonday, kIvanov, 4));
  exchange(a, b);
  for (auto* node : {&a, &b}) {
    CHECK(node->read(kMarks) == "21,1,1,4,1,-");
    CHECK(sync::test::is_listed(*node, sync::Listed::Reason::deleted_but_edited));
  }
}

TEST_CASE("a closed period takes only what has a protocol, until it is opened again") {
  auto node = school_node();
  open(node, kMonday);
  node.save([](Command& run) { close_period(run, kYear, "q1", 1); }, deputy());
  CHECK(refusal(node, mark(kMonday, kIvanov, 5)) ==
        "Период с 01.09.2025 по 24.10.2025 закрыт: отметку можно внести по протоколу или после "
        "открытия периода завучем");
  node.save([](Command& run) {
    enter_mark(run, {kMonday, kIvanov}, {3, {}, {}, "", Protocol{"2", day("2025-11-10")}});
  });
  node.save([](Command& run) { reopen_period(run, kYear, "q1"); }, deputy());
  CHECK(refusal(node, mark(kMonday, kIvanov, 5)).empty());
}

TEST_CASE("minutes belong to lateness alone, and what isn't there can't be cleared") {
  auto node = school_node();
  open(node, kMonday);
  CHECK_FALSE(refusal(node, [](Command& run) {
                set_absence(run, kMonday, kIvanov, Absence::absent, 5);
              }).empty());
  CHECK(refusal(node, [](Command& run) { clear_absence(run, kMonday, kIvanov); }) ==
        "Пропуска уже нет");
  CHECK(refusal(node, [](Command& run) {
          clear_mark(run, {kMonday, kIvanov});
        }) == "Отметки уже нет");
}

TEST_CASE("a retake is the next attempt at the same work") {
  auto node = school_node();
  open(node, kMonday);
  CHECK(next_attempt(node->database(), kMonday, kIvanov, 1) == 1);
  node.save(mark(kMonday, kIvanov, 2));
  CHECK(next_attempt(node->database(), kMonday, kIvanov, 1) == 2);
}

TEST_CASE("what is typed into a cell is a mark, a point, or nothing") {
  CHECK(typed_mark("5")->value == 5);
  CHECK_FALSE(typed_mark(".")->value);
  for (const auto* text : {"", "1", "6", "55", "н", "5 "}) CHECK_FALSE(typed_mark(text));
}

}  // namespace
}  // namespace zimnik::journal
