#include "node/web/absence_message.h"

#include <catch2/catch.hpp>

#include "schema/read/school_title.h"
#include "tests/node/desk.h"
#include "tests/node/forms.h"

using namespace zimnik;
using namespace zimnik::node::test;

namespace {

constexpr const char* kPage = "/absence-message";

std::string text_in(Desk& desk) {
  return desk.node().journal().read(
      [](sync::Database& database) { return journal::absence_text(database); });
}

httplib::Result post(Browser& browser, const std::string& text) {
  auto form = hidden_fields(browser.get(kPage)->body, kPage);
  form.emplace("text", text);
  return browser.post(kPage, form);
}

}  // namespace

TEST_CASE("R39: the school's text of the absence message is written, shown and taken back") {
  Desk desk;
  Browser head(desk.port());
  REQUIRE(head.sign_in(desk.login_of(journal::Role::deputy_head), kPassword) == "/");
  auto page = head.get(kPage)->body;
  CHECK_THAT(page, Catch::Contains("действует обычный") &&
                       Catch::Contains("Иванов Пётр, 7А: нет на уроке. 01.10.2025") &&
                       Catch::Contains("<code>{предмет}</code>"));
  CHECK(post(head, "Нет: {ученик} <{время}>")->status == 303);
  CHECK(text_in(desk) == "Нет: {ученик} <{время}>");
  page = head.get(kPage)->body;
  CHECK_THAT(page, Catch::Contains("Нет: {ученик} &lt;{время}&gt;</textarea>") &&
                       Catch::Contains("Нет: Иванов Пётр &lt;09:20&gt;") &&
                       Catch::Contains("опозданием: урок был 01.10.2025") &&
                       !Catch::Contains("ещё не записан"));
  CHECK(post(head, "")->status == 303);
  CHECK(text_in(desk).empty());
}

TEST_CASE("R39: a place that can't be filled is refused, and shown before anything is written") {
  Desk desk;
  Browser support(desk.port());
  REQUIRE(support.sign_in(desk.add_account(journal::Role::technical_specialist), kPassword) == "/");
  CHECK_THAT(support.get("/setup")->body, Catch::Contains("href=\"/absence-message\""));
  const auto refused = post(support, "{учитель} ждёт");
  CHECK(refused->status != 303);
  CHECK_THAT(refused->body, Catch::Contains("«{учитель}» ничем не заполнить. Бывают: {ученик}"));
  CHECK(text_in(desk).empty());
  const auto shown = support.get(std::string(kPage) + "?text=%7Bx%7D")->body;
  CHECK_THAT(shown,
             Catch::Contains("«{x}» ничем не заполнить") && Catch::Contains("ещё не записан"));
}
