#include "node/web/pages.h"

#include <catch2/catch.hpp>
#include <fstream>
#include <regex>
#include <set>

#include "node/files.h"
#include "tests/node/desk.h"

using namespace zimnik;
using namespace zimnik::node::test;

TEST_CASE("each text of the pages has an English one") {
  const web::Catalogue catalogue(node::files());
  const std::regex text(R"(\{\{#t\}\}([^{]*)\{\{/t\}\})");
  int count = 0;
  for (const auto& file : node::files()) {
    if (!file.name.ends_with(".mustache")) continue;
    const std::string page(file.bytes);
    for (std::sregex_iterator it(page.begin(), page.end(), text), end; it != end; ++it) {
      INFO(file.name << ": " << (*it)[1]);
      CHECK(catalogue.translator("en")((*it)[1]) != (*it)[1]);
      ++count;
    }
  }
  CHECK(count > 40);
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

TEST_CASE("pages tell browsers to run nothing but the node's own scripts, and to keep no copy") {
  Desk desk;
  const auto answer = Browser(desk.port()).get("/sign-in");
  CHECK_THAT(answer->get_header_value("Content-Security-Policy"),
             Catch::Contains("default-src 'self'"));
  CHECK(answer->get_header_value("Cache-Control") == "no-store");
}

TEST_CASE("a language is chosen on the page that one is on, and leads nowhere else") {
  Desk desk;
  Browser browser(desk.port());
  CHECK(browser.get("/language?to=en&from=/sign-in")->get_header_value("Location") == "/sign-in");
  for (const auto* from :
       {"//elsewhere.example", "https://elsewhere.example", "/\\elsewhere.example",
        "/%5celsewhere.example", "/%09/elsewhere.example", "/%0d%0aX:1", "/%7f", ""}) {
    INFO(from);
    CHECK(browser.get(std::string("/language?to=en&from=") + from)->get_header_value("Location") ==
          "/");
  }
}

TEST_CASE("what stands in a page's script can't end it") {
  CHECK(node::json_for_page({{"a", "</script><b>"}}) == R"({"a":"\u003c/script>\u003cb>"})");
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
