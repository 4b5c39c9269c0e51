// What of a command's SQL gets into a leaf.
#include <catch2/catch.hpp>
#include <cmath>

#include "tests/sync/store/town.h"

using namespace zimnik::sync;
using namespace zimnik::sync::test;

namespace {

constexpr const char* kCreate =
    "INSERT INTO mark (lesson, pupil, maker, value) VALUES (1, 1, 'ann', 5)";

Setup with_a_real_column() {
  Setup setup;
  setup.schema.tables[1].groups[0].columns[0].type = ColumnType::real;
  return setup;
}

std::string set_to(const std::string& value) {
  return "INSERT OR REPLACE INTO setting (name, content) VALUES ('x', " + value + ")";
}

Value written(Node& node) {
  return node->history("setting", key_of({Text{"x"}}), "content").back().values.front();
}

}  // namespace

TEST_CASE("a value that no leaf may hold is refused: an infinity, a NUL, what isn't UTF-8") {
  Node a("a");
  for (const char* value : {"9e999", "-9e999", "'a' || char(0)", "CAST(x'ff' AS TEXT)"}) {
    INFO(value);
    CHECK_THROWS_AS(a.save(set_to(value)), CommandRefused);
  }
  CHECK(a.leaves() == 0);
  CHECK(a.read("SELECT * FROM setting").empty());
}

TEST_CASE("a value is typed by its column: another type is refused, a whole real stays a real") {
  Node a("a"), b("b", with_a_real_column());
  CHECK_THROWS_AS(a.save("INSERT INTO mark (lesson, pupil, value) VALUES (1, 1, 'five')"),
                  CommandRefused);
  CHECK_THROWS_AS(a.save("INSERT INTO mark (lesson, pupil, value) VALUES (1, 1, 5.5)"),
                  CommandRefused);
  CHECK_THROWS_AS(a.save("INSERT INTO mark (lesson, pupil, maker) VALUES (1, 1, x'00')"),
                  CommandRefused);
  CHECK(a.leaves() == 0);
  b.save(set_to("3"));
  CHECK(written(b) == Value(3.0));
  CHECK(b->verify().empty());
}

TEST_CASE("there is one zero") {
  Node a("a");
  a.save(set_to("-0.0"));
  const auto zero = written(a);
  REQUIRE(std::holds_alternative<double>(zero));
  CHECK_FALSE(std::signbit(std::get<double>(zero)));
}

TEST_CASE("what a command changes and changes back isn't written") {
  Node a("a");
  a.save(kCreate);
  CHECK(a.save("UPDATE mark SET value = 4; UPDATE mark SET value = 5") == Saved::nothing);
  CHECK(a.leaves() == 1);
}
