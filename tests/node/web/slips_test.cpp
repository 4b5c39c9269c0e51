#include "node/web/slips.h"

#include <catch2/catch.hpp>

#include "schema/read/courses.h"
#include "tests/node/desk.h"

using namespace zimnik;
using namespace zimnik::node::test;

namespace {

/// The class with the most pupils, and how many they are.
std::pair<std::int64_t, std::size_t> largest_class(Desk& desk) {
  return desk.node().journal().read([&](sync::Database& database) {
    std::pair<std::int64_t, std::size_t> largest{0, 0};
    for (const auto& school_class : journal::classes_of_year(database, 2025)) {
      const auto pupils =
          journal::pupils_of_class(database, school_class.id, node::day_of(kNow)).size();
      if (pupils > largest.second) largest = {school_class.id, pupils};
    }
    return largest;
  });
}

std::size_t slips_in(const std::string& page) {
  std::size_t count = 0;
  const std::string slip = "<article class=\"slip\">";
  for (auto at = page.find(slip); at != std::string::npos; at = page.find(slip, at + 1)) ++count;
  return count;
}

}  // namespace

TEST_CASE("a slip for each pupil of the class stands in one page, with a place to sign") {
  Desk desk;
  const auto [school_class, pupils] = largest_class(desk);
  Browser secretary(desk.port()), stranger(desk.port());
  REQUIRE(secretary.sign_in(desk.add_account(journal::Role::secretary), kPassword) == "/");
  const auto path = "/class/" + std::to_string(school_class) + "/slips";
  const auto page = secretary.get(path + "?week=2025-09-24")->body;
  CHECK(slips_in(page) == pupils);
  CHECK_THAT(page, Catch::Contains("22.09.2025 – 28.09.2025") &&
                       Catch::Contains("Подпись родителя") && Catch::Contains("понедельник"));
  // Nobody has a code yet: all need paper.
  CHECK(slips_in(secretary.get(path + "?week=2025-09-24&only=paper")->body) == pupils);
  CHECK_THAT(secretary.get(path + "?week=2025-07-01")->body,
             Catch::Contains("Уроков на этой") || Catch::Contains("Листков нет"));
  CHECK(secretary.get("/class/1/slips")->status == 404);
  REQUIRE(stranger.sign_in(desk.add_account(journal::Role::class_teacher), kPassword) == "/");
  CHECK(stranger.get(path)->status == 404);
}
