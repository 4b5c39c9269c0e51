// The timetable as the heads change it, and a multi-grade class on one page.
#include <catch2/catch.hpp>

#include "schema/read/courses.h"
#include "schema/read/timetable.h"
#include "tests/node/desk.h"
#include "tests/node/forms.h"

using namespace zimnik;
using namespace zimnik::node::test;
using journal::Role;

namespace {

struct Office {
  Office() : head(desk.port()), teacher(desk.port()), its(desk.teacher()) {
    REQUIRE(head.sign_in(desk.login_of(Role::deputy_head), kPassword) == "/");
    REQUIRE(teacher.sign_in(its.login, kPassword) == "/");
    school_class = desk.node().journal().read([&](sync::Database& database) {
      return journal::course_title(database, its.course)->school_class.value();
    });
    address = "/timetable?class=" + std::to_string(school_class);
  }
  int post(Browser& browser, const std::string& action, httplib::Params rest,
           const std::string& having = "") {
    auto form = hidden_fields(head.get(address)->body, action, having);
    for (const auto& [name, value] : rest) form.erase(name);
    form.merge(rest);
    return browser.post(action, form)->status;
  }
  std::size_t slots(const std::string& day) {
    return desk.node().journal().read([&](sync::Database& database) {
      return journal::timetable_of_class(database, school_class, *journal::Date::parse(day)).size();
    });
  }

  Desk desk;
  Browser head, teacher;
  Desk::Teacher its;
  std::int64_t school_class = 0;
  std::string address;
};

}  // namespace

TEST_CASE_METHOD(Office, "a lesson is added and taken away by the heads alone, from a day on") {
  const auto before = slots("2025-10-01");
  const httplib::Params added{{"course", std::to_string(its.course)},
                              {"weekday", "6"},
                              {"number", "7"},
                              {"room", "12"},
                              {"since", "2025-10-04"}};
  CHECK(post(teacher, "/timetable", added) == 403);
  CHECK(post(head, "/timetable", added) == 303);
  CHECK(slots("2025-10-01") == before + 1);
  CHECK_THAT(teacher.get(address)->body,
             Catch::Contains("суббота") && Catch::Contains("с 04.10.2025"));
  const auto weekday = std::string("name=\"weekday\" value=\"6\"");
  CHECK(post(head, "/timetable/end", {{"last_day", "2025-10-03"}}, weekday) == 422);
  CHECK(post(head, "/timetable/end", {{"last_day", "2025-10-11"}}, weekday) == 303);
  CHECK(slots("2025-10-12") == before);
}

TEST_CASE_METHOD(Office,
                 "several courses stand on one page, if they are all the visitor's to read") {
  const auto courses = desk.node().journal().read(
      [&](sync::Database& database) { return journal::courses_of(database, its.person, 2025); });
  REQUIRE(courses.size() > 1);
  const auto both = std::to_string(courses[0].id) + "," + std::to_string(courses[1].id);
  const auto page = teacher.get("/together/" + both)->body;
  CHECK_THAT(page, Catch::Contains("id=\"page-0\"") && Catch::Contains("id=\"page-1\""));
  Browser other(desk.port());
  REQUIRE(other.sign_in(desk.add_account(Role::subject_teacher), kPassword) == "/");
  CHECK(other.get("/together/" + both)->status == 404);
  CHECK(teacher.get("/together/x")->status == 404);
}

TEST_CASE_METHOD(Office, "a lesson off the timetable is named a move by its teacher") {
  desk.now.ms += 57LL * 24 * 3600 * 1000;  // nobody has entered these weeks' lessons yet
  REQUIRE(teacher.sign_in(its.login, kPassword) == "/");
  const auto open = [&](const std::string& date) {
    auto form = hidden_fields(teacher.get("/lesson")->body, "/lesson");
    form.merge(
        httplib::Params{{"course", std::to_string(its.course)}, {"date", date}, {"number", "11"}});
    return teacher.post("/lesson", form)->status;
  };
  REQUIRE(open("2025-11-26") == 303);
  const auto page = teacher.get("/moves")->body;
  CHECK_THAT(page, Catch::Contains("26.11.2025 №11"));
  const auto option = page.find("<option value=\"");
  REQUIRE(option != std::string::npos);
  const auto planned = page.substr(option + 15, page.find('"', option + 15) - option - 15);
  auto form = hidden_fields(page, "/moves", "value=\"11\"");
  form.merge(httplib::Params{{"planned", planned}, {"order", "5-п"}});
  CHECK(teacher.post("/moves", form)->status == 303);
  CHECK_THAT(teacher.get("/moves")->body, !Catch::Contains("26.11.2025 №11"));
}

TEST_CASE("who teaches several classes at once finds them on one page") {
  Desk desk;
  const auto sets = desk.node().journal().read([&](sync::Database& database) {
    const auto& staff = desk.school().staff();
    return journal::taught_together(database, staff[staff.size() - 2].person,
                                    *journal::Date::parse("2025-10-01"));
  });
  REQUIRE_FALSE(sets.empty());
  CHECK(sets.front().size() > 1);
  Browser teacher(desk.port());
  const auto& staff = desk.school().staff();
  REQUIRE(teacher.sign_in(staff[staff.size() - 2].login, kPassword) == "/");
  const auto day = teacher.get("/")->body;
  CHECK_THAT(day, Catch::Contains("Классы-комплекты"));
  const auto at = day.find("/together/");
  REQUIRE(at != std::string::npos);
  CHECK(teacher.get(day.substr(at, day.find('"', at) - at))->status == 200);
}
