#include "hub/delivery/smtp.h"

#include <catch2/catch.hpp>

#include "tests/hub/delivery/mail_server.h"

namespace zimnik::hub::test {
namespace {

using Outcome = DeliveryReply::Outcome;

const std::string kLetter = "Subject: x\r\n\r\n.a line that begins with a dot\r\n";

struct Sender {
  MailServer server;
  SmtpClient client{{server.url(), "", ""}};
  int begun = 0;

  DeliveryReply send() {
    return client.send("diary@example.ru", "mama@example.ru", kLetter, [this] { ++begun; });
  }
  DeliveryReply send_to(const std::string& behaviour) {
    server.behave(behaviour);
    return send();
  }
};

}  // namespace

TEST_CASE("a letter is accepted, and the next one goes over the same connection") {
  Sender sender;
  const auto reply = sender.send();
  INFO(reply.text);
  CHECK(reply.outcome == Outcome::accepted);
  CHECK(sender.send().outcome == Outcome::accepted);
  CHECK(sender.begun == 2);
  const auto letters = sender.server.letters();
  REQUIRE(letters.size() == 2);
  CHECK(letters[0].to == "mama@example.ru");
}

TEST_CASE("what the server says of a letter is told from what it says of itself") {
  Sender sender;
  struct Case {
    const char* behaviour;
    Outcome outcome;
    int begun;
  };
  for (const auto& [behaviour, outcome, begun] :
       {Case{R"({"rcpt": "550 5.1.1 <ADDRESS> unknown"})", Outcome::refused, 0},
        Case{R"({"rcpt": "450 4.2.0 greylisted"})", Outcome::deferred, 0},
        Case{R"({"data": "451 later"})", Outcome::deferred, 0},
        Case{R"({"data": "554 no"})", Outcome::refused, 0},
        Case{R"({"body": "452 full"})", Outcome::deferred, 1},
        Case{R"({"body": "554 5.6.0 spam"})", Outcome::refused, 1},
        Case{R"({"lose_reply": true})", Outcome::unsettled, 1},
        Case{R"({"mail": "550 not from you"})", Outcome::trouble, 0},
        Case{R"({"rcpt": "421 closing"})", Outcome::trouble, 0},
        Case{R"({"greeting": "554 no service"})", Outcome::trouble, 0},
        Case{"{}", Outcome::accepted, 1}}) {
    INFO(behaviour);
    sender.begun = 0;
    const auto reply = sender.send_to(behaviour);
    INFO(reply.text);
    CHECK(reply.outcome == outcome);
    CHECK(sender.begun == begun);
    CHECK(reply.text.find("mama@example.ru") == std::string::npos);
  }
  CHECK(sender.server.letters().size() == 2);
}

TEST_CASE("an address that is refused is told from a letter that is") {
  Sender sender;
  CHECK(sender.send_to(R"({"rcpt": "550 5.1.1 unknown"})").is_of_address);
  CHECK_FALSE(sender.send_to(R"({"body": "554 5.6.0 spam"})").is_of_address);
}

TEST_CASE("where nobody answers, or TLS is missing elsewhere than on this machine, it's trouble") {
  Sender sender;
  sender.server.stop();
  CHECK(sender.send().outcome == Outcome::trouble);
  MailServer plain;
  const auto port = plain.url().substr(plain.url().rfind(':'));
  // The same machine by a name that doesn't say so.
  SmtpClient client({"smtp://127.1" + port, "", ""});
  const auto reply = client.send("a@b.ru", "c@d.ru", kLetter, [] {});
  CHECK(reply.outcome == Outcome::trouble);
  CHECK(plain.letters().empty());
}

TEST_CASE("where the letter can't be noted it isn't sent") {
  Sender sender;
  CHECK_THROWS_AS(
      sender.client.send("a@b.ru", "c@d.ru", kLetter, [] { throw std::runtime_error("disk"); }),
      std::runtime_error);
  CHECK(sender.server.letters().empty());
  CHECK(sender.send().outcome == Outcome::accepted);
}

}  // namespace zimnik::hub::test
