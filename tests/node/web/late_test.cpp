// What was entered late, and its reason.
#include <catch2/catch.hpp>

#include "tests/node/desk.h"

using namespace zimnik;
using namespace zimnik::node::test;
using nlohmann::json;

TEST_CASE("a late mark is listed for its teacher and the heads, with the reason once it is given") {
  Desk desk;
  Browser browser(desk.port());
  const auto teacher = desk.teacher();
  REQUIRE(browser.sign_in(teacher.login, kPassword) == "/");
  const auto grid = browser.grid(teacher.course);
  const auto lesson = grid.at("lessons").at(0);
  const json body{{"page", grid.at("page")},
                  {"counter", 1},
                  {"seen", grid.at("seen")},
                  {"course", teacher.course},
                  {"date", lesson.at("date")},
                  {"number", lesson.at("number")},
                  {"kind", "mark"},
                  {"text", "4"},
                  {"pupil", grid.at("pupils").at(1).at("id")},
                  {"work", 2}};
  REQUIRE(browser.post_json("/api/save", body)->status == 200);
  const auto path = "/late?from=" + lesson.at("date").get<std::string>() + "&to=2025-10-01";
  const auto page = browser.get(path)->body;
  CHECK_THAT(page, Catch::Contains("01.10.2025 10:00"));
  CHECK_THAT(page, Catch::Contains("name=\"reason\""));

  const auto field = [&](const std::string& name) {
    const auto at = page.find("name=\"" + name + "\" value=\"") + name.size() + 15;
    return page.substr(at, page.find('"', at) - at);
  };
  httplib::Params form{{"page", field("page")},
                       {"counter", "1"},
                       {"site", field("site")},
                       {"arrival", field("arrival")},
                       {"course", std::to_string(teacher.course)},
                       {"date", lesson.at("date")},
                       {"number", lesson.at("number").dump()},
                       {"matter", "marks"},
                       {"reason", "болел <учитель>"}};
  CHECK(browser.post("/late", form)->status == 303);
  CHECK_THAT(browser.get(path)->body, Catch::Contains("болел &lt;учитель&gt;"));

  Browser head(desk.port());
  REQUIRE(head.sign_in(desk.login_of(journal::Role::deputy_head), kPassword) == "/");
  const auto shown = head.get(path)->body;
  CHECK_THAT(shown, Catch::Contains("болел &lt;учитель&gt;"));
  CHECK(shown.find("name=\"reason\"") == std::string::npos);

  Browser other(desk.port());
  REQUIRE(other.sign_in(desk.add_account(journal::Role::subject_teacher), kPassword) == "/");
  CHECK(other.get(path)->body.find("болел") == std::string::npos);
  CHECK(other.post("/late", form)->status != 303);
}
