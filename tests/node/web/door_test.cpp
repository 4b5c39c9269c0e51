#include "node/web/door.h"

#include <catch2/catch.hpp>

#include "schema/commands/account.h"
#include "sync/web/password.h"
#include "tests/node/desk.h"

using namespace zimnik;
using namespace zimnik::node::test;

TEST_CASE("a teacher comes in with login and password, and is out after signing out") {
  Desk desk;
  Browser browser(desk.port());
  const auto login = desk.teacher().login;
  CHECK(browser.sign_in(login, "wrong") == "/sign-in?failed");
  CHECK(browser.sign_in("nobody", kPassword) == "/sign-in?failed");
  CHECK(browser.sign_in(login, kPassword) == "/");
  CHECK(browser.get("/")->status == 200);
  CHECK(browser.post("/sign-out", {})->status == 303);
  CHECK(browser.get("/")->get_header_value("Location") == "/sign-in");
}

TEST_CASE("the session cookie can't be read by scripts nor sent from elsewhere") {
  Desk desk;
  Browser browser(desk.port());
  const auto answer =
      browser.post("/sign-in", {{"login", desk.teacher().login}, {"password", kPassword}});
  const auto cookie = answer->get_header_value("Set-Cookie");
  CHECK_THAT(cookie, Catch::Contains("HttpOnly") && Catch::Contains("SameSite=Strict"));
}

TEST_CASE("after ten wrong passwords nobody comes in for ten minutes, the owner neither") {
  Desk desk;
  Browser browser(desk.port());
  const auto login = desk.teacher().login;
  for (int i = 0; i < 10; ++i) CHECK(browser.sign_in(login, "wrong") == "/sign-in?failed");
  CHECK(browser.sign_in(login, kPassword) == "/sign-in?barred");
  desk.now.ms += 10 * 60 * 1000 + 1;
  CHECK(browser.sign_in(login, kPassword) == "/");
}

TEST_CASE("a clock that was wrong for a while bars nobody for years, nor keeps anybody signed in") {
  Desk desk;
  Browser browser(desk.port()), other(desk.port());
  const auto login = desk.teacher().login;
  constexpr std::int64_t kYearMs = 365LL * 24 * 3600 * 1000;
  desk.now.ms += 75 * kYearMs;
  REQUIRE(browser.sign_in(login, kPassword) == "/");
  for (int i = 0; i < 10; ++i) REQUIRE(other.sign_in("nobody", "wrong") == "/sign-in?failed");
  desk.now.ms -= 75 * kYearMs;
  CHECK(other.sign_in(login, kPassword) == "/");
  CHECK(browser.get("/")->status == 200);
  desk.now.ms += 13 * 3600 * 1000;
  CHECK(browser.get("/")->get_header_value("Location") == "/sign-in");
}

TEST_CASE("while too many are at passwords the next is told so, and pages are read") {
  Desk desk;
  Browser browser(desk.port()), reader(desk.port());
  const auto login = desk.teacher().login;
  REQUIRE(reader.sign_in(login, kPassword) == "/");
  {
    const std::vector<std::unique_ptr<web::PasswordTurn>> others = [] {
      std::vector<std::unique_ptr<web::PasswordTurn>> turns;
      for (int i = 0; i < web::kPasswordTurns; ++i) {
        turns.push_back(std::make_unique<web::PasswordTurn>());
      }
      return turns;
    }();
    CHECK(browser.sign_in(login, kPassword) == "/sign-in?busy");
    CHECK_THAT(browser.get("/sign-in?busy")->body, Catch::Contains("слишком многие"));
    CHECK(reader.get("/")->status == 200);
  }
  CHECK(browser.sign_in(login, kPassword) == "/");
}

TEST_CASE("a head's role for one class makes no head of the school") {
  const std::vector<journal::Grant> in_class{{journal::Role::deputy_head, "class:1"},
                                             {journal::Role::subject_teacher, ""}};
  const node::Visitor visitor{"x", 1, {}, in_class, {}};
  CHECK_FALSE(visitor.is_head());
  CHECK(visitor.role() == journal::Role::subject_teacher);
  const node::Visitor head{"x", 1, {}, {{journal::Role::deputy_head, ""}}, {}};
  CHECK(head.is_head());
  CHECK(head.role() == journal::Role::deputy_head);
}

TEST_CASE("a session ends after twelve hours without use, and with the account") {
  Desk desk;
  Browser browser(desk.port());
  const auto login = desk.teacher().login;
  REQUIRE(browser.sign_in(login, kPassword) == "/");
  desk.now.ms += 13 * 3600 * 1000;
  CHECK(browser.get("/")->get_header_value("Location") == "/sign-in");
  REQUIRE(browser.sign_in(login, kPassword) == "/");
  desk.node().journal().write([&](sync::Replica& replica) {
    const sync::Entry entry{
        {"console", "technical_specialist", 40, "console"}, desk.now, {}, replica.seen()};
    replica.write(entry, [&](sync::Command& command) { journal::lock_account(command, login); });
  });
  CHECK(browser.get("/")->get_header_value("Location") == "/sign-in");
  CHECK(browser.sign_in(login, kPassword) == "/sign-in?failed");
}
