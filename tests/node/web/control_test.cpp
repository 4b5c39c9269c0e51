#include "node/web/control.h"

#include <catch2/catch.hpp>

#include "tests/node/desk.h"
#include "tests/node/forms.h"

using namespace zimnik;
using namespace zimnik::node::test;

namespace {

constexpr const char* kPeriods = "/control/periods";

std::string closed_at(Desk& desk) {
  return desk.node().journal().read([](sync::Database& database) -> std::string {
    auto query = database.prepare(
        "SELECT coalesce(closed_at, 0) || '' FROM reporting_period WHERE year = 2025 AND "
        "code = 'q1'");
    return query.step() ? std::string(query.text(0)) : "none";
  });
}

}  // namespace

TEST_CASE("R35: the heads see each journal's lessons, its gaps and its density") {
  Desk desk;
  Browser head(desk.port());
  REQUIRE(head.sign_in(desk.login_of(journal::Role::deputy_head), kPassword) == "/");
  const auto page = head.get("/control?period=q1")->body;
  const auto course = std::to_string(desk.teacher().course);
  CHECK_THAT(page, Catch::Contains("href=\"/course/" + course + "\""));
  CHECK_THAT(page, Catch::Contains("по вчерашний день") && Catch::Contains("30.09.2025"));
  // The tenth and eleventh, in the same table, by their half-year.
  CHECK_THAT(page, Catch::Contains("<td>1 четверть</td>") &&
                       Catch::Contains("<td>1 полугодие<br><small>01.09.2025 – 30.09.2025"));
  CHECK_THAT(page, Catch::Contains("href=\"/remarks?course=" + course + "\""));
}

TEST_CASE("results of the whole school stand by class, grade level, subject and teacher") {
  Desk desk;
  Browser head(desk.port());
  REQUIRE(head.sign_in(desk.login_of(journal::Role::principal), kPassword) == "/");
  desk.node().journal().write([&](sync::Replica& replica) {
    const sync::Entry entry{{"x", "subject_teacher", 20, "x"}, kNow, {}, replica.seen()};
    replica.write(entry, [&](sync::Command& command) {
      command.database().execute(
          "INSERT INTO final_mark (pupil, course, period, year, value) SELECT e.pupil, c.id, "
          "'year', 2025, '4' FROM enrolment e JOIN course c ON c.school_class = e.school_class "
          "WHERE c.study_group IS NULL");
    });
  });
  const auto page = head.get("/control/results?period=year")->body;
  for (const auto* text : {"По классам", "По параллелям", "По предметам", "По учителям"}) {
    CHECK_THAT(page, Catch::Contains(text));
  }
  CHECK_THAT(page, Catch::Contains("успеваемость 100,0 %, качество 100,0 %, СОУ 64,0 %"));
  const auto first = head.get("/control/results?period=q1")->body;
  CHECK_THAT(first, Catch::Contains("успеваемость —") && !Catch::Contains("<small>1 полугодие"));
  CHECK_THAT(head.get("/control/results?period=q2")->body,
             Catch::Contains("<small>1 полугодие</small>"));
}

TEST_CASE("R16: what the year lacks is named, and that it is late") {
  Desk desk;
  Browser head(desk.port());
  REQUIRE(head.sign_in(desk.login_of(journal::Role::deputy_head), kPassword) == "/");
  const auto page = head.get("/control/readiness")->body;
  CHECK_THAT(page, Catch::Contains("Срок был 05.09.2025"));
  CHECK_THAT(page, Catch::Contains("КТП внесены") && Catch::Contains("<span class=\"item\">"));
  CHECK_THAT(page, Catch::Contains("<span class=\"good\">✓ "));
}

TEST_CASE("R35: a head closes a period and opens it again") {
  Desk desk;
  Browser head(desk.port());
  REQUIRE(head.sign_in(desk.login_of(journal::Role::deputy_head), kPassword) == "/");
  const auto post = [&] {
    const auto page = head.get(kPeriods)->body;
    return head.post(kPeriods, hidden_fields(page, kPeriods, "value=\"q1\""))->status;
  };
  CHECK(post() == 303);
  CHECK(closed_at(desk) == std::to_string(kNow.ms));
  CHECK_THAT(head.get(kPeriods)->body, Catch::Contains("закрыт 01.10.2025 10:00"));
  CHECK(post() == 303);
  CHECK(closed_at(desk) == "0");
}
