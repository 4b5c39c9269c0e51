#include "schema/ids.h"

#include <catch2/catch.hpp>
#include <set>

namespace zimnik::journal {
namespace {

constexpr std::int64_t kExactInJavaScript = std::int64_t{1} << 53;

TEST_CASE("an id fits 53 bits, isn't 0 and tells its year") {
  for (const int year : {2020, 2025, 2083}) {
    for (const std::uint64_t chance : {std::uint64_t{0}, ~std::uint64_t{0}}) {
      const auto id = make_id(year, chance);
      CHECK(id > 0);
      CHECK(id < kExactInJavaScript);
      CHECK(year_of_id(id) == year);
    }
  }
  CHECK(year_of_id(make_id(1990, 7)) == 2020);
  CHECK(year_of_id(make_id(2100, 7)) == 2083);
}

TEST_CASE("a later year's ids are greater") {
  CHECK(make_id(2025, ~std::uint64_t{0}) < make_id(2026, 0));
}

TEST_CASE("the same words in the same year derive the same id, others another") {
  CHECK(derived_id(2026, "class 8") == derived_id(2026, "class 8"));
  CHECK(derived_id(2026, "class 8") != derived_id(2026, "class 9"));
  CHECK(derived_id(2026, "class 8") != derived_id(2027, "class 8"));
  CHECK(year_of_id(derived_id(2026, "class 8")) == 2026);
  CHECK(derived_id(2026, "class 8") < kExactInJavaScript);
}

TEST_CASE("new ids differ") {
  std::set<std::int64_t> ids;
  for (int i = 0; i < 1000; ++i) ids.insert(new_id(2025));
  CHECK(ids.size() == 1000);
}

}  // namespace
}  // namespace zimnik::journal
