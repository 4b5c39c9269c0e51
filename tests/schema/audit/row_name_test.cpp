#include "schema/audit/row_name.h"

#include <catch2/catch.hpp>
#include <sstream>

#include "schema/tables.h"
#include "tests/schema/small_school.h"

using namespace zimnik;
using namespace zimnik::journal;
using namespace zimnik::journal::test;
using Catch::Contains;
using sync::Text;

TEST_CASE("a key is read as it is written, and as people may write it") {
  const auto& mark = table_named("mark");
  const auto key = sync::test::key_of({std::int64_t{901}, Text{"2025-09-01"}, std::int64_t{2},
                                       std::int64_t{21}, std::int64_t{1}, std::int64_t{1}});
  CHECK(key_text(key) == "901,2025-09-01,2,21,1,1");
  for (const auto* text : {"901,2025-09-01,2,21,1,1", "901, '2025-09-01', 2, 21, 1, 1",
                           "901,\"2025-09-01\",2,21,1,1"}) {
    CHECK(parse_key(mark, text) == key);
  }
  CHECK(parse_key(mark, sync::text_of(key)) == key);
}

TEST_CASE("a text in a key may hold commas and blanks") {
  const auto& account = table_named("account");
  const auto key = sync::test::key_of({Text{"a, b"}});
  CHECK(key_text(key) == "'a, b'");
  CHECK(parse_key(account, key_text(key)) == key);
}

TEST_CASE("what is no key, or no table, is refused by what there is") {
  const auto& mark = table_named("mark");
  for (const auto* text : {"", "1,2", "x,2025-09-01,2,21,1,1", "901,2025-09-01,2,21,1,1,1"}) {
    CHECK_THROWS_WITH(parse_key(mark, text), Contains("course,date,number,pupil,work,attempt"));
  }
  CHECK_THROWS_WITH(table_named("marks"), Contains("«marks»") && Contains("mark, "));
}

TEST_CASE("the rows that were written last are listed first, with what they are about") {
  auto node = school_node();
  open(node, kMonday);
  const auto mark = [&](std::int64_t pupil) {
    node.save(
        "INSERT INTO mark (course, date, number, pupil, work, attempt, value, weight) VALUES "
        "(901, '" +
        kMonday.date.text() + "', 2, " + std::to_string(pupil) + ", 1, 1, 5, 1)");
  };
  mark(kIvanov);
  mark(kPetrova);
  std::ostringstream all, some;
  list_rows(node->database(), table_named("mark"), "", all);
  const auto text = all.str();
  CHECK(text.find(",22,1,1\t") < text.find(",21,1,1\t"));
  CHECK_THAT(text, Contains("7А") && Contains(kMonday.date.russian()));
  list_rows(node->database(), table_named("mark"), ",21,1,1", some);
  CHECK(some.str().find(",22,1,1") == std::string::npos);
  std::ostringstream none;
  list_rows(node->database(), table_named("mark"), "nobody", none);
  CHECK(none.str() == "таких строк нет\n");
}
