// A file brought in by the browser: shown first, written as shown, once, whole or not at all.
#include <catch2/catch.hpp>

#include "schema/import/csv.h"
#include "schema/read/courses.h"
#include "tests/node/desk.h"
#include "tests/node/forms.h"

using namespace zimnik;
using namespace zimnik::node::test;
using Catch::Contains;
using journal::Role;

namespace {

const std::string kHeading = "Фамилия;Имя;Отчество;Дата рождения;Класс\r\n";

struct Office {
  Office() : secretary(desk.port()) {
    REQUIRE(secretary.sign_in(desk.add_account(Role::secretary), kPassword) == "/");
  }

  std::int64_t count(const std::string& sql) {
    return desk.node().journal().read([&](sync::Database& database) {
      auto query = database.prepare(sql);
      query.step();
      return query.integer(0);
    });
  }
  std::int64_t people() { return count("SELECT count(*) FROM person"); }
  /// The address of the preview.
  std::string upload(Browser& browser, const std::string& kind, const std::string& bytes,
                     const std::map<std::string, std::string>& fields = {}) {
    const auto answer = browser.post_file("/import/" + kind, bytes, fields);
    REQUIRE(answer->status == 303);
    return answer->get_header_value("Location");
  }
  /// What confirming the page at this address is answered with.
  httplib::Result confirm(Browser& browser, const std::string& preview) {
    return browser.post(preview, hidden_fields(browser.get(preview)->body, preview));
  }

  Desk desk;
  Browser secretary;
};

}  // namespace

TEST_CASE_METHOD(Office,
                 "a file is shown by its rows, written when confirmed, and changes nothing again") {
  const auto before = people();
  const auto csv = kHeading + "Тестов;Пётр;;01.02.2013;7А\r\nТестова;\"Анна\";;;7А\r\n";
  const auto preview = upload(secretary, "pupils", csv);
  const auto page = secretary.get(preview)->body;
  CHECK_THAT(page, Contains("Тестов Пётр, 7А") && Contains("Новых: 2"));
  CHECK(people() == before);
  const auto answer = confirm(secretary, preview);
  CHECK(answer->status == 303);
  CHECK(answer->get_header_value("Location") == "/import/pupils?year=2025&written=2");
  CHECK_THAT(secretary.get("/import/pupils?written=2")->body, Contains("изменений: 2"));
  CHECK(people() == before + 2);
  CHECK(secretary.get(preview)->status == 404);
  const auto again = secretary.get(upload(secretary, "pupils", csv))->body;
  CHECK_THAT(again, Contains("Ничего не изменится"));
  CHECK(again.find("Внести всё это") == std::string::npos);
}

TEST_CASE_METHOD(Office, "bad rows are named with their lines, and there is nothing to confirm") {
  const auto before = people();
  const auto preview = upload(
      secretary, "pupils", kHeading + "Тестов;Пётр;;01.02.2013;7А\r\n;Пётр;;;7А\r\nЯ;Я;;;99Я\r\n");
  const auto page = secretary.get(preview)->body;
  CHECK_THAT(page, Contains("<td class=\"number\">3</td><td>Фамилия: не заполнено</td>"));
  CHECK_THAT(page, Contains("класса «99Я» в этом году нет"));
  CHECK(page.find("Внести всё это") == std::string::npos);
  CHECK(secretary.post(preview, {{"shown", "x"}})->status == 422);
  CHECK(people() == before);
}

TEST_CASE_METHOD(Office,
                 "what was shown is what is written: a school that changed meanwhile refuses") {
  const auto csv = kHeading + "Тестов;Пётр;;01.02.2013;7А\r\n";
  const auto first = upload(secretary, "pupils", csv), second = upload(secretary, "pupils", csv);
  const auto fields = hidden_fields(secretary.get(first)->body, first);
  REQUIRE(confirm(secretary, second)->status == 303);
  const auto before = people();
  const auto answer = secretary.post(first, fields);
  CHECK(answer->status == 422);
  CHECK_THAT(answer->body, Contains("посмотрите его снова"));
  CHECK(people() == before);
}

TEST_CASE_METHOD(Office, "a preview is its own login's, for an hour, and a login has a few") {
  const auto csv = kHeading + "Тестов;Пётр;;01.02.2013;7А\r\n";
  const auto preview = upload(secretary, "pupils", csv);
  Browser other(desk.port());
  REQUIRE(other.sign_in(desk.login_of(Role::principal), kPassword) == "/");
  CHECK(other.get(preview)->status == 404);
  CHECK(secretary.get(preview)->status == 200);
  for (int i = 0; i < 4; ++i) upload(secretary, "pupils", csv);
  CHECK(secretary.get(preview)->status == 404);
  const auto late = upload(secretary, "pupils", csv);
  desk.now.ms += 3'600'001;
  CHECK(secretary.get(late)->status == 404);
}

