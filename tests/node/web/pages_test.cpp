#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <regex>

#include "node/files.h"
#include "sync/web/catalogue.h"
#include "tests/node/desk.h"
#include "tests/texts.h"

using namespace zimnik;
using namespace zimnik::node::test;

TEST_CASE("each text in a template, in the pages' code and in a refusal has an English one") {
  const web::Catalogue catalogue(node::files());
  const auto& english = catalogue.translator("en");
  auto texts = zimnik::test::texts_in_templates(node::files());
  CHECK(texts.size() > 40);
  const auto in_code =
      zimnik::test::texts_in_code({"node/web", "schema/commands", "schema/diary", "schema/import"});
  CHECK(in_code.size() > 100);
  texts.insert(in_code.begin(), in_code.end());
  for (const auto& text : texts) {
    INFO(text);
    CHECK(english(text) != text);
    CHECK_FALSE(
        zimnik::test::is_russian(std::regex_replace(english(text), std::regex("«[^»]*»"), "")));
  }
}

TEST_CASE("a page is in the language that the reader chose, else the browser's, else Russian") {
  Desk desk;
  Browser browser(desk.port());
  CHECK_THAT(browser.get("/sign-in")->body, Catch::Contains("Вход в журнал"));
  browser.cookie = "language=en";
  CHECK_THAT(browser.get("/sign-in")->body, Catch::Contains("Sign in to the journal"));
  browser.cookie = "language=xx";
  CHECK_THAT(browser.get("/sign-in")->body, Catch::Contains("Вход в журнал"));
}

TEST_CASE("what the node can't write is told as that, on pages and to scripts") {
  Desk desk;
  Browser browser(desk.port());
  const auto teacher = desk.teacher();
  REQUIRE(browser.sign_in(teacher.login, kPassword) == "/");
  const auto grid = browser.grid(teacher.course);
  // As on a full disk: SQLite may not make the file any larger.
  desk.node().journal().with_replica(
      [](sync::Replica& replica) { replica.database().execute("PRAGMA max_page_count = 1"); });
  const auto& lesson = grid.at("lessons").at(0);
  int counter = 0;
  const auto save = [&] {
    return browser.post_json("/api/save", {{"page", grid.at("page")},
                                           {"counter", ++counter},
                                           {"seen", grid.at("seen")},
                                           {"course", teacher.course},
                                           {"date", lesson.at("date")},
                                           {"number", lesson.at("number")},
                                           {"kind", "topic"},
                                           {"text", std::string(1900, 'x')}});
  };
  auto answer = save();
  while (answer->status == 200 && counter < 500) answer = save();
  CHECK(answer->status == 500);
  CHECK_THAT(nlohmann::json::parse(answer->body).at("error").get<std::string>(),
             Catch::Contains("не смог"));
  CHECK(answer->get_header_value("Cache-Control") == "no-store");
  CHECK(browser.get("/")->status == 200);
  desk.node().journal().with_replica([](sync::Replica& replica) {
    replica.database().execute("PRAGMA max_page_count = 1000000");
  });
  CHECK(save()->status == 200);
}
