#include "schema/commands/put.h"

#include <catch2/catch.hpp>

#include "tests/schema/small_school.h"

namespace zimnik::journal {
namespace {

using namespace journal::test;
using sync::Command;

TEST_CASE("the value that is shown already is written too") {
  auto node = school_node();
  const auto leaves = node.leaves();
  CHECK(node.save([](Command& run) {
    put(run, "subject", {kAlgebra}, "name", {text_value("Алгебра")});
  }) == sync::Saved::written);
  CHECK(node.leaves() == leaves + 1);
}

TEST_CASE("one cell leaves the others of its row as they are") {
  auto node = school_node();
  node.save([](Command& run) { put(run, "school_class", {kClassA}, "class_teacher", {kTeacher}); });
  CHECK(node.read("SELECT letter, class_teacher FROM school_class WHERE id = 701") == "А,11");
}

TEST_CASE("a date that is none is refused with its name") {
  CHECK(checked_date("2025-09-01", "День").text() == "2025-09-01");
  CHECK_THROWS_WITH(checked_date("2025-02-30", "День урока"),
                    "День урока: «2025-02-30» — нет такой даты");
}

TEST_CASE("blanks at the ends of a text aren't meant") {
  CHECK(trimmed(" \t§ 3 \r\n") == "§ 3");
  CHECK(trimmed("  ").empty());
}

}  // namespace
}  // namespace zimnik::journal
