#include "node/web/remarks.h"

#include <catch2/catch.hpp>

#include "tests/node/desk.h"
#include "tests/node/forms.h"

using namespace zimnik;
using namespace zimnik::node::test;

namespace {

int post(Browser& browser, const std::string& action, const httplib::Params& added) {
  auto form = hidden_fields(browser.get("/remarks")->body, action);
  form.insert(added.begin(), added.end());
  return browser.post(action, form)->status;
}

}  // namespace

TEST_CASE("R35: a remark goes to the teacher's day, comes back corrected, and is accepted") {
  Desk desk;
  const auto teacher = desk.teacher();
  Browser head(desk.port()), own(desk.port());
  REQUIRE(head.sign_in(desk.login_of(journal::Role::deputy_head), kPassword) == "/");
  REQUIRE(own.sign_in(teacher.login, kPassword) == "/");
  CHECK(post(head, "/remarks",
             {{"course", std::to_string(teacher.course)},
              {"date", ""},
              {"due", "2025-09-30"},
              {"text", "Нет темы третьего урока"}}) == 303);
  CHECK_THAT(own.get("/")->body,
             Catch::Contains("Нет темы третьего урока") && Catch::Contains("просрочено"));
  CHECK(post(own, "/remarks/corrected", {{"note", "Тема вписана"}}) == 303);
  CHECK_THAT(own.get("/")->body, !Catch::Contains("Нет темы третьего урока"));
  CHECK_THAT(head.get("/remarks")->body, Catch::Contains("Тема вписана"));
  CHECK(post(head, "/remarks/decision", {{"decision", "reopen"}, {"note", "И задание"}}) == 303);
  CHECK_THAT(own.get("/remarks")->body, Catch::Contains("И задание"));
  CHECK(post(own, "/remarks/corrected", {{"note", "И задание вписано"}}) == 303);
  CHECK(post(head, "/remarks/decision", {{"decision", "accept"}}) == 303);
  CHECK_THAT(own.get("/remarks")->body, Catch::Contains("✓ принято"));
}

TEST_CASE("a remark is neither shown to other teachers nor corrected by them") {
  Desk desk;
  const auto teacher = desk.teacher();
  Browser head(desk.port()), own(desk.port()), other(desk.port());
  REQUIRE(head.sign_in(desk.login_of(journal::Role::deputy_head), kPassword) == "/");
  REQUIRE(own.sign_in(teacher.login, kPassword) == "/");
  REQUIRE(other.sign_in(desk.add_account(journal::Role::subject_teacher), kPassword) == "/");
  REQUIRE(post(head, "/remarks",
               {{"course", std::to_string(teacher.course)}, {"text", "Мало отметок"}}) == 303);
  CHECK_THAT(other.get("/remarks")->body, !Catch::Contains("Мало отметок"));
  auto form = hidden_fields(own.get("/remarks")->body, "/remarks/corrected");
  form.emplace("note", "Не моё");
  CHECK(other.post("/remarks/corrected", form)->status == 422);
  CHECK_THAT(head.get("/remarks")->body, !Catch::Contains("Не моё"));
}
