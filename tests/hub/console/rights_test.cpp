// Every role at every route of the console. The table here is written apart from the one that is
// tested: who adds a route says it twice.
#include <catch2/catch.hpp>
#include <map>
#include <regex>

#include "hub/console/routes.h"
#include "tests/hub/console/desk.h"

namespace zimnik::hub::test {
namespace {

const std::map<char, OperatorRole> kLetters = {{'a', OperatorRole::administrator},
                                               {'s', OperatorRole::support},
                                               {'o', OperatorRole::authority}};

/// Who may, by method and pattern.
const std::map<std::string, std::string> kRights = {
    {"GET /schools", "as"},
    {"POST /schools", "a"},
    {"GET /school/{school}", "as"},
    {"POST /school/{school}/token", "as"},
    {"GET /shown/{shown}", "as"},
    {"POST /school/{school}/token/confirm", "a"},
    {"POST /school/{school}/token/cancel", "as"},
    {"GET /school/{school}/revoke/{site}", "a"},
    {"POST /school/{school}/revoke/{site}", "a"},
    {"GET /school/{school}/undo/{act}", "a"},
    {"POST /school/{school}/undo/{act}", "a"},
    {"GET /school/{school}/accept", "a"},
    {"POST /school/{school}/accept", "a"},
    {"GET /figures", "ao"},
    {"GET /readiness", "ao"},
    {"GET /operators", "a"},
    {"POST /operators", "a"},
    {"POST /operators/code", "a"},
    {"POST /operators/lock", "a"},
    {"GET /api-keys", "a"},
    {"POST /api-keys", "a"},
    {"POST /api-keys/confirm", "a"},
    {"GET /api-keys/{number}/end", "a"},
    {"POST /api-keys/{number}/end", "a"},
    {"GET /leaks", "a"},
    {"POST /leaks", "a"},
    {"GET /leaks/{number}", "a"},
    {"POST /leaks/{number}", "a"},
    {"GET /audit", "a"},
};

std::string name_of(const ConsoleRoute& route) {
  return std::string(route.method) + " " + route.pattern;
}

Page ask(Browser& browser, const ConsoleRoute& route) {
  const auto path = std::regex_replace(std::string(route.pattern), std::regex("\\{[^}]*\\}"), "1");
  return std::string(route.method) == "GET" ? browser.get(path) : browser.post(path, {});
}

}  // namespace

TEST_CASE("each route of the console is for the roles that are written here, and no other") {
  CHECK(console_routes().size() == kRights.size());
  RunningHub hub;
  for (const auto& [letter, role] : kLetters) {
    Desk desk(hub, std::string("login-") + letter, role);
    for (const auto& route : console_routes()) {
      INFO(name_of(route) << " for " << word_of(role));
      const auto rights = kRights.find(name_of(route));
      REQUIRE(rights != kRights.end());
      const bool may_open = rights->second.find(letter) != std::string::npos;
      const auto page = ask(desk, route);
      CHECK(page.has("Эта страница не для вашей роли.") != may_open);
      CHECK((may_open || page.status == 403));
    }
  }
}

TEST_CASE("who isn't signed in sees nothing of the console but its door") {
  RunningHub hub;
  hub.run({"school", "add", "Школа № 1"});
  Browser stranger(hub.console_port());
  for (const auto& route : console_routes()) {
    INFO(name_of(route));
    const auto page = ask(stranger, route);
    CHECK(page.status == 403);
    CHECK(page.has("Вход в консоль"));
    CHECK_FALSE(page.has("Школа № 1"));
  }
  CHECK(Browser(hub.web_port()).get("/schools").status == 404);
}

TEST_CASE("a form of another site does nothing, whoever is signed in") {
  RunningHub hub;
  Desk desk(hub, "anna", OperatorRole::administrator);
  desk.origin = "https://evil.example";
  CHECK(desk.post("/schools", {{"name", "Чужая"}}).status == 403);
  CHECK(hub->schools().empty());
}

}  // namespace zimnik::hub::test
