#include "schema/read/years.h"

#include <catch2/catch.hpp>

#include "schema/commands/school.h"
#include "tests/schema/small_school.h"

namespace zimnik::journal {
namespace {

using namespace journal::test;
using Years = std::vector<int>;

TEST_CASE("from June to the end of July the next school year is prepared beside the present one") {
  CHECK(years_to_prepare(day("2026-05-31")) == Years{2025});
  CHECK(years_to_prepare(day("2026-06-01")) == Years{2025, 2026});
  CHECK(years_to_prepare(day("2026-07-31")) == Years{2025, 2026});
  CHECK(years_to_prepare(day("2026-08-01")) == Years{2026});
  CHECK(years_to_prepare(day("2026-12-31")) == Years{2026});
}

TEST_CASE("a school has the years of its classes, and the one at work") {
  auto node = school_node();
  CHECK(years_of_school(node->database(), day("2026-08-15")) == Years{kYear});
  node.save([](sync::Command& run) { set_class(run, 703, {kYear + 1, 8, "А", kBranch, 1}); });
  CHECK(years_of_school(node->database(), day("2026-06-15")) == Years{kYear, kYear + 1});
  CHECK(years_of_school(empty_node("b")->database(), day("2026-06-15")) == Years{2025});
}

}  // namespace
}  // namespace zimnik::journal
