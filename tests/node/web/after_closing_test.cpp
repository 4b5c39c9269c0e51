// A mark that comes after its period was closed, as the heads and its teacher see it.
#include <catch2/catch.hpp>

#include "schema/access.h"
#include "schema/commands/school.h"
#include "schema/roles.h"
#include "tests/node/desk.h"
#include "tests/node/forms.h"

using namespace zimnik;
using namespace zimnik::node::test;
using nlohmann::json;

namespace {

/// As if the closing had come from another node, which knew nothing of this one's marks.
void close_elsewhere(Desk& desk) {
  desk.node().journal().write([&](sync::Replica& replica) {
    const sync::Entry entry{{"deputy", "deputy_head", 50, "x"}, desk.now, {}, replica.seen()};
    const sync::Frontier known = {{{sync::SiteId::from(std::string(16, 'x'))}, 1, {}}};
    replica.write(entry, [&](sync::Command& command) {
      journal::close_period(command, 2025, "q1", desk.now.ms, known);
    });
  });
}

void enter_mark(Browser& teacher, std::int64_t course) {
  const auto grid = teacher.grid(course);
  REQUIRE(teacher
              .post_json("/api/save", {{"page", grid.at("page")},
                                       {"counter", 1},
                                       {"seen", grid.at("seen")},
                                       {"course", course},
                                       {"date", grid.at("lessons").at(0).at("date")},
                                       {"number", grid.at("lessons").at(0).at("number")},
                                       {"pupil", grid.at("pupils").at(0).at("id")},
                                       {"kind", "mark"},
                                       {"text", "4"}})
              ->status == 200);
}

httplib::Params form_of(const std::string& page, httplib::Params rest) {
  auto form = hidden_fields(page, "/after-closing");
  form.merge(rest);
  return form;
}

}  // namespace

TEST_CASE("the heads reject with a reason, the teacher sees it, others' marks aren't shown") {
  Desk desk;
  Browser deputy(desk.port()), teacher(desk.port()), other(desk.port());
  const auto its = desk.teacher();
  REQUIRE(deputy.sign_in(desk.login_of(journal::Role::deputy_head), kPassword) == "/");
  REQUIRE(teacher.sign_in(its.login, kPassword) == "/");
  REQUIRE(other.sign_in(desk.add_account(journal::Role::subject_teacher), kPassword) == "/");
  CHECK_THAT(deputy.get("/after-closing")->body, Catch::Contains("ничего не поступило"));
  enter_mark(teacher, its.course);
  close_elsewhere(desk);
  CHECK_THAT(deputy.get("/")->body, Catch::Contains("поступивших после закрытия"));
  const auto page = teacher.get("/after-closing")->body;
  CHECK_THAT(page, Catch::Contains("ждёт завуча") && Catch::Contains("до закрытия"));
  CHECK_THAT(page, !Catch::Contains("value=\"reject\""));
  CHECK_THAT(other.get("/after-closing")->body, Catch::Contains("ничего не поступило"));
  const auto list = deputy.get("/after-closing")->body;
  CHECK(deputy.post("/after-closing", form_of(list, {{"decision", "reject"}}))->status == 422);
  REQUIRE(deputy
              .post("/after-closing",
                    form_of(list, {{"decision", "reject"}, {"reason", "не по плану"}}))
              ->status == 303);
  CHECK_THAT(deputy.get("/after-closing")->body, Catch::Contains("не по плану"));
}
