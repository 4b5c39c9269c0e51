#include "node/web/frost_days.h"

#include <catch2/catch.hpp>

#include "tests/node/desk.h"
#include "tests/node/forms.h"

using namespace zimnik;
using namespace zimnik::node::test;

TEST_CASE("a frost day is announced by the heads, and stands on everybody's day") {
  Desk desk;
  Browser head(desk.port()), teacher(desk.port());
  REQUIRE(head.sign_in(desk.login_of(journal::Role::deputy_head), kPassword) == "/");
  REQUIRE(teacher.sign_in(desk.teacher().login, kPassword) == "/");
  CHECK_THAT(teacher.get("/")->body, !Catch::Contains("Актированный день"));
  auto form = hidden_fields(head.get("/frost-days")->body, "/frost-days");
  form.merge(httplib::Params{{"branch", std::to_string(desk.school().main_branch())},
                             {"shift", "1"},
                             {"date", "2025-10-01"},
                             {"through", "8"},
                             {"source", "комитет образования"}});
  CHECK(teacher.post("/frost-days", form)->status == 403);
  REQUIRE(head.post("/frost-days", form)->status == 303);
  CHECK_THAT(teacher.get("/")->body,
             Catch::Contains("Актированный день") && Catch::Contains("классы 1–8"));
  const auto list = head.get("/frost-days")->body;
  CHECK_THAT(list, Catch::Contains("комитет образования"));
  REQUIRE(head.post("/frost-days/remove", hidden_fields(list, "/frost-days/remove"))->status ==
          303);
  CHECK_THAT(teacher.get("/")->body, !Catch::Contains("Актированный день"));
}
