#include "node/web/journal_print.h"

#include <catch2/catch.hpp>
#include <regex>

#include "tests/node/desk.h"

using namespace zimnik;
using namespace zimnik::node::test;

namespace {

std::size_t count_of(const std::string& page, const std::string& text) {
  std::size_t count = 0;
  for (auto at = page.find(text); at != std::string::npos; at = page.find(text, at + 1)) ++count;
  return count;
}

}  // namespace

TEST_CASE("the printed journal is for who reads the journal, and for nobody else") {
  Desk desk;
  const auto teacher = desk.teacher();
  Browser own(desk.port()), secretary(desk.port());
  REQUIRE(own.sign_in(teacher.login, kPassword) == "/");
  REQUIRE(secretary.sign_in(desk.add_account(journal::Role::secretary), kPassword) == "/");
  const auto path = "/course/" + std::to_string(teacher.course) + "/print";
  CHECK(own.get(path)->status == 200);
  CHECK(own.get("/course/1/print")->status == 404);
  CHECK(secretary.get(path)->status == 403);
}

TEST_CASE(
    "each sheet repeats the names; topics stand on the sheet of their marks; the last one has "
    "the results and a place to sign") {
  Desk desk;
  const auto teacher = desk.teacher();
  Browser browser(desk.port());
  REQUIRE(browser.sign_in(teacher.login, kPassword) == "/");
  const auto grid = browser.grid(teacher.course);
  const auto page =
      browser.get("/course/" + std::to_string(teacher.course) + "/print?period=q1")->body;
  const auto sheets = count_of(page, "<section class=\"sheet\"");
  REQUIRE(sheets >= 1);
  const auto name = grid.at("pupils").at(0).at("name").get<std::string>();
  CHECK(count_of(page, ">" + name + "</th>") == sheets);
  for (const auto& lesson : grid.at("lessons")) {
    const auto topic = lesson.at("topic").get<std::string>();
    if (!topic.empty()) CHECK_THAT(page, Catch::Contains(topic));
  }
  CHECK(count_of(page, "class=\"signatures\"") == 1);
  CHECK_THAT(page, Catch::Contains("сентябрь"));
}
