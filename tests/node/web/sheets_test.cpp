#include "node/web/sheets.h"

#include <catch2/catch.hpp>

using namespace zimnik;
using namespace zimnik::node;

namespace {

/// So many lessons, without pupils.
journal::JournalPage page_of(std::size_t lessons) {
  journal::JournalPage page;
  page.lessons.resize(lessons);
  return page;
}

void add_work(journal::JournalPage& page, std::size_t lesson, std::int64_t work) {
  page.lessons[lesson].works.push_back({{}, work, {}, 1, ""});
}

journal::ShownMark mark(std::optional<int> value, std::int64_t work, std::int64_t attempt) {
  journal::ShownMark made;
  made.key.work = work;
  made.key.attempt = attempt;
  made.value = value;
  return made;
}

}  // namespace

TEST_CASE("columns fill a sheet, the rest goes on the next one, none is lost") {
  const auto sheets = sheets_of(page_of(9), 4);
  REQUIRE(sheets.size() == 3);
  CHECK(sheets[0].size() == 4);
  CHECK(sheets[2].size() == 1);
  CHECK(sheets[2][0].lesson == 8);
}

TEST_CASE("a lesson with two works stays on one sheet") {
  auto page = page_of(4);
  add_work(page, 3, 2);
  const auto sheets = sheets_of(page, 4);
  REQUIRE(sheets.size() == 2);
  CHECK(sheets[0].size() == 3);
  REQUIRE(sheets[1].size() == 2);
  CHECK(sheets[1][1].work == 2);
}

TEST_CASE("a lesson with more works than a sheet has columns goes over several") {
  auto page = page_of(1);
  add_work(page, 0, 7);
  const auto sheets = sheets_of(page, 4);
  REQUIRE(sheets.size() == 2);
  CHECK(sheets[1].size() == 3);
  add_work(page, 0, 1'000'000'000'000);  // by a program that has no bounds
  CHECK(sheets_of(page, 4).size() == 5);
}

TEST_CASE("without lessons there is one empty sheet, for the names") {
  const auto sheets = sheets_of(page_of(0), 4);
  REQUIRE(sheets.size() == 1);
  CHECK(sheets[0].empty());
}

TEST_CASE("a cell is printed with its absence, its mark and the retake") {
  journal::PageCell cell;
  cell.attendance = "н";
  cell.marks = {mark({}, 1, 1), mark(4, 1, 2), mark(5, 2, 1)};
  CHECK(sheet_text(cell, 1) == "н .→4");
  CHECK(sheet_text(cell, 2) == "5");
  CHECK(sheet_text({}, 1).empty());
}
