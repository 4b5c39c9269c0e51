// How letters fare on their way: servers that refuse, defer, vanish, and lose what they said.
#include "hub/delivery/post.h"

#include <catch2/catch.hpp>

#include "tests/hub/delivery/mailing.h"

namespace zimnik::hub::test {
namespace {

/// One letter is queued for the mother.
struct OneLetter : Mailing {
  OneLetter() {
    account = mother();
    write_absence(kPetya, algebra());
    exchange();
  }
  OutboxLetter letter() { return outbox(account).front(); }
  std::int64_t account = 0;
};

}  // namespace

TEST_CASE("pauses double from a minute to six hours") {
  CHECK(pause_after(1) == kMinuteMs);
  CHECK(pause_after(2) == 2 * kMinuteMs);
  CHECK(pause_after(9) == 256 * kMinuteMs);
  CHECK(pause_after(10) == 6 * kHourMs);
  CHECK(pause_after(1'000'000) == 6 * kHourMs);
}

TEST_CASE("a letter that is deferred goes again after a pause, under its own Message-ID") {
  OneLetter mailing;
  const auto id = mailing.letter().message_id;
  mailing.server.behave(R"({"rcpt": "450 4.2.0 greylisted"})");
  CHECK(mailing.send() == 0);
  CHECK(mailing.letter().reply == "450 4.2.0 greylisted");
  mailing.server.behave();
  CHECK(mailing.send() == 0);  // not at once
  mailing.pass(kMinuteMs);
  CHECK(mailing.send() == 1);
  const auto letters = mailing.server.letters();
  REQUIRE(letters.size() == 1);
  CHECK(letters[0].message_id == "<" + id + ">");
  CHECK(mailing.letter().state == LetterState::sent);
  CHECK_FALSE(mailing.letter().is_doubtful);
}

TEST_CASE("an outage of five days is survived, and nothing goes twice") {
  OneLetter mailing;
  mailing.server.stop();
  for (int i = 0; i < 5 * 24; ++i) {
    CHECK(mailing.send() == 0);
    mailing.pass(kHourMs);
  }
  CHECK(mailing.letter().state == LetterState::queued);
  mailing.server.start();
  CHECK(mailing.send() == 1);
  CHECK(mailing.server.letters().size() == 1);
  CHECK(mailing.server.letters().front().has("Сообщение пришло с опозданием"));
  CHECK(mailing.log.size() == 1);  // one outage, one line
}

TEST_CASE("after six days a letter is given up, whatever kept it") {
  for (const char* behaviour : {R"({"rcpt": "450 later"})", R"({"greeting": "554 no"})"}) {
    INFO(behaviour);
    OneLetter mailing;
    mailing.server.behave(behaviour);
    mailing.send();
    mailing.pass(kTriedMs - kHourMs);
    mailing.send();
    CHECK(mailing.letter().state == LetterState::queued);
    mailing.pass(kTriedMs);
    mailing.send();
    CHECK(mailing.letter().state == LetterState::failed);
    mailing.server.behave();
    mailing.pass(kDayMs);
    CHECK(mailing.send() == 0);
  }
}

TEST_CASE("an address that is refused fails at once, and has to be confirmed anew") {
  OneLetter mailing;
  mailing.server.behave(R"({"rcpt": "550 5.1.1 <ADDRESS> unknown"})");
  CHECK(mailing.send() == 0);
  CHECK(mailing.letter().state == LetterState::failed);
  const auto choice = mailing.region.hub->choices().of(mailing.account).value();
  CHECK_FALSE(choice.confirmed);
  CHECK(choice.fault == "550 5.1.1 <…> unknown");
  mailing.write_absence(kPetya, history());
  CHECK(mailing.exchange() == 0);
}

TEST_CASE("a letter that is refused fails at once, and its address stays") {
  OneLetter mailing;
  mailing.server.behave(R"({"body": "554 5.6.0 spam"})");
  CHECK(mailing.send() == 0);
  CHECK(mailing.letter().state == LetterState::failed);
  CHECK(mailing.region.hub->choices().of(mailing.account).value().confirmed);
}

TEST_CASE("a server's own refusal is no letter's fault: all wait, and go when it is mended") {
  OneLetter mailing;
  mailing.write_absence(kPetya, history());
  mailing.exchange();
  for (const char* behaviour : {R"({"greeting": "554 no"})", R"({"mail": "550 not from you"})"}) {
    mailing.server.behave(behaviour);
    CHECK(mailing.send() == 0);
    mailing.pass(kHourMs);
  }
  mailing.server.behave();
  CHECK(mailing.send() == 2);
}

TEST_CASE(
    "where the reply to a letter was lost it goes again under one Message-ID, and is listed") {
  OneLetter mailing;
  mailing.server.behave(R"({"lose_reply": true})");
  CHECK(mailing.send() == 0);
  CHECK(mailing.letter().is_doubtful);
  mailing.server.behave();
  mailing.pass(kMinuteMs);
  CHECK(mailing.send() == 1);
  const auto letters = mailing.server.letters();
  REQUIRE(letters.size() == 2);
  CHECK(letters[0].message_id == letters[1].message_id);
  CHECK(mailing.letter().state == LetterState::sent);
  CHECK(mailing.region.hub->outbox().listed(10).size() == 1);
  CHECK(mailing.region.hub->outbox().counts().doubtful == 1);
}

TEST_CASE("a letter that may have arrived goes five times at most") {
  OneLetter mailing;
  mailing.server.behave(R"({"lose_reply": true})");
  for (int i = 0; i < 10; ++i) {
    mailing.send();
    mailing.pass(kDayMs / 4);
  }
  CHECK(mailing.server.letters().size() == 5);
  CHECK(mailing.letter().state == LetterState::failed);
}

TEST_CASE("a letter that a hub was at when it ended goes again, is doubtful, and is named") {
  OneLetter mailing;
  const auto id = mailing.letter().id;
  mailing.region.hub->outbox().note_sending(id);
  mailing.begin_anew();
  CHECK(mailing.send() == 0);
  mailing.post->recover();
  CHECK(mailing.log.size() == 1);
  CHECK(mailing.send() == 1);
  CHECK(mailing.letter().is_doubtful);
}

TEST_CASE("a restored hub sends nothing of what was queued, and begins to tell anew") {
  OneLetter mailing;
  mailing.region.hub->outbox().begin_anew(mailing.region.hub->now());
  CHECK(mailing.send() == 0);
  CHECK(mailing.scan() == 0);
  CHECK(mailing.send() == 0);
  mailing.write_absence(kPetya, history());
  CHECK(mailing.exchange() == 1);
  CHECK(mailing.send() == 1);
}

}  // namespace zimnik::hub::test
