#include "node/web/door.h"

#include <catch2/catch.hpp>

#include "schema/commands/account.h"
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
