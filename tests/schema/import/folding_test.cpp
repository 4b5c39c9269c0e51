#include "schema/import/folding.h"

#include <catch2/catch.hpp>

namespace zimnik::journal {
namespace {

TEST_CASE("names are one whatever their case, blanks, dots and ё") {
  CHECK(folded("  ЁЛКИНА \t\xc2\xa0 Мария ") == "елкина мария");
  CHECK(bare("Иванова А. И.") == bare("иванова А.И."));
  CHECK(bare("«Яр-Сале»") == "ярсале");
}

TEST_CASE("a class is known by its number and letter, a Latin one too") {
  for (const auto* text : {"7А", "7 а", "7 «А»", "7-А", "7A"}) {
    const auto found = class_from(text);
    REQUIRE(found);
    CHECK(found->grade_level == 7);
    CHECK(found->letter == "А");
  }
  CHECK(class_from("11")->letter.empty());
  for (const auto* text : {"", "А", "0А", "12А", "99999999999А"}) CHECK_FALSE(class_from(text));
}

TEST_CASE("days and numbers are read as Excel writes them") {
  CHECK(day_from("01.09.2025")->text() == "2025-09-01");
  CHECK(day_from("1.9.2025")->text() == "2025-09-01");
  CHECK(day_from("2025-09-01")->text() == "2025-09-01");
  for (const auto* text : {"", "31.02.2025", "1.9.25", "x.y.2025", "1.9", "1.9.3025"}) {
    CHECK_FALSE(day_from(text));
  }
  CHECK(whole_number_from("34") == 34);
  CHECK(whole_number_from("34,0") == 34);
  for (const auto* text : {"", "34,5", "34,", "x", "3 4"}) CHECK_FALSE(whole_number_from(text));
}

}  // namespace
}  // namespace zimnik::journal
