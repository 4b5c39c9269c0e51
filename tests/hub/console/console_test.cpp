#include "hub/console/console.h"

#include <regex>
#include <thread>

#include "tests/hub/console/desk.h"
#include "tests/hub/small_school.h"

namespace zimnik::hub::test {
namespace {

std::size_t count_audit(RunningHub& hub, const std::string& what) {
  return AuditTrail(hub->database()).entries({"", what, {}, {}, 1000}).size();
}

}  // namespace

TEST_CASE("a code chooses the password once, and then the password opens the console") {
  RunningHub hub;
  const auto code = hub.run({"operator", "add", "anna", "--role", "administrator"});
  Browser browser(hub.console_port());
  CHECK(browser.get("/").has("Вход в консоль"));
  const Browser::Form form{{"code", code}, {"password", kDeskPassword}, {"again", kDeskPassword}};
  CHECK(browser.post("/code", form).status == 303);
  CHECK(browser.visit("/").has("Операторы"));
  Browser again(hub.console_port());
  CHECK(again.post("/code", form).status == 403);
}

TEST_CASE("a short password, and two that differ, leave the code unused") {
  RunningHub hub;
  const auto code = hub.run({"operator", "add", "anna", "--role", "support"});
  Browser browser(hub.console_port());
  CHECK(browser.post("/code", {{"code", code}, {"password", "short"}, {"again", "short"}}).status ==
        400);
  CHECK(browser.post("/code", {{"code", code}, {"password", kDeskPassword}, {"again", "другой"}})
            .has("Пароли не совпадают."));
  CHECK(
      browser.post("/code", {{"code", code}, {"password", kDeskPassword}, {"again", kDeskPassword}})
          .status == 303);
  CHECK(browser.visit("/").has("Школ ещё нет."));
  const auto cookies = browser.cookies;
  CHECK(browser.post("/sign-out", {}).status == 303);
  browser.cookies = cookies;
  CHECK(browser.get("/schools").status == 403);
  CHECK(browser.post("/sign-in", {{"login", "anna"}, {"password", kDeskPassword}}).status == 303);
  CHECK(browser.get("/schools").status == 200);
}

TEST_CASE("ten wrong passwords bar a login, and each is in the audit trail") {
  RunningHub hub;
  Desk anna(hub, "anna", OperatorRole::administrator);
  Browser attacker(hub.console_port());
  const Browser::Form wrong{{"login", "anna"}, {"password", "not this one"}};
  for (int i = 0; i < 10; ++i) CHECK(attacker.post("/sign-in", wrong).status == 403);
  CHECK(attacker.post("/sign-in", {{"login", "anna"}, {"password", kDeskPassword}}).status == 429);
  CHECK(count_audit(hub, "sign_in.failed") == 10);
}

TEST_CASE("the schools' page tells how each stands, once it was looked at") {
  SmallRegion region;
  Desk anna(region.hub, "anna", OperatorRole::support);
  Page page;
  for (int i = 0; i < 100 && !page.has("верно"); ++i) {
    page = anna.get("/schools");
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  CHECK(page.has("Школа деревни Ясунт"));
  CHECK(page.has("0 мин"));
  CHECK(page.has("верно"));  // the clock, of the same machine
  CHECK_FALSE(page.has("class=\"bad\""));
  CHECK(anna.get("/schools?only=attention").has("Все школы в порядке."));
}

TEST_CASE("a site is revoked only after its id was typed, and the act can be undone") {
  SmallRegion region;
  Desk anna(region.hub, "anna", OperatorRole::administrator);
  const auto site = region.site.id().hex();
  const auto path = "/school/" + region.school + "/revoke/" + site;
  CHECK(anna.get(path).has("Его связь с сервером закроется сразу."));
  CHECK(anna.post(path, {{"reason", "украден"}, {"typed", "zzzz"}}).status == 409);
  CHECK(region.site.exchange().end == net::ExchangeReport::End::in_step);
  const auto done = anna.post(path, {{"reason", "украден"}, {"typed", site.substr(0, 4)}});
  CHECK(done.status == 200);
  CHECK(region.site.exchange().end != net::ExchangeReport::End::in_step);
  CHECK(count_audit(region.hub, "revoke") == 1);
  const auto school = anna.get("/school/" + region.school);
  CHECK(school.has("operator:anna"));
  std::smatch act;
  REQUIRE(std::regex_search(school.body, act, std::regex("/undo/([0-9a-f]+)\"")));
  const auto undo = "/school/" + region.school + "/undo/" + act[1].str();
  const auto form = anna.get(undo);
  CHECK(form.has("Узел снова сможет подключаться"));
  CHECK(form.has("украден"));
  CHECK(anna.post(undo, {{"reason", "нашёлся"}}).status == 409);
  CHECK(anna.post(undo, {{"reason", "нашёлся"}, {"typed", "zzzz"}}).status == 409);
  CHECK(region.site.exchange().end != net::ExchangeReport::End::in_step);
  const auto typed = act[1].str().substr(0, 4);
  CHECK(anna.post(undo, {{"reason", "нашёлся"}, {"typed", typed}}).status == 303);
  CHECK(region.site.exchange().end == net::ExchangeReport::End::in_step);
  CHECK(anna.get(undo).status == 404);
}

TEST_CASE("what is refused, and what acts say, is English on an English page") {
  SmallRegion region;
  Desk anna(region.hub, "anna", OperatorRole::administrator);
  anna.language = "en";
  const auto school = "/school/" + region.school;
  CHECK(anna.post("/schools", {{"name", "School"}}).status == 303);
  CHECK(anna.post("/schools", {{"name", "School"}})
            .has("Not done: there is a school “School” already: name this one differently"));
  CHECK(anna.post(school + "/token", {{"hours", "0"}}).has("Not done: a token lasts from"));
  CHECK(anna.post("/operators/code", {{"operator", "x"}}).has("there is no operator “x”"));
  const auto site = region.site.id().hex();
  const auto revoke = school + "/revoke/" + site;
  CHECK(anna.post(revoke, {{"typed", "zzzz"}}).has("enter the first four digits of the number: "));
  CHECK(anna.post(revoke, {{"typed", site.substr(0, 4)}}).has("Not done: grounds are needed"));
  region.hub.run({"revoke", region.school, site, "--reason", "stolen"});
  CHECK(anna.get(school).has("the site " + site + " was revoked: entries from "));
  const auto told = region.hub.call({"token", "x"});
  CHECK(told.errors == "школы «x» нет\n");
}

TEST_CASE("support sees a school's sites, and neither its acts nor a way to revoke") {
  SmallRegion region;
  region.hub.run(
      {"revoke", region.school, region.site.id().hex(), "--reason", "украден у Петровой"});
  Desk boris(region.hub, "boris", OperatorRole::support);
  const auto page = boris.get("/school/" + region.school);
  CHECK(page.has("отозван"));
  CHECK_FALSE(page.has("Петровой"));
  CHECK_FALSE(page.has("/revoke/"));
}

TEST_CASE("who is locked is out at once, and nobody locks out themselves") {
  RunningHub hub;
  Desk anna(hub, "anna", OperatorRole::administrator), boris(hub, "boris", OperatorRole::support);
  CHECK(boris.get("/schools").status == 200);
  CHECK(anna.post("/operators/lock", {{"operator", "boris"}, {"lock", "1"}}).status == 303);
  CHECK(boris.get("/schools").status == 403);
  CHECK(anna.post("/operators/lock", {{"operator", "anna"}, {"lock", "1"}}).status == 409);
  CHECK(anna.get("/operators").has("закрыт"));
}

TEST_CASE("the audit page shows who did what, filtered, and that the chain holds") {
  RunningHub hub;
  Desk anna(hub, "anna", OperatorRole::administrator);
  CHECK(anna.post("/schools", {{"name", "Школа № 1"}}).status == 303);
  const auto page = anna.get("/audit");
  CHECK(page.has("Цепочка сходится."));
  CHECK(page.has("Школа добавлена"));
  CHECK(page.has("Заведён оператор"));
  const auto own = anna.get("/audit?actor=anna");
  CHECK(own.has("Школа добавлена"));
  CHECK_FALSE(own.has("Заведён оператор"));
}

TEST_CASE("a school has a name, and no other school's") {
  SmallRegion region;
  Desk anna(region.hub, "anna", OperatorRole::administrator);
  const auto before = region.hub->schools().size();
  const auto add = [&](const char* name) { return anna.post("/schools", {{"name", name}}).status; };
  CHECK(add("   ") == 409);
  CHECK(add(" Школа села Зимнего ") == 303);
  CHECK(add("Школа села Зимнего") == 409);
  CHECK(region.hub->schools().size() == before + 1);
  CHECK(anna.get("/schools").has(">Школа села Зимнего<"));
}

TEST_CASE("guessing elsewhere bars no operator in the browser where the password was right") {
  SmallRegion region;
  Desk anna(region.hub, "anna", OperatorRole::administrator);
  REQUIRE(anna.post("/sign-out", {}).status == 303);
  Browser stranger(region.hub.console_port());
  const auto enter = [](Browser& browser, const std::string& password) {
    return browser.post("/sign-in", {{"login", "anna"}, {"password", password}}).status;
  };
  for (int i = 0; i < 10; ++i) REQUIRE(enter(stranger, "wrong") == 403);
  CHECK(enter(stranger, kDeskPassword) == 429);
  CHECK(enter(anna, kDeskPassword) == 303);
}

TEST_CASE("whoever tries codes from everywhere doesn't fill the audit trail") {
  SmallRegion region;
  Browser stranger(region.hub.console_port());
  for (int i = 1; i <= 110; ++i) {
    stranger.address = "198.51.100." + std::to_string(i);
    REQUIRE(stranger.post("/code", {{"code", "wrong"}}).status == 403);
  }
  CHECK(count_audit(region.hub, "sign_in.failed") == 100);
}

}  // namespace zimnik::hub::test
