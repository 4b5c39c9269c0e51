// How a family chooses what is sent, on a hub that serves and sends by itself.
#include <catch2/catch.hpp>
#include <chrono>
#include <nlohmann/json.hpp>
#include <thread>

#include "schema/commands/mark.h"
#include "schema/words.h"
#include "tests/hub/delivery/mailing.h"

namespace zimnik::hub::test {
namespace {

using namespace std::chrono_literals;

/// A hub that was begun with settings, and the mother at its pages.
struct Site {
  explicit Site(const Gateway* gateway = nullptr) {
    write_settings(region.hub.data(), server, gateway);
    region.hub.stop();
    region.hub.start();
    region.site.follow(region.hub.sync_url());
    mother = std::make_unique<Browser>(region.hub.web_port());
    const std::string password = "пароль подлиннее";
    REQUIRE(mother
                ->post("/activate", {{"code", kMotherCode},
                                     {"login", "mama"},
                                     {"password", password},
                                     {"again", password}})
                .status == 303);
  }

  /// Waits until so many letters have come.
  std::vector<Letter> letters(std::size_t count) {
    for (int i = 0; i < 400 && server.letters().size() < count; ++i) {
      std::this_thread::sleep_for(50ms);
    }
    auto letters = server.letters();
    REQUIRE(letters.size() == count);
    return letters;
  }
  /// The path that a letter links to.
  static std::string link(const Letter& letter, const std::string& start) {
    const auto at = letter.text.find("https://diary.example/" + start);
    REQUIRE(at != std::string::npos);
    const auto path = letter.text.substr(at + std::string("https://diary.example").size());
    return path.substr(0, path.find_first_of("\r\n "));
  }
  void confirm_address() {
    REQUIRE(mother->post("/delivery/address", {{"address", kMotherAddress}}).status == 303);
    const auto path = link(letters(1)[0], "confirm/");
    REQUIRE(mother->post(path, {}).status == 200);
  }
  void exchange() { REQUIRE(region.site.exchange().end == net::ExchangeReport::End::in_step); }

