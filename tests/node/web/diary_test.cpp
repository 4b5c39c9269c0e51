#include "node/web/diary.h"

#include <algorithm>
#include <catch2/catch.hpp>

#include "schema/commands/family.h"
#include "schema/read/family.h"
#include "schema/read/messages.h"
#include "schema/words.h"
#include "tests/node/desk.h"
#include "tests/node/forms.h"
#include "tests/node/own_class.h"

using namespace zimnik;
using namespace zimnik::node::test;
using journal::Role;

namespace {

struct Home {
  Desk desk;
  OwnClass found = own_class(desk);
  std::string own = "/diary/" + std::to_string(found.pupil);
  std::string foreign = "/diary/" + std::to_string(stranger());

  Home() { agree(journal::Agreement::granted); }

  void agree(journal::Agreement agreement) {
    desk.now.ms += 1000;
    desk.node().journal().write([&](sync::Replica& replica) {
      const sync::Entry entry{{"x", "principal", 60, "x"}, desk.now, {}, replica.seen()};
      replica.write(entry, [&](sync::Command& command) {
        journal::record_consent(command, found.guardian, journal::kElectronicDiary, agreement,
                                "заявление", node::day_of(desk.now));
      });
    });
  }
  /// A pupil of another class and another family.
  std::int64_t stranger() {
    return desk.node().journal().read([&](sync::Database& database) {
      const auto today = node::day_of(desk.now);
      for (const auto& pupil : journal::pupils_of_class(database, found.other, today)) {
        const auto guardians = journal::guardians_of(database, pupil.id, today);
        if (std::none_of(guardians.begin(), guardians.end(),
                         [&](const auto& it) { return it.id == found.guardian; })) {
          return pupil.id;
        }
      }
      throw std::logic_error("all are siblings");
    });
  }
  Browser enter(const std::string& login) {
    Browser browser(desk.port());
    REQUIRE(browser.sign_in(login, kPassword) == "/");
    return browser;
  }
  std::vector<journal::MessageThread> threads() {
    return desk.node().journal().read([&](sync::Database& database) {
      return journal::message_page(database, found.pupil, 2025).threads;
    });
  }
};

}  // namespace

TEST_CASE_METHOD(Home, "a guardian is led to the child's diary, and to no other") {
  auto mother = enter(desk.add_account_of(found.guardian));
  CHECK(mother.get("/")->get_header_value("Location") == "/diary");
  CHECK_THAT(mother.get("/diary")->get_header_value("Location"), Catch::StartsWith("/diary/"));
  const auto page = mother.get(own + "?week=2025-09-22");
  REQUIRE(page->status == 200);
  CHECK_THAT(page->body, Catch::Contains("Понедельник, 22.09"));
  CHECK_THAT(page->body, Catch::Contains("<i>Тема:</i>"));
  CHECK(mother.get(foreign)->status == 404);
}

TEST_CASE_METHOD(Home, "a refusal closes the diary at the node too, at once") {
  auto mother = enter(desk.add_account_of(found.guardian));
  REQUIRE(mother.get(own)->status == 200);
  agree(journal::Agreement::refused);
  CHECK(mother.get(own)->status == 404);
}

TEST_CASE_METHOD(Home, "a pupil reads the own diary and nobody else's") {
  auto pupil = enter(desk.add_account_of(found.pupil));
  CHECK(pupil.get("/diary")->get_header_value("Location") == own);
  CHECK(pupil.get(own)->status == 200);
  CHECK(pupil.get(foreign)->status == 404);
}

TEST_CASE_METHOD(
    Home, "the teacher of the class sees the diary as the family does, without writing in it") {
  auto teacher = enter(found.login);
  const auto page = teacher.get(own);
  REQUIRE(page->status == 200);
  CHECK_THAT(page->body, !Catch::Contains(own + "/message"));
  CHECK(teacher.get(foreign)->status == 404);
}

TEST_CASE_METHOD(
    Home, "the teacher of the class writes, the guardian answers, the teacher sees who waits") {
  auto teacher = enter(found.login), mother = enter(desk.add_account_of(found.guardian));
  const auto letters = "/pupil/" + std::to_string(found.pupil) + "/messages";
  auto form = hidden_fields(teacher.get(letters)->body, letters, "Новое сообщение");
  form.emplace("text", "Собрание\nв пятницу");
  CHECK(teacher.post(letters, form)->status == 303);
  CHECK(teacher.post(letters, form)->status == 409);  // sent twice, written once
  REQUIRE(threads().size() == 1);

  const auto page = mother.get(own);
  CHECK_THAT(page->body, Catch::Contains("Собрание\nв пятницу"));
  auto answer = hidden_fields(page->body, own + "/message", "Ответ");
  answer.emplace("text", "Придём <b>все</b>");
  desk.now.ms += 60'000;
  CHECK(mother.post(own + "/message", answer)->status == 303);
  REQUIRE(threads().front().messages.size() == 2);
  CHECK(threads().front().messages.back().is_of_family);

  const auto waiting = teacher.get("/class/" + std::to_string(found.own) + "/messages");
  CHECK_THAT(waiting->body, Catch::Contains("Ждут ответа"));
  CHECK_THAT(waiting->body, Catch::Contains("Придём &lt;b&gt;все"));
}

TEST_CASE_METHOD(Home, "a guardian writes about the own child alone") {
  auto mother = enter(desk.add_account_of(found.guardian));
  auto form = hidden_fields(mother.get(own)->body, own + "/message", "Новое сообщение");
  form.emplace("text", "Здравствуйте");
  CHECK(mother.post(foreign + "/message", form)->status == 422);
  CHECK(threads().empty());
  form.erase("text");
  form.emplace("text", " ");
  CHECK(mother.post(own + "/message", form)->status == 422);
}

TEST_CASE_METHOD(Home, "a message to the class reaches each family in a thread of its own") {
  auto teacher = enter(found.login);
  const auto path = "/class/" + std::to_string(found.own) + "/messages";
  auto form = hidden_fields(teacher.get(path)->body, path);
  form.emplace("text", "Экскурсия 5 октября");
  CHECK(teacher.post(path, form)->status == 303);
  REQUIRE(threads().size() == 1);
  const auto count = desk.node().journal().read([&](sync::Database& database) {
    auto rows = database.prepare("SELECT count(*), count(DISTINCT thread) FROM message");
    rows.step();
    return std::pair(rows.integer(0), rows.integer(1));
  });
  CHECK(count.first > 1);
  CHECK(count.first == count.second);
  const auto elsewhere = "/class/" + std::to_string(found.other) + "/messages";
  form.erase("counter");
  form.emplace("counter", "2");
  CHECK(teacher.get(elsewhere)->status == 404);
  CHECK(teacher.post(elsewhere, form)->status == 422);
}
