// The first-run assistant, step by step, in a school that has nothing but an account.
#include <catch2/catch.hpp>

#include "tests/node/desk.h"
#include "tests/node/forms.h"

using namespace zimnik;
using namespace zimnik::node::test;
using Catch::Contains;
using journal::Role;

namespace {

/// A school whose structure was taken away again: what is left is people with their accounts.
struct NewSchool {
  NewSchool() : specialist(desk.port()) {
    desk.node().journal().write([&](sync::Replica& replica) {
      const sync::Entry entry{{"x", "principal", 60, "x"}, kNow, {}, replica.seen()};
      replica.write(entry, [](sync::Command& command) {
        for (const auto* table : {"school", "branch", "school_class", "reporting_period",
                                  "bell_schedule", "work_type", "course", "timetable"}) {
          command.database().execute(std::string("DELETE FROM ") + table);
        }
      });
    });
    REQUIRE(specialist.sign_in(desk.add_account(Role::technical_specialist), kPassword) == "/");
  }

  std::string read(const std::string& sql) {
    return desk.node().journal().read([&](sync::Database& database) {
      auto query = database.prepare(sql);
      return query.step() ? std::string(query.text(0)) : std::string();
    });
  }
  httplib::Result post(const std::string& action, const httplib::Params& fields) {
    auto form = hidden_fields(specialist.get("/setup")->body, action);
    for (const auto& [name, value] : fields) form.emplace(name, value);
    return specialist.post(action, form);
  }

  Desk desk;
  Browser specialist;
};

httplib::Params half_years(const std::string& ends, const std::string& starts) {
  return {{"starts_h1", "2025-09-01"},
          {"ends_h1", ends},
          {"starts_h2", starts},
          {"ends_h2", "2026-05-26"}};
}

}  // namespace

TEST_CASE_METHOD(NewSchool, "the day page leads to the assistant until the school can work") {
  CHECK_THAT(specialist.get("/")->body, Contains("href=\"/setup\""));
  Desk ready;
  Browser principal(ready.port());
  REQUIRE(principal.sign_in(ready.login_of(Role::principal), kPassword) == "/");
  CHECK(principal.get("/")->body.find("href=\"/setup\"") == std::string::npos);
  CHECK(principal.get("/setup")->status == 200);
}

TEST_CASE_METHOD(NewSchool,
                 "school, periods, days off, bells and kinds of work are set up in five forms") {
  const auto at_first = specialist.get("/setup")->body;
  CHECK_THAT(at_first, Contains("Сделано шагов: 1 из 13") && Contains("value=\"2025-10-24\""));
  REQUIRE(post("/setup/school",
               {{"name", "Школа"}, {"settlement", "Ясунт"}, {"time_zone", "Asia/Yekaterinburg"}})
              ->status == 303);
  CHECK(read("SELECT name || settlement || time_zone FROM school") ==
        "ШколаЯсунтAsia/Yekaterinburg");
  CHECK(read("SELECT name FROM branch") == "Главное здание");
  auto periods = half_years("2025-12-30", "2026-01-12");
  for (const auto* code : {"q1", "q2", "q3", "q4"}) {
    const std::string month = std::to_string(1 + code[1] - '0');
    periods.emplace(std::string("starts_") + code, "2026-0" + month + "-01");
    periods.emplace(std::string("ends_") + code, "2026-0" + month + "-20");
  }
  REQUIRE(post("/setup/periods", periods)->status == 303);
  CHECK(read("SELECT count(*) || min(starts) FROM reporting_period") == "62025-09-01");
  REQUIRE(post("/setup/days", {{"days", "04.11.2025 День народного единства\r\n\r\n"}})->status ==
          303);
  CHECK(read("SELECT date || name FROM day_off") == "2025-11-04День народного единства");
  REQUIRE(post("/setup/bells", {{"branch", read("SELECT id || '' FROM branch")},
                                {"shift", "1"},
                                {"first", "08:30"},
                                {"minutes", "40"},
                                {"lessons", "6"},
                                {"breaks", "10, 20 10"}})
              ->status == 303);
  CHECK(read("SELECT count(*) || max(ends) FROM bell_schedule") == "613:30");
  REQUIRE(post("/setup/works", {})->status == 303);
  REQUIRE(post("/setup/works", {})->status == 303);
  CHECK(read("SELECT count(*) || '' FROM work_type") == "6");
  CHECK_THAT(specialist.get("/setup")->body, Contains("Сделано шагов: 6 из 13"));
}

TEST_CASE_METHOD(NewSchool, "a year that is divided otherwise loses the periods of before") {
  REQUIRE(post("/setup/periods",
               [] {
                 auto periods = half_years("2025-12-30", "2026-01-12");
                 for (const auto* code : {"q1", "q2", "q3", "q4"}) {
                   const std::string month = std::to_string(1 + code[1] - '0');
                   periods.emplace(std::string("starts_") + code, "2026-0" + month + "-01");
                   periods.emplace(std::string("ends_") + code, "2026-0" + month + "-20");
                 }
                 return periods;
               }())
              ->status == 303);
  auto form = hidden_fields(specialist.get("/setup?plan=half_years")->body, "/setup/periods");
  CHECK(form.find("plan")->second == "half_years");
  for (const auto& [name, value] : half_years("2025-12-30", "2026-01-12"))
    form.emplace(name, value);
  REQUIRE(specialist.post("/setup/periods", form)->status == 303);
  CHECK(read("SELECT group_concat(code) FROM reporting_period") == "h1,h2");
}

TEST_CASE_METHOD(NewSchool, "what can't be is refused with its reason, and nothing is written") {
  const auto form = hidden_fields(specialist.get("/setup?plan=half_years")->body, "/setup/periods");
  const auto periods = [&](const std::string& ends, const std::string& starts) {
    auto fields = form;
    for (const auto& [name, value] : half_years(ends, starts)) fields.emplace(name, value);
    return specialist.post("/setup/periods", fields);
  };
  const auto met = periods("2026-01-20", "2026-01-12");
  CHECK(met->status == 422);
  CHECK_THAT(met->body, Contains("20.01.2026") && Contains("12.01.2026"));
  CHECK(periods("2025-12-30", "2027-01-12")->status == 422);
  CHECK(periods("вчера", "2026-01-12")->status == 422);
  CHECK(read("SELECT count(*) || '' FROM reporting_period") == "0");
  CHECK(post("/setup/days", {{"days", "4 ноября"}})->status == 422);
  CHECK(post("/setup/days", {{"days", "04.11.2020 Праздник"}})->status == 422);
  CHECK(post("/setup/school", {{"name", " "}, {"time_zone", "Asia/Omsk"}})->status == 422);
  REQUIRE(post("/setup/school", {{"name", "Школа"}, {"time_zone", "Asia/Omsk"}})->status == 303);
  const auto bells = [&](const char* shift, const char* first) {
    return post("/setup/bells", {{"branch", read("SELECT id || '' FROM branch")},
                                 {"shift", shift},
                                 {"first", first},
                                 {"minutes", "40"},
                                 {"lessons", "6"},
                                 {"breaks", "10"}})
        ->status;
  };
  CHECK(bells("3", "08:30") == 422);
  CHECK(bells("1", "23:30") == 422);
  CHECK(bells("2", "14:00") == 303);
}
