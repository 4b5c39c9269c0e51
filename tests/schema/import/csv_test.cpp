#include "schema/import/csv.h"

#include <catch2/catch.hpp>

using namespace zimnik::journal;
using Fields = std::vector<std::string>;

TEST_CASE("rows are read with any of the three separators, with and without a byte order mark") {
  for (const auto* text : {"a;b,c\n1;2\n",
                           "\xef\xbb\xbf"
                           "a;b,c\r\n1;2",
                           "a\tb,c\n1\t2\n"}) {
    const auto rows = read_csv(text);
    REQUIRE(rows.size() == 2);
    CHECK(rows[0].fields == Fields{"a", "b,c"});
    CHECK(rows[1].fields == Fields{"1", "2"});
    CHECK(rows[1].line == 2);
  }
}

TEST_CASE("quotes hold separators, line ends and quotes") {
  const auto rows = read_csv("a;\"b;\"\"c\"\"\nd\"\n\n;\nx;y\n");
  REQUIRE(rows.size() == 2);
  CHECK(rows[0].fields == Fields{"a", "b;\"c\"\nd"});
  CHECK(rows[1].line == 5);
}

TEST_CASE("Windows-1251 is read as what it means") {
  CHECK(read_csv("\xc8\xe2\xe0\xed;1\n")[0].fields == Fields{"Иван", "1"});
}

TEST_CASE("UTF-16 with its byte order mark is read, whichever comes first") {
  const std::string big(
      "\xfe\xff\x04\x18\0;\0"
      "1\0\n",
      10);
  const std::string little(
      "\xff\xfe\x18\x04;\0"
      "1\0\n\0",
      10);
  for (const auto& bytes : {big, little}) CHECK(read_csv(bytes)[0].fields == Fields{"И", "1"});
  CHECK_THROWS_WITH(read_csv(std::string("\xff\xfe\x18", 3)), Catch::Contains("UTF-16"));
}

TEST_CASE("lines that end with a carriage return alone are lines") {
  const auto rows = read_csv("a;b\r1;2\r");
  REQUIRE(rows.size() == 2);
  CHECK(rows[1].fields == Fields{"1", "2"});
  CHECK(rows[1].line == 2);
}

TEST_CASE("what isn't text in any encoding is an error") {
  CHECK_THROWS_WITH(read_csv(std::string("a;b\0c\n", 6)), Catch::Contains("не в UTF-8"));
}

TEST_CASE("a quote that isn't closed is an error that names its line") {
  CHECK_THROWS_WITH(read_csv("a;b\nc;\"d\n"), Catch::Contains("строка 2"));
}

TEST_CASE("what is written for programs has commas, no mark, and no formula") {
  const std::vector<std::vector<std::string>> rows = {{"а;б", "в,г", "=1"}, {"\"", "", "д"}};
  const auto text = csv_text(rows, CsvForm::rfc4180);
  CHECK(text == "а;б,\"в,г\",'=1\r\n\"\"\"\",,д\r\n");
}

TEST_CASE("what is written opens in Excel, runs no formula, and is read as it was") {
  const std::vector<Fields> kRows = {
      {"Имя", "a;\"b\"\nc"}, {"=1+1", "-5"}, {"+7", "@x"}, {"'", "'x"}};
  const auto text = csv_text(kRows);
  CHECK(text.substr(0, 15) == "\xef\xbb\xbfИмя;\"a;\"\"");
  CHECK(text.find("'=1+1;'-5\r\n") != std::string::npos);
  const auto read = read_csv(text);
  REQUIRE(read.size() == kRows.size());
  for (std::size_t i = 0; i < read.size(); ++i) {
    for (std::size_t j = 0; j < 2; ++j) CHECK(without_apostrophe(read[i].fields[j]) == kRows[i][j]);
  }
}
