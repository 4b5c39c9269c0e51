#include "schema/formulas.h"

#include <catch2/catch.hpp>

namespace zimnik::journal {
namespace {

TEST_CASE("the weighted average shows its arithmetic") {
  const std::vector<WeightedMark> marks = {{5, 2}, {4, 1}, {2, 0}};
  const auto average = weighted_average(marks);
  CHECK(average.sum == 14);
  CHECK(average.weight == 3);
  CHECK(average.count == 2);
  CHECK(average.value() == Approx(14.0 / 3));
  CHECK(average.arithmetic() == "(5·2 + 4·1) / (2 + 1) = 14 / 3 = 4,67");
}

TEST_CASE("an average is rounded half up") {
  CHECK(Average{33, 8, 8}.text() == "4,13");  // 4.125
  CHECK(Average{8, 2, 2}.text() == "4,00");
}

TEST_CASE("no mark, no average") {
  CHECK_FALSE(weighted_average({}).has_value());
  CHECK(weighted_average({}).text() == "—");
  const std::vector<WeightedMark> unweighted = {{2, 0}};
  CHECK(weighted_average(unweighted).arithmetic() == "—");
}

TEST_CASE("a reason takes the place of an absence, and of nothing else") {
  CHECK(attendance_code("н", "") == "н");
  CHECK(attendance_code("н", "б") == "б");
  CHECK(attendance_code("н", "у") == "у");
  CHECK(attendance_code("оп", "у") == "оп");
  CHECK(attendance_code("", "б").empty());
}

TEST_CASE("the exempt and those without a mark don't count, the not assessed do") {
  Results results;
  for (const auto* value : {"5", "4", "4", "3", "2", "н/а", "осв", "безотм", ""}) {
    results.add(value);
  }
  CHECK(results.n() == 6);
  CHECK(results.progress() == 667);  // 4/6
  CHECK(results.quality() == 500);   // 3/6
  CHECK(results.learning() == 478);  // (100 + 128 + 36 + 16 + 7) / 6 = 47.83
  CHECK_FALSE(Results{}.progress());
}

}  // namespace
}  // namespace zimnik::journal
