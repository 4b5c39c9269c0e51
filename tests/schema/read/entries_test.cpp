#include "schema/read/entries.h"

#include <catch2/catch.hpp>

#include "tests/schema/small_school.h"

namespace zimnik::journal {
namespace {

using namespace journal::test;

ShownMark mark(std::int64_t work, std::int64_t attempt, std::optional<int> value, int weight = 1) {
  return {{kMonday, kIvanov, work, attempt}, value, weight, {}, "", "", {}};
}

TEST_CASE("of several attempts at a work the last with a value counts") {
  CHECK(average_of({mark(1, 1, 2), mark(1, 2, 4), mark(2, 1, 5)}).sum == 9);
  CHECK(average_of({mark(1, 2, 4), mark(1, 1, 2)}).sum == 4);
  CHECK(average_of({mark(1, 1, 2), mark(1, 2, std::nullopt)}).sum == 2);
  CHECK(average_of({mark(1, 1, std::nullopt)}).count == 0);
}

TEST_CASE("of two excuses over a day the one that began later says why") {
  const std::vector<Excuse> excuses = {{day("2025-09-01"), day("2025-09-30"), "у", ""},
                                       {day("2025-09-10"), day("2025-09-12"), "б", ""}};
  CHECK(reason_on(excuses, day("2025-09-11")) == "б");
  CHECK(reason_on(excuses, day("2025-09-13")) == "у");
  CHECK(reason_on(excuses, day("2025-10-01")).empty());
}

}  // namespace
}  // namespace zimnik::journal
