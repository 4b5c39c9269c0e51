#include <catch2/catch.hpp>

#include "tests/hub/delivery/mailing.h"

namespace zimnik::hub::test {
namespace {

bool has(const std::string& text, const std::string& part) { return text.find(part) != text.npos; }

}  // namespace

TEST_CASE("operators see what failed and what is doubtful, without names and addresses") {
  Mailing mailing;
  mailing.mother();
  mailing.write_absence(kPetya, algebra());
  mailing.exchange();
  mailing.server.behave(R"({"body": "554 5.6.0 spam from <mama@example.ru>"})");
  mailing.send();
  mailing.server.behave(R"({"lose_reply": true})");
  mailing.write_absence(kDasha, history());
  mailing.exchange();
  mailing.send();
  const auto said = mailing.region.hub.run({"mail"});
  INFO(said);
  CHECK(has(said, "рассылка не настроена"));
  CHECK(has(said,
            "ждут: 1, отправляются: 0, отправлены: 0, не отправлены: 1, отменены: 0, "
            "могли прийти дважды: 1"));
  CHECK(has(said, "отсутствие, не отправлено, попыток: 1, номер: "));
  CHECK(has(said, "отсутствие, ждёт, могло прийти дважды, попыток: 1"));
  for (const char* part : {"Иванов", "mama", "Алгебра"}) CHECK_FALSE(has(said, part));
}

TEST_CASE("a trial letter proves the settings, or says the server's words") {
  Mailing mailing;
  CHECK(has(mailing.region.hub.call({"mail", "--test", "boss@example.ru"}).errors, "не настроена"));
  write_settings(mailing.region.hub.data(), mailing.server);
  CHECK(has(mailing.region.hub.run({"mail", "--test", "boss@example.ru"}), "письмо принято: 250"));
  const auto letters = mailing.server.letters();
  REQUIRE(letters.size() == 1);
  CHECK(letters[0].to == "boss@example.ru");
  CHECK(letters[0].subject == "Проба рассылки дневника");
  mailing.server.behave(R"({"mail": "550 5.7.1 not from you"})");
  const auto refused = mailing.region.hub.call({"mail", "--test", "boss@example.ru"});
  CHECK(refused.exit_code == 1);
  CHECK(has(refused.errors, "550 5.7.1 not from you"));
  CHECK(has(mailing.region.hub.call({"mail", "--test", "boss"}).errors, "не адрес"));
}

}  // namespace zimnik::hub::test
