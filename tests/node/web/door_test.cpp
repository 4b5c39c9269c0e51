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

TEST_CASE("after ten wrong passwords the login is barred there for ten minutes, not elsewhere") {
  Desk desk;
  Browser browser(desk.port()), elsewhere(desk.port(), "127.0.0.2");
  const auto login = desk.teacher().login;
  for (int i = 0; i < 10; ++i) CHECK(browser.sign_in(login, "wrong") == "/sign-in?failed");
  CHECK(browser.sign_in(login, kPassword) == "/sign-in?barred");
  CHECK(elsewhere.sign_in(login, kPassword) == "/");
  desk.now.ms += 10 * 60 * 1000 + 1;
  CHECK(browser.sign_in(login, kPassword) == "/");
}

TEST_CASE("a login that is guessed at from everywhere is barred everywhere after a hundred") {
  Desk desk;
  const auto login = desk.teacher().login;
  for (int i = 0; i < 100; ++i) {
    Browser browser(desk.port(), "127.0.1." + std::to_string(1 + i / 10));
    REQUIRE(browser.sign_in(login, "wrong") == "/sign-in?failed");
  }
  CHECK(Browser(desk.port(), "127.0.0.2").sign_in(login, kPassword) == "/sign-in?barred");
}

TEST_CASE(
    "a session's token has 256 bits and is renewed each hour; the old one ends with its use") {
  Desk desk;
  Browser browser(desk.port());
  REQUIRE(browser.sign_in(desk.teacher().login, kPassword) == "/");
  const auto first = browser.cookie;
  CHECK(first.size() == std::string("session=").size() + 64);
  CHECK(browser.get("/")->get_header_value("Set-Cookie").empty());
  desk.now.ms += 3600 * 1000 + 1;
  const auto renewed = browser.get("/")->get_header_value("Set-Cookie");
  REQUIRE(renewed.starts_with("session="));
  CHECK(renewed.substr(0, renewed.find(';')) != first);
  // Its reply may be lost: the old one is good until the new one is used.
  CHECK(browser.get("/")->status == 200);
  browser.cookie = renewed.substr(0, renewed.find(';'));
  CHECK(browser.get("/")->status == 200);
  browser.cookie = first;
  CHECK(browser.get("/")->get_header_value("Location") == "/sign-in");
}

TEST_CASE("a session ends after twelve hours of rest, and after a week of use") {
  Desk desk;
  Browser browser(desk.port());
  REQUIRE(browser.sign_in(desk.teacher().login, kPassword) == "/");
  const auto use = [&] {
    const auto answer = browser.get("/");
    const auto renewed = answer->get_header_value("Set-Cookie");
    if (!renewed.empty()) browser.cookie = renewed.substr(0, renewed.find(';'));
    return answer->status == 200;
  };
  int hours = 0;
  for (; use() && hours < 1000; hours += 11) desk.now.ms += 11 * 3600 * 1000;
  CHECK(hours == 176);  // the first multiple of 11 over seven days, and the look at it
  REQUIRE(browser.sign_in(desk.teacher().login, kPassword) == "/");
  desk.now.ms += 12 * 3600 * 1000 + 1;
  CHECK_FALSE(use());
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
    std::vector<web::PasswordTurns::Turn> others;
    for (int i = 0; i < node::Door::kTurns; ++i) {
      others.push_back(desk.site().door().turns().take("one address").value());
    }
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

TEST_CASE("by a name that isn't the node's nothing is given, not even the door") {
  Desk desk;
  node::Site site(desk.node().journal(), desk.node().state(), [&] { return desk.now; },
                  {"node.school"});
  net::HttpServer server(net::HttpOptions{});
  site.add_routes(server);
  server.start();
  httplib::Client client("127.0.0.1", server.port());
  const auto status = [&](const char* host, const char* path) {
    return client.Get(path, httplib::Headers{{"Host", host}})->status;
  };
  CHECK(status("node.school:8443", "/sign-in") == 200);
  CHECK(status("127.0.0.1", "/sign-in") == 200);
  for (const auto* path : {"/sign-in", "/", "/static/grid.js", "/api/status"}) {
    CHECK(status("evil.example", path) == 421);
  }
}
