// What the heads change in the timetable ahead, and where teachers and families read of it.
#include <catch2/catch.hpp>

#include "schema/read/courses.h"
#include "schema/read/planned_lessons.h"
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
    slot = first_ahead();
    address = "/timetable/changes?day=" + slot.date.text() +
              "&whose=teacher:" + std::to_string(its.person);
    value =
        std::to_string(slot.course) + " " + slot.date.text() + " " + std::to_string(slot.number);
  }
  /// The first lesson of the teacher's that the timetable has after today.
  journal::LessonKey first_ahead() {
    const auto today = *journal::Date::parse("2025-10-01");
    return desk.node().journal().read([&](sync::Database& database) {
      const auto lessons =
          journal::timetable_lessons(database, its.course, today.plus(1), today.plus(10));
      REQUIRE_FALSE(lessons.empty());
      return lessons.front().slot;
    });
  }
  int post(const std::string& action, httplib::Params rest, const std::string& having = "") {
    auto form = hidden_fields(head.get(address)->body, action, having);
    for (const auto& [name, told] : rest) form.erase(name);
    form.merge(rest);
    return head.post(action, form)->status;
  }
  int undo() { return post("/timetable/changes/undo", {}, value); }
  std::string lessons_of_head() { return head.get(address)->body; }

  Desk desk;
  Browser head, teacher;
  Desk::Teacher its;
  journal::LessonKey slot;
  std::string address, value;
};

constexpr const char* kMove = "/timetable/changes/move";

}  // namespace

TEST_CASE_METHOD(Office, "a lesson is moved ahead and back, and its teacher reads of it") {
  const auto to = slot.date.plus(1);
  CHECK(post(kMove, {{"date", to.text()}, {"number", "12"}, {"order", "5-п"}}, value) == 303);
  const auto told = "перенесён на " + to.russian() + " №12";
  CHECK_THAT(lessons_of_head(), Catch::Contains(told) && Catch::Contains("приказ 5-п"));
  CHECK_THAT(teacher.get("/")->body,
             Catch::Contains("Замены и переносы впереди") && Catch::Contains(told));
  CHECK(undo() == 303);
  CHECK_THAT(lessons_of_head(), !Catch::Contains(told));
  CHECK_THAT(teacher.get("/")->body, !Catch::Contains("Замены и переносы впереди"));
  CHECK(post(kMove, {{"date", to.text()}, {"number", "99"}}, value) == 422);
  CHECK(post(kMove, {{"date", "32.13"}, {"number", "1"}}, value) == 422);
}

TEST_CASE_METHOD(Office, "a lesson is taken off, and can be moved no more") {
  auto moving = hidden_fields(lessons_of_head(), kMove, value);
  moving.erase("counter");
  moving.merge(
      httplib::Params{{"counter", "900"}, {"date", slot.date.plus(1).text()}, {"number", "12"}});
  CHECK(post(kMove, {{"off", "1"}}, value) == 303);
  CHECK_THAT(lessons_of_head(), Catch::Contains("<b>снят</b>"));
  CHECK(head.post(kMove, moving)->status == 422);
  CHECK(undo() == 303);
  CHECK_THAT(lessons_of_head(), !Catch::Contains("<b>снят</b>"));
}

TEST_CASE_METHOD(Office, "a substitute is assigned by an order, and finds the lesson") {
  const auto& staff = desk.school().staff();
  const auto other = std::find_if(staff.begin(), staff.end(), [&](const auto& it) {
    return it.person != its.person && it.login.starts_with("teacher");
  });
  REQUIRE(other != staff.end());
  const auto assign = [&](std::int64_t person, const std::string& order) {
    return post("/timetable/changes/substitute",
                {{"teacher", std::to_string(person)}, {"order", order}}, value);
  };
  CHECK(assign(other->person, " ") == 422);
  CHECK(assign(its.person, "7-з") == 422);
  CHECK(assign(1, "7-з") == 422);
  CHECK(assign(other->person, "7-з") == 303);
  CHECK_THAT(lessons_of_head(), Catch::Contains("замена: ") && Catch::Contains("приказ 7-з"));
  Browser substitute(desk.port());
  REQUIRE(substitute.sign_in(other->login, kPassword) == "/");
  CHECK_THAT(substitute.get("/")->body, Catch::Contains("Замены и переносы впереди"));
  CHECK(undo() == 303);
  CHECK_THAT(lessons_of_head(), !Catch::Contains("приказ 7-з"));
  CHECK(assign(other->person, "8-з") == 303);  // another is assigned after it
}
