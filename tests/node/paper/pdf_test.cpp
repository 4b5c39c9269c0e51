// Papers as PDF, read back by other programs: pdftotext and pdfinfo of poppler, zbarimg.
#include "node/paper/pdf.h"

#include <catch2/catch.hpp>

#include "tests/node/paper/printed.h"

using namespace zimnik::paper;
using Catch::Contains;
using zimnik::paper::test::Printed;

namespace {

/// So many rows of three columns.
Paper list_of(std::size_t rows, const std::string& name = "Иванов Пётр") {
  Paper paper;
  paper.name = "register/1/q1";
  paper.school = "Школа деревни Ясунт";
  paper.title = "Сводная ведомость";
  paper.facts = {"Учебный год 2025/2026"};
  Table table{"", {{"№", 10}, {"Обучающийся", 60, Column::Align::left}, {"Алгебра", 0}}, {}};
  table.columns.back().is_upright = true;
  for (std::size_t i = 1; i <= rows; ++i) {
    table.rows.push_back({std::to_string(i), name + " " + std::to_string(i), "5"});
  }
  paper.tables = {table};
  paper.signers = {{"Директор", "Петров С. А."}};
  return paper;
}

std::string code_of(std::size_t letters) {
  std::string code = "ZIMNIK:";
  while (code.size() < letters) code += static_cast<char>('A' + code.size() * 7 % 26);
  return code;
}

std::size_t count_of(const std::string& text, const std::string& part) {
  std::size_t count = 0;
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++count;
  return count;
}

}  // namespace

TEST_CASE("a paper is one sheet of A4 with its texts, places to sign and its number") {
  const Printed printed(pdf_of(list_of(3), {"Составлено 01.10.2025.", ""}));
  CHECK_THAT(printed.facts(), Contains("A4") && Contains("Pages:           1"));
  const auto text = printed.text();
  CHECK_THAT(text, Contains("Сводная ведомость") && Contains("Иванов Пётр 3") &&
                       Contains("Директор") && Contains("Петров С. А.") && Contains("М. П.") &&
                       Contains("лист 1 из 1") && Contains("Составлено 01.10.2025."));
}

TEST_CASE("a long list goes over sheets, each with its number and the head of the table") {
  const Printed printed(pdf_of(list_of(150), {"", ""}));
  const auto text = printed.text();
  const auto sheets = count_of(text, "\f");
  REQUIRE(sheets > 2);
  CHECK(count_of(text, "Обучающийся") == sheets);
  for (std::size_t i = 1; i <= sheets; ++i) {
    CHECK_THAT(text, Contains("лист " + std::to_string(i) + " из " + std::to_string(sheets)));
  }
  for (std::size_t i = 1; i <= 150; ++i) {
    CHECK(count_of(text, "Иванов Пётр " + std::to_string(i) + " ") == 1);
  }
  CHECK(count_of(text, "Директор") == 1);
}

TEST_CASE("the QR code is read from the last sheet, at the size that attestations have") {
  for (const std::size_t letters : {100, 500, 960}) {
    const auto code = code_of(letters);
    const Printed printed(pdf_of(list_of(60), {"", code}));
    CHECK(printed.code() == code);
  }
  CHECK_THROWS_AS(pdf_of(list_of(1), {"", std::string(4000, 'A')}), std::invalid_argument);
}

TEST_CASE("hostile names stay in their cells, and turn nothing around") {
  const std::string names[] = {std::string(400, 'W'),
                               "\u202Eмешок\u202C",
                               "שלום עולם",
                               "Иванов\nПётр\tСергеевич\x01\x7f",
                               "<b>&amp;</b>",
                               std::string("\xc3\x28 not UTF-8"),
                               std::string(5000, ' ') + "x",
                               "\u2028\u2029"};
  for (const auto& name : names) {
    const Printed printed(pdf_of(list_of(3, name), {"", ""}));
    const auto text = printed.text();
    CHECK_THAT(printed.facts(), Contains("Pages:           1"));
    CHECK_THAT(text, Contains("лист 1 из 1"));
    CHECK(count_of(text, "\u202E") == 0);
  }
  const Printed printed(pdf_of(list_of(1, "Иванов\nПётр"), {"", ""}));
  CHECK_THAT(printed.text(), Contains("Иванов Пётр 1"));
  CHECK_THAT(Printed(pdf_of(list_of(1, "<b>&amp;</b>"), {"", ""})).text(),
             Contains("<b>&amp;</b> 1"));
}

TEST_CASE("more columns than fit are narrow, not lost beyond the edge") {
  auto paper = list_of(2);
  for (int i = 0; i < 80; ++i) {
    paper.tables[0].columns.push_back({"Предмет", 0, Column::Align::middle, true});
  }
  const Printed printed(pdf_of(paper, {"", ""}));
  CHECK_THAT(printed.facts(), Contains("Pages:           1"));
}

TEST_CASE("two papers have the same digest only where all their texts are the same") {
  const auto paper = list_of(2);
  CHECK(digest_of(paper) == digest_of(list_of(2)));
  auto other = paper;
  other.tables[0].rows[1][2] = "4";
  CHECK(digest_of(other) != digest_of(paper));
  other = paper;
  other.facts = {"Учебный год 2025/", "2026"};
  CHECK(digest_of(other) != digest_of(paper));
  other = paper;
  other.signers[0].name.clear();
  CHECK(digest_of(other) != digest_of(paper));
  other = paper;
  other.name = "register/1/q2";
  CHECK(digest_of(other) != digest_of(paper));
}