TEST_CASE_METHOD(Office, "a file to begin with opens in Excel, and is read here") {
  const auto answer = secretary.get("/import/pupils.csv");
  REQUIRE(answer->status == 200);
  CHECK(answer->body.starts_with("\xef\xbb\xbf"));
  CHECK_THAT(answer->get_header_value("Content-Disposition"), Contains("pupils.csv"));
  CHECK_THAT(secretary.get(upload(secretary, "pupils", answer->body))->body,
             Contains("Иванов Пётр Сергеевич, 7А"));
}

TEST_CASE_METHOD(
    Office, "after each file the next is named, and of two ways to bring one in only the first") {
  Browser principal(desk.port());
  REQUIRE(principal.sign_in(desk.login_of(Role::principal), kPassword) == "/");
  CHECK_THAT(principal.get("/import/timetable?written=1")->body,
             Contains("href=\"/import/plan?year=2025\">Дальше"));
  CHECK_THAT(principal.get("/import/fet?written=1")->body,
             Contains("href=\"/import/plan?year=2025\">Дальше"));
  CHECK_THAT(principal.get("/import/plan?written=1")->body,
             Contains("href=\"/setup?year=2025\">Порядок настройки школы"));
}

TEST_CASE_METHOD(Office, "hostile uploads get a reason") {
  CHECK(secretary.post("/import/pupils", httplib::Params{{"file", "x"}})->status == 422);
  CHECK(secretary.post_file("/import/pupils", "")->status == 422);
  CHECK(secretary.post_file("/import/nothing", "x")->status == 404);
  CHECK(secretary.post_file("/import/pupils", "x", {{"since", "вчера"}})->status == 422);
  CHECK(secretary.post_file("/import/pupils", std::string(2'000'000, 'x'))->status == 413);
  CHECK_THAT(secretary.get(upload(secretary, "pupils", std::string(1'010'000, 'x')))->body,
             Contains("файл больше 1000000 байт"));
  CHECK_THAT(secretary.get(upload(secretary, "pupils", std::string("a\0b", 3)))->body,
             Contains("не в UTF-8"));
  secretary.origin = "https://elsewhere.example";
  CHECK(secretary.post_file("/import/pupils", kHeading)->status == 400);
}

TEST_CASE_METHOD(Office, "who may not bring a kind in gets neither its form nor its upload") {
  Browser teacher(desk.port());
  REQUIRE(teacher.sign_in(desk.add_account(Role::subject_teacher), kPassword) == "/");
  CHECK(teacher.get("/import")->status == 403);
  CHECK(teacher.get("/import/pupils")->status == 403);
  CHECK(teacher.post_file("/import/pupils", kHeading)->status == 403);
  CHECK_THAT(secretary.get("/import")->body, Contains("/import/pupils"));
}

TEST_CASE_METHOD(Office, "a teacher brings in the lesson plan of an own course, and of no other") {
  Browser teacher(desk.port());
  const auto own = desk.teacher();
  REQUIRE(teacher.sign_in(own.login, kPassword) == "/");
  const auto course = std::to_string(own.course);
  const std::string csv = "Тема;Часы\r\nДроби;2\r\n";
  CHECK_THAT(teacher.get("/import/plan?course=" + course)->body,
             Contains("value=\"" + course + "\" selected"));
  const auto written = [&] {
    return count("SELECT count(*) FROM lesson_plan WHERE course = " + course +
                 " AND topic = 'Дроби'");
  };
  const auto preview = upload(teacher, "plan", csv, {{"course", course}});
  CHECK(written() == 0);
  const auto title = desk.node().journal().read([&](sync::Database& database) {
    return journal::course_title(database, own.course)->text();
  });
  CHECK_THAT(teacher.get(preview)->body, Contains("КТП — " + escaped(title) + ","));
  const auto answer = confirm(teacher, preview);
  REQUIRE(answer->status == 303);
  CHECK(answer->get_header_value("Location") ==
        "/import/plan?year=2025&course=" + course + "&written=1");
  CHECK(written() == 1);
  const auto other =
      count("SELECT min(id) FROM course WHERE teacher <> " + std::to_string(own.person));
  CHECK(teacher.post_file("/import/plan", csv, {{"course", std::to_string(other)}})->status == 403);
  CHECK(teacher.post_file("/import/plan", csv)->status == 403);
  Browser head(desk.port());
  REQUIRE(head.sign_in(desk.login_of(Role::deputy_head), kPassword) == "/");
  CHECK(head.post_file("/import/plan", csv, {{"course", std::to_string(other)}})->status == 303);
}
