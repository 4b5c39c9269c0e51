// Messages through a gateway that checks their signatures.
#include "hub/delivery/webhook.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "hub/delivery/links.h"
#include "tests/hub/delivery/mailing.h"

namespace zimnik::hub::test {
namespace {

const std::string kPhone = "+79000000001";

/// The mother chose messages, and has confirmed her number.
struct Messages : Mailing {
  Messages() {
    settings.webhook = WebhookSettings{gateway.url(), Gateway::kSecret};
    begin_anew();
    account = open_account(kMotherCode, "mama");
    auto& choices = region.hub->choices();
    const auto now = region.hub->now();
    choices.set_phone(account, kPhone, "ru", now);
    REQUIRE(choices.confirm_phone(account, kPhone, now, now));
    choices.choose(account, LetterKind::message, true, now);
    exchange();
    write_absence(kPetya, algebra());
    exchange();
  }
  nlohmann::json message(std::size_t number) {
    return nlohmann::json::parse(gateway.messages().at(number));
  }
  Gateway gateway;
  std::int64_t account = 0;
};

}  // namespace

TEST_CASE("a message is signed over its moment and body, as anybody can check") {
  CHECK(message_signature("0123456789abcdef", 1'795'000'000, "{}") ==
        "sha256=0e41ae18dec0c98f9ccccdfc9da1d6b897e12bde7815a6055d8739af8b38df59");
}

TEST_CASE("who chose messages gets one on an absence, at the number that is confirmed") {
  Messages messages;
  CHECK(messages.send() == 1);
  CHECK(messages.send() == 0);
  REQUIRE(messages.gateway.messages().size() == 1);
  const auto message = messages.message(0);
  CHECK(message["to"] == kPhone);
  CHECK(message["text"].get<std::string>().starts_with("Иванов Пётр, 7А: нет на уроке. "));
  CHECK(message["language"] == "ru");
  CHECK(messages.server.letters().empty());  // no letter was chosen
}

TEST_CASE("a gateway that fails or vanishes gets the same message later, and mail doesn't wait") {
  Messages messages;
  messages.subscribe(messages.account, kMotherAddress, {LetterKind::absences});
  messages.write_absence(kDasha, history());
  messages.exchange();
  messages.gateway.behave(R"({"status": 503})");
  CHECK(messages.send() == 1);  // the letter
  messages.gateway.stop();
  messages.pass(kMinuteMs);
  CHECK(messages.send() == 0);
  messages.gateway.start();
  messages.pass(kHourMs);
  CHECK(messages.send() == 2);
  CHECK(messages.gateway.messages().size() == 2);
}

TEST_CASE("a message that may have been taken on comes again under its own id") {
  Messages messages;
  messages.gateway.behave(R"({"lose_reply": true})");
  CHECK(messages.send() == 0);
  CHECK(messages.outbox(messages.account).front().is_doubtful);
  messages.gateway.behave();
  messages.pass(kMinuteMs);
  CHECK(messages.send() == 1);
  REQUIRE(messages.gateway.messages().size() == 2);
  CHECK(messages.message(0)["id"] == messages.message(1)["id"]);
}

TEST_CASE("a gateway's refusal is for good; a refusal of consent stops a message too") {
  Messages messages;
  messages.gateway.behave(R"({"status": 400})");
  CHECK(messages.send() == 0);
  CHECK(messages.outbox(messages.account).front().state == LetterState::failed);
  messages.gateway.behave();
  messages.write_absence(kPetya, history());
  messages.exchange();
  give_consent(messages.region.site, kMother, false);
  REQUIRE(messages.region.site.exchange().end == net::ExchangeReport::End::in_step);
  CHECK(messages.send() == 0);
  CHECK(messages.gateway.messages().empty());
}

TEST_CASE("nothing but the code goes to a number that isn't confirmed") {
  Messages messages;
  auto& hub = *messages.region.hub;
  hub.choices().set_phone(messages.account, "+79000000002", "en", hub.now());
  hub.outbox().queue({messages.account, LetterKind::phone_code, {}, 0}, "example", hub.now());
  CHECK(messages.send() == 1);
  REQUIRE(messages.gateway.messages().size() == 1);
  const auto message = messages.message(0);
  CHECK(message["to"] == "+79000000002");
  const auto choice = hub.choices().of(messages.account).value();
  CHECK_THAT(message["text"].get<std::string>(),
             Catch::StartsWith(phone_code(hub.choices().secret(), messages.account,
                                          choice.phone_asked.ms, choice.phone)));
  CHECK(messages.exchange() == 0);
  // A gateway that was away for long isn't given a code that can't be used any more.
  hub.outbox().queue({messages.account, LetterKind::phone_code, {}, 0}, "example", hub.now());
  messages.pass(ChoiceStore::kPhoneCodeMs + 1);
  CHECK(messages.send() == 0);
  CHECK(messages.outbox(messages.account).front().state == LetterState::dropped);
}

TEST_CASE("a telephone number is kept as gateways take it") {
  CHECK(phone_as_kept("8 (900) 000-00-01") == kPhone);
  CHECK(phone_as_kept("900 000 00 01") == kPhone);
  CHECK(phone_as_kept("+7 900 000-00-01") == kPhone);
  CHECK(phone_as_kept("+380 44 000 00 00") == "+380440000000");
  CHECK(phone_as_kept("+8 900 000 00 01") == "+89000000001");
  for (const auto* text : {"", "12345", "+7 900 000-00-01 доб. 5", "1234567890123456", "+",
                           "007 900 000 00 01", "79+000000001"}) {
    CHECK_FALSE(phone_as_kept(text));
  }
}

TEST_CASE("a message with a wrong secret isn't taken on") {
  Messages messages;
  messages.settings.webhook->secret = "another secret, as long";
  messages.begin_anew();
  CHECK(messages.send() == 0);
  CHECK(messages.gateway.messages().empty());
  CHECK(messages.outbox(messages.account).front().reply == "HTTP 401");
}

}  // namespace zimnik::hub::test
