// Lessons off the timetable, and substitutions.
#include <catch2/catch.hpp>

#include "schema/read/courses.h"
#include "tests/node/desk.h"
#include "tests/node/forms.h"

using namespace zimnik;
using namespace zimnik::node::test;

namespace {

struct AtForm {
  AtForm() : browser(desk.port()), teacher(desk.teacher()) {
    REQUIRE(browser.sign_in(teacher.login, kPassword) == "/");
  }
  /// What the page's hidden fields hold, and the rest.
  httplib::Params form(std::int64_t course, const std::string& number, const std::string& order) {
    const auto page = browser.get("/lesson")->body;
    const auto field = [&](const std::string& name) {
      const auto at = page.find("name=\"" + name + "\" value=\"") + name.size() + 15;
      return page.substr(at, page.find('"', at) - at);
    };
    return {{"page", field("page")},
            {"counter", field("counter")},
            {"site", field("site")},
            {"arrival", field("arrival")},
            {"course", std::to_string(course)},
            {"date", "2025-10-01"},
            {"number", number},
            {"order", order}};
  }
  std::int64_t anothers_course() {
    return desk.node().journal().read([&](sync::Database& database) {
      const auto today = *journal::Date::parse("2025-10-01");
      for (const auto& course : journal::courses_of_year(database, 2025)) {
        if (!journal::may_read_course(database, teacher.person, course.id, today)) return course.id;
      }
      throw std::logic_error("all is one teacher's");
    });
  }
  std::string lesson_of(std::int64_t course, int number) {
    const auto grid = browser.grid(course);
    for (const auto& lesson : grid.at("lessons")) {
      if (lesson.at("date") == "2025-10-01" && lesson.at("number") == number &&
          lesson.at("planned") == false) {
        return lesson.at("substitution").dump();
      }
    }
    return "none";
  }

  Desk desk;
  Browser browser;
  Desk::Teacher teacher;
};

}  // namespace

TEST_CASE_METHOD(AtForm, "a teacher opens an own lesson that the timetable hasn't got") {
  const auto answer = browser.post("/lesson", form(teacher.course, "9", ""));
  CHECK(answer->status == 303);
  CHECK(answer->get_header_value("Location") == "/course/" + std::to_string(teacher.course));
  CHECK(lesson_of(teacher.course, 9) == "[]");
}

TEST_CASE_METHOD(AtForm,
                 "a lesson that the timetable had and nobody opened is opened from the journal") {
  desk.now.ms += 7 * 24 * 3'600'000;
  REQUIRE(browser.sign_in(teacher.login, kPassword) == "/");
  const auto address = "/course/" + std::to_string(teacher.course);
  const auto shown = [&] { return browser.get(address + "?from=2025-10-01&to=2025-10-31")->body; };
  const auto first_slot = [&] {
    const auto page = shown();
    const auto at = page.find("<option value=\"" + std::to_string(teacher.course) + " 2025-10-0");
    return at == std::string::npos ? "none"
                                   : page.substr(at + 15, page.find('"', at + 15) - at - 15);
  };
  const auto slot = first_slot();
  REQUIRE(slot != "none");
  auto sent = hidden_fields(shown(), "/lesson");
  sent.emplace("slot", slot);
  const auto answer = browser.post("/lesson", sent);
  CHECK(answer->status == 303);
  CHECK(answer->get_header_value("Location") == address);
  CHECK(first_slot() != slot);
  // Of what is still ahead, and of another's journal, nothing is offered.
  CHECK(shown().find("2025-10-09") == std::string::npos);
  sent = hidden_fields(browser.get("/lesson")->body, "/lesson");
  sent.emplace("slot", "nothing");
  CHECK(browser.post("/lesson", sent)->status == 422);
}

TEST_CASE_METHOD(AtForm,
                 "another's lesson needs an order, which it keeps with who taught for whom") {
  const auto course = anothers_course();
  CHECK(browser.get("/course/" + std::to_string(course))->status == 404);
  const auto refused = browser.post("/lesson", form(course, "9", " "));
  CHECK(refused->status == 422);
  CHECK_THAT(refused->body, Catch::Contains("по приказу о замене"));
  CHECK(browser.post("/lesson", form(course, "9", "12-з"))->status == 303);
  CHECK(browser.get("/course/" + std::to_string(course))->status == 200);
  CHECK_THAT(lesson_of(course, 9), Catch::Contains("\"12-з\""));
}

TEST_CASE_METHOD(AtForm, "a form that is sent twice opens the lesson once, and says so") {
  const auto sent = form(teacher.course, "9", "");
  CHECK(browser.post("/lesson", sent)->status == 303);
  CHECK(browser.post("/lesson", sent)->status == 409);
  auto broken = sent;
  broken.erase("page");
  CHECK(browser.post("/lesson", broken)->status == 400);
  browser.origin = "https://elsewhere.example";
  CHECK(browser.post("/lesson", sent)->status == 400);
}
