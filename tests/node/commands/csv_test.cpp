#include "node/commands/csv.h"

#include <catch2/catch.hpp>

using namespace zimnik::node;
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

TEST_CASE("a quote that isn't closed is an error that names its line") {
  CHECK_THROWS_WITH(read_csv("a;b\nc;\"d\n"), Catch::Contains("строка 2"));
}