  MailServer server;
  SmallRegion region;
  std::unique_ptr<Browser> mother;
};

}  // namespace

TEST_CASE("an address gets one letter, and nothing more before its owner has said yes") {
  Site site;
  CHECK(site.mother->get("/delivery").has("Адрес почты"));
  CHECK(site.mother->post("/delivery/news", {{"absences", "1"}}).status == 409);
  CHECK(site.mother->post("/delivery/address", {{"address", "мама"}}).status == 400);
  REQUIRE(site.mother->post("/delivery/address", {{"address", kMotherAddress}}).status == 303);
  const auto letter = site.letters(1)[0];
  CHECK(letter.to == kMotherAddress);
  CHECK(letter.subject == "Подтвердите адрес для писем из дневника");
  CHECK(site.mother->get("/delivery").has("отправлено письмо со ссылкой"));
  CHECK(site.mother->post("/delivery/news", {{"absences", "1"}}).status == 303);
  const auto path = Site::link(letter, "confirm/");
  Browser elsewhere(site.region.hub.web_port());  // nobody is signed in there
  CHECK(elsewhere.get(path).has("Присылать на mama@example.ru письма"));
  CHECK_FALSE(site.mother->get("/delivery").has("подтверждён"));  // to look at it does nothing
  elsewhere.origin = "http://elsewhere.example";
  CHECK(elsewhere.post(path, {}).status == 403);
  elsewhere.origin = "http://localhost";
  CHECK(elsewhere.post(path, {}).has("Адрес mama@example.ru подтверждён."));
  CHECK(site.mother->get("/delivery").has("Адрес mama@example.ru подтверждён."));
  CHECK(elsewhere.get(path.substr(0, path.size() - 1) + "x").status == 404);
}

TEST_CASE("messages go to a number that its owner has confirmed by the code which came to it") {
  const Gateway gateway;
  Site site(&gateway);
  auto& mother = *site.mother;
  CHECK(mother.get("/delivery").has("Прислать код"));
  CHECK(mother.post("/delivery/messages", {{"messages", "1"}}).status == 409);
  CHECK(mother.post("/delivery/phone", {{"phone", "12"}}).status == 400);
  REQUIRE(mother.post("/delivery/phone", {{"phone", "8 900 000-00-01"}}).status == 303);
  CHECK(mother.get("/delivery").has("На +79000000001 отправлен код"));
  for (int i = 0; i < 400 && gateway.messages().empty(); ++i) std::this_thread::sleep_for(50ms);
  REQUIRE(gateway.messages().size() == 1);
  const auto text = nlohmann::json::parse(gateway.messages()[0])["text"].get<std::string>();
  const auto code = text.substr(0, 6);
  CHECK(mother.post("/delivery/phone/confirm", {{"code", code + "0"}}).status == 403);
  CHECK(mother.get("/delivery").has("отправлен код"));
  CHECK(mother.post("/delivery/phone/confirm", {{"code", code}}).location == "/delivery?saved");
  const auto page = mother.get("/delivery?saved");
  CHECK(page.has("Сохранено."));
  CHECK(page.has("На номер +79000000001."));
  CHECK(page.has("value=\"1\" checked"));
  // The same number again is confirmed already.
  CHECK(mother.post("/delivery/phone", {{"phone", "+7 900 000-00-01"}}).location ==
        "/delivery?saved");
  CHECK(mother.get("/delivery").has("На номер +79000000001."));
  // Another number has to be confirmed anew, and nobody is sent codes without end.
  for (int i = 0; i < 2; ++i) {
    CHECK(mother.post("/delivery/phone", {{"phone", "+7 900 000-00-02"}}).status == 303);
  }
  CHECK(mother.post("/delivery/phone/confirm", {{"code", code}}).status == 403);
  CHECK(mother.post("/delivery/phone", {{"phone", "+7 900 000-00-03"}}).status == 429);
  CHECK(mother.post("/delivery/messages", {{"messages", "1"}}).status == 409);
  CHECK(mother.get("/delivery").has("Сообщения не приходят"));
  CHECK(mother.post("/delivery/phone", {{"phone", " "}}).location == "/delivery?saved");
  CHECK(mother.get("/delivery").has("Номер телефона"));
}

TEST_CASE("ten wrong codes for a number are all that may be tried in ten minutes") {
  const Gateway gateway;
  Site site(&gateway);
  REQUIRE(site.mother->post("/delivery/phone", {{"phone", "+7 900 000-00-01"}}).status == 303);
  for (int i = 0; i < 10; ++i) {
    CHECK(site.mother->post("/delivery/phone/confirm", {{"code", "wrong"}}).status == 403);
  }
  CHECK(site.mother->post("/delivery/phone/confirm", {{"code", "wrong"}}).status == 429);
}

TEST_CASE("an absence goes by itself after the exchange, and one click ends such letters") {
  Site site;
  site.confirm_address();
  CHECK(site.mother->post("/delivery/news", {{"absences", "1"}, {"week", "1"}}).status == 303);
  site.region.site.write([](sync::Command& run) {
    journal::set_absence(run, algebra(), kPetya, journal::Absence::absent);
  });
  site.exchange();
  const auto letter = site.letters(2)[1];
  CHECK(letter.subject == "Иванов Пётр: нет на уроке");
  const auto path = Site::link(letter, "unsubscribe/");
  CHECK(letter.head.find("List-Unsubscribe: <https://diary.example" + path + ">") !=
        std::string::npos);
  Browser mail_program(site.region.hub.web_port());
  mail_program.origin = "";
  CHECK(mail_program.get(path).has("Больше не присылать писем об отсутствии"));
  CHECK(site.mother->get("/delivery").has("Отсутствие на уроке"));
  CHECK(site.region.hub->choices().of(1)->is_chosen(LetterKind::absences));
  CHECK(mail_program.post(path, {{"List-Unsubscribe", "One-Click"}}).status == 200);
  const auto choice = site.region.hub->choices().of(1).value();
  CHECK_FALSE(choice.is_chosen(LetterKind::absences));
  CHECK(choice.is_chosen(LetterKind::week));
  CHECK(mail_program.get(path).has("больше не будет"));
  CHECK(mail_program.post("/unsubscribe/1-1-" + std::string(64, '0'), {}).status == 404);
}

TEST_CASE("another address has to say yes too, and the older links are over") {
  Site site;
  site.confirm_address();
  const auto path = Site::link(site.letters(1)[0], "confirm/");
  REQUIRE(site.mother->post("/delivery/address", {{"address", "new@example.ru"}}).status == 303);
  CHECK(site.letters(2)[1].to == "new@example.ru");
  CHECK(site.mother->get(path).status == 404);
  CHECK_FALSE(site.region.hub->choices().of(1)->confirmed);
}

TEST_CASE("nobody is flooded with letters of confirmation") {
  Site site;
  int taken = 0;
  for (int i = 0; i < 8; ++i) {
    const auto address = "a" + std::to_string(i) + "@example.ru";
    taken += site.mother->post("/delivery/address", {{"address", address}}).status == 303;
  }
  CHECK(taken == 5);
  CHECK(site.mother->post("/delivery/address", {{"address", "b@example.ru"}}).status == 429);
}

TEST_CASE("letters and pages speak English to who reads English") {
  Site site;
  site.mother->language = "en";
  CHECK(site.mother->get("/delivery").has("Letters from the diary"));
  REQUIRE(site.mother->post("/delivery/address", {{"address", kMotherAddress}}).status == 303);
  CHECK(site.letters(1)[0].subject == "Confirm the address for letters from the diary");
}

TEST_CASE("a hub without settings says that it sends nothing, and takes no address") {
  Mailing mailing;
  Browser mother(mailing.region.hub.web_port());
  mother.post("/activate", {{"code", kMotherCode},
                            {"login", "mama"},
                            {"password", "пароль подлиннее"},
                            {"again", "пароль подлиннее"}});
  CHECK(mother.get("/delivery").has("Писем этот сервер пока не отправляет"));
  CHECK(mother.post("/delivery/address", {{"address", kMotherAddress}}).status == 409);
  CHECK(Browser(mailing.region.hub.web_port()).get("/delivery").status == 403);
}

}  // namespace zimnik::hub::test
