#include "node/paper/documents.h"

#include <catch2/catch.hpp>

using namespace zimnik;
using namespace zimnik::paper;

namespace {

journal::SummaryRegister class_of_one() {
  journal::SummaryRegister page;
  page.school_class.id = 701;
  page.school_class.grade_level = 7;
  page.school_class.letter = "А";
  page.school_class.year = 2025;
  page.school = "Школа";
  page.settlement = "Ясунт";
  page.period = "q1";
  page.subjects = {{1, "Алгебра", {}}, {2, "Биология", {}}};
  page.subjects[0].results.add("5");
  journal::RegisterRow row;
  row.name = {"Иванов", "Пётр", ""};
  row.cells = {{"5", true}, {"", true}};
  page.rows = {row};
  return page;
}

}  // namespace

TEST_CASE("a register's paper is named after class and period, and has all that the page has") {
  const auto paper = register_paper(class_of_one());
  CHECK(paper.name == "register/701/q1");
  CHECK(paper.title == "Сводная ведомость: 7А, 1 четверть");
  CHECK(paper.school == "Школа, Ясунт");
  REQUIRE(paper.tables.size() == 1);
  const auto& rows = paper.tables[0].rows;
  REQUIRE(rows.size() == 4);
  CHECK(rows[0] == Row{"1", "Иванов Пётр", "5", "·", "—", "0", "0"});
  CHECK(rows[1] == Row{"", "Успеваемость, %", "100,0", "—"});
  CHECK(paper.signers.size() == 3);
}

TEST_CASE("an extract's paper has a cell for each subject and period, and is upright") {
  journal::Extract extract;
  extract.pupil = 21;
  extract.name = {"Иванов", "Пётр", "Сергеевич"};
  extract.columns = {{"q1", "1 четверть"}, {"year", "год"}};
  journal::ExtractSubject subject;
  subject.name = "Алгебра";
  subject.results = {"4", ""};
  subject.missed = 2;
  extract.subjects = {subject};
  const auto paper = extract_paper(extract);
  CHECK(paper.name == "extract/21");
  CHECK_FALSE(paper.is_landscape);
  REQUIRE(paper.tables.size() == 2);
  CHECK(paper.tables[0].columns.size() == 4);
  CHECK(paper.tables[0].rows.at(0) == Row{"Алгебра", "4", "—", "2"});
  CHECK(paper.facts.at(0) == "Обучающийся: Иванов Пётр Сергеевич");
}
