#include "node/web/years.h"

#include <catch2/catch.hpp>

#include "schema/commands/rollover.h"
#include "schema/read/courses.h"
#include "tests/node/desk.h"
#include "tests/node/forms.h"

using namespace zimnik;
using namespace zimnik::node::test;
using Catch::Contains;
using journal::Role;

namespace {

/// 10 June and 3 September 2026, 10:00 in Yugra.
constexpr sync::Time kJune{1'781'067'600'000}, kSeptember{1'788'411'600'000};

std::string link(const std::string& path) { return "href=\"" + escaped(path) + "\""; }

struct TwoYears {
  TwoYears() { desk.now = kJune; }

  Browser browser(const std::string& login) {
    Browser made(desk.port());
    REQUIRE(made.sign_in(login, kPassword) == "/");
    return made;
  }
  std::string read(const std::string& sql) {
    return desk.node().journal().read([&](sync::Database& database) {
      auto query = database.prepare(sql);
      return query.step() ? std::string(query.text(0)) : std::string();
    });
  }
  /// Every class by its rule.
  void roll_over() {
    desk.node().journal().write([&](sync::Replica& replica) {
      const sync::Entry entry{{"x", "principal", 60, "x"}, desk.now, {}, replica.seen()};
      replica.write(entry, [](sync::Command& command) {
        journal::RolloverWish wish;
        wish.year = 2026;
        wish.last_day = *journal::Date::from(2026, 6, 30);
        wish.order = {"31-п", *journal::Date::from(2026, 6, 10), ""};
        for (const auto& one : journal::classes_of_year(command.database(), 2025)) {
          wish.classes.push_back(journal::usual_wish(one));
        }
        journal::roll_over(command, wish,
                           journal::plan_rollover(command.database(), wish).digest());
      });
    });
  }

  Desk desk;
};

}  // namespace

TEST_CASE_METHOD(TwoYears, "in June the next year is set up beside the present one") {
  auto specialist = browser(desk.add_account(Role::technical_specialist));
  CHECK_THAT(specialist.get("/setup")->body,
             Contains(escaped("2025/2026") + "</h1>") && Contains(link("/setup?year=2026")));
  const auto next = specialist.get("/setup?year=2026&plan=half_years")->body;
  CHECK_THAT(next, Contains(escaped("2026/2027") + "</h1>") &&
                       Contains(link("/import/classes?year=2026")));
  auto form = hidden_fields(next, "/setup/periods");
  form.emplace("starts_h1", "2026-09-01");
  form.emplace("ends_h1", "2026-12-28");
  form.emplace("starts_h2", "2027-01-11");
  form.emplace("ends_h2", "2027-05-25");
  const auto before = read("SELECT count(*) || '' FROM reporting_period WHERE year = 2025");
  CHECK(specialist.post("/setup/periods", form)->get_header_value("Location") ==
        "/setup?year=2026#days");
  CHECK(read("SELECT count(*) || '' FROM reporting_period WHERE year = 2026") == "2");
  CHECK(read("SELECT count(*) || '' FROM reporting_period WHERE year = 2025") == before);
}

TEST_CASE_METHOD(TwoYears, "in June a file may be of the next year") {
  auto specialist = browser(desk.add_account(Role::technical_specialist));
  CHECK_THAT(specialist.get("/import")->body, Contains(link("/import?year=2026")));
  const auto shown = specialist.post_file("/import/classes", "Класс\n1Ю\n", {{"year", "2026"}});
  const auto preview = shown->get_header_value("Location");
  const auto page = specialist.get(preview)->body;
  CHECK_THAT(page, Contains(escaped("2026/2027")));
  CHECK(specialist.post(preview, hidden_fields(page, preview))->get_header_value("Location") ==
        "/import/classes?year=2026&written=1");
  CHECK(read("SELECT year || '' FROM school_class WHERE letter = 'Ю'") == "2026");
  // One that isn't prepared yet is none.
  specialist.post_file("/import/classes", "Класс\n1Ю\n", {{"year", "2031"}});
  CHECK(read("SELECT max(year) || '' FROM school_class") == "2026");
}

TEST_CASE_METHOD(TwoYears, "from June on the day page asks who may for the new year, until it is") {
  auto deputy = browser(desk.login_of(Role::deputy_head));
  const auto asks = [&] {
    return deputy.get("/")->body.find("href=\"/rollover\"") != std::string::npos;
  };
  CHECK(asks());
  CHECK(browser(desk.teacher().login).get("/")->body.find("/rollover") == std::string::npos);
  roll_over();
  CHECK_FALSE(asks());
}

TEST_CASE_METHOD(TwoYears,
                 "last year's journals and registers stay in reach once the new year began") {
  const auto found = desk.teacher();
  const auto course = "href=\"/course/" + std::to_string(found.course) + "\"";
  roll_over();
  CHECK_THAT(browser(found.login).get("/")->body, Contains(course));
  desk.now = kSeptember;
  auto teacher = browser(found.login);
  CHECK_THAT(teacher.get("/")->body, !Contains(course) && Contains(link("/?year=2025")));
  CHECK_THAT(teacher.get("/?year=2025")->body, Contains(course));
  CHECK(teacher.get("/course/" + std::to_string(found.course))->status == 200);

  auto deputy = browser(desk.login_of(Role::deputy_head));
  const auto register_of = [&](int year) {
    return "href=\"/register/" +
           read("SELECT max(id) || '' FROM school_class WHERE year = " + std::to_string(year)) +
           "\"";
  };
  for (const auto* page : {"/register", "/register?year=2026"}) {
    CHECK_THAT(deputy.get(page)->body, Contains(register_of(2026)) && !Contains(register_of(2025)));
  }
  CHECK_THAT(deputy.get("/register?year=2025")->body,
             Contains(register_of(2025)) && !Contains(register_of(2026)));
  for (const auto* page :
       {"/classes", "/groups", "/timetable", "/control", "/control/results", "/control/periods"}) {
    INFO(page);
    CHECK_THAT(deputy.get(page + std::string("?year=2025"))->body,
               Contains(link(page + std::string("?year=2026"))));
  }
}
