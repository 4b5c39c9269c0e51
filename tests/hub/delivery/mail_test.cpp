#include "hub/delivery/mail.h"

#include <catch2/catch.hpp>

#include "tests/hub/delivery/mail_server.h"

namespace zimnik::hub::test {
namespace {

const std::string kLong =
    "Иванов Пётр Сергеевич: отметка об отсутствии на уроке алгебры снята учителем, а длинная тема "
    "письма складывается в несколько слов";

Mail some_mail() {
  return {"diary@example.ru",
          "Электронный дневник",
          "mama@example.ru",
          kLong,
          "1234@example.ru",
          {1'795'000'000'000},
          "https://d.example/unsubscribe/1",
          "Иванов Пётр: нет\n",
          "<p>Иванов Пётр</p>\n"};
}

}  // namespace

TEST_CASE("a letter comes out as it was put in, Russian and long as it may be") {
  const auto letter = read_letter(mail_text(some_mail()));
  CHECK(letter.subject == kLong);
  CHECK(letter.text == "Иванов Пётр: нет\n");
  CHECK(letter.html == "<p>Иванов Пётр</p>\n");
  CHECK(letter.message_id == "<1234@example.ru>");
}

TEST_CASE("a letter's lines are short and ASCII, and end by CRLF") {
  auto mail = some_mail();
  for (int i = 0; i < 100; ++i) mail.text += kLong;
  const auto text = mail_text(mail);
  std::size_t lines = 0;
  for (std::size_t at = 0; at < text.size(); ++lines) {
    const auto end = text.find("\r\n", at);
    REQUIRE(end != text.npos);
    CHECK(end - at <= 78);
    at = end + 2;
  }
  CHECK(lines > 100);
  for (const char c : text) CHECK(static_cast<unsigned char>(c) < 0x80);
}

TEST_CASE("a letter says when, by whom it was made, and how it's ended with one POST") {
  const auto head = read_letter(mail_text(some_mail())).head;
  for (const char* line : {"Date: Wed, 18 Nov 2026 11:06:40 +0000\r\n", "To: <mama@example.ru>\r\n",
                           "\r\n <diary@example.ru>\r\n", "Auto-Submitted: auto-generated\r\n",
                           "List-Unsubscribe: <https://d.example/unsubscribe/1>\r\n",
                           "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"}) {
    INFO(line);
    CHECK(head.find(line) != head.npos);
  }
}

TEST_CASE("what ends a line makes no header") {
  auto mail = some_mail();
  mail.subject = "Hello\r\nBcc: other@example.ru";
  mail.from_name = "A\r\nBcc: other@example.ru";
  mail.unsubscribe = "https://d.example/\r\nBcc: other@example.ru";
  CHECK(mail_text(mail).find("\r\nBcc:") == std::string::npos);
  CHECK(read_letter(mail_text(mail)).subject == "Hello  Bcc: other@example.ru");
}

TEST_CASE("an address is one that a command and a header can hold") {
  for (const char* good : {"a@b.ru", "ivan.ivanov+school@mail.example.ru", "x_1@a-b.ru"}) {
    INFO(good);
    CHECK(is_mail_address(good));
  }
  const std::string long_part(65, 'a');
  for (const std::string& bad : {std::string(),
                                 std::string("a"),
                                 std::string("@b.ru"),
                                 std::string("a@"),
                                 std::string("a@b"),
                                 std::string("a@b..ru"),
                                 std::string("a@.ru"),
                                 std::string("a b@c.ru"),
                                 std::string("a@b.ru\r\nRCPT TO:<c@d.ru>"),
                                 std::string("<a@b.ru>"),
                                 std::string("a@@b.ru"),
                                 std::string("\"a\"@b.ru"),
                                 std::string(".a@b.ru"),
                                 std::string("a.@b.ru"),
                                 std::string("a@-b.ru"),
                                 std::string("мама@b.ru"),
                                 std::string("a@b.ru, c@d.ru"),
                                 long_part + "@b.ru",
                                 "a@" + long_part + ".ru",
                                 std::string("a@b.ru\0c", 8)}) {
    INFO(bad);
    CHECK_FALSE(is_mail_address(bad));
  }
}

}  // namespace zimnik::hub::test
