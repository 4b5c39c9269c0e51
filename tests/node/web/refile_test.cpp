#include "node/web/refile.h"

#include <catch2/catch.hpp>

#include "schema/commands/mark.h"
#include "schema/commands/person.h"
#include "schema/read/courses.h"
#include "schema/read/entries.h"
#include "schema/read/membership.h"
#include "tests/node/desk.h"
#include "tests/node/forms.h"

using namespace zimnik;
using namespace zimnik::node::test;

namespace {

/// A teacher of one subject in two classes, and a pupil who went from the one to the other.
struct Moved {
  Desk desk;
  std::string login;
  std::int64_t pupil = 0, old_course = 0, new_course = 0;
  journal::LessonKey from, to;

  Moved() {
    desk.node().journal().read([&](sync::Database& database) { find(database); });
    REQUIRE(pupil != 0);
    desk.node().journal().write([&](sync::Replica& replica) {
      const sync::Entry entry{{"x", "principal", 60, "x"}, kNow, {}, replica.seen()};
      replica.write(entry, [&](sync::Command& command) {
        journal::enter_mark(command, {from, pupil, 1, 1}, {5, {}, {}, "за доклад", {}});
        const auto classes = journal::courses_of_year(command.database(), 2025);
        const auto class_of = [&](std::int64_t course) {
          return journal::course_head(command.database(), course)->school_class.value();
        };
        journal::transfer(command, pupil, class_of(old_course), class_of(new_course), from.date,
                          "40-д");
      });
    });
  }

  void find(sync::Database& database) {
    for (const auto& staff : desk.school().staff()) {
      const auto courses = journal::courses_of(database, staff.person, 2025);
      for (const auto& one : courses) {
        for (const auto& other : courses) {
          if (one.teacher != staff.person || other.teacher != staff.person) continue;
          if (one.id == other.id || one.subject != other.subject) continue;
          if (one.study_group || other.study_group || one.school_class == other.school_class) {
            continue;
          }
          login = staff.login;
          old_course = one.id;
          new_course = other.id;
          from = lesson_of(database, one.id, "ASC");
          to = lesson_of(database, other.id, "DESC");
          pupil = journal::pupils_of_class(database, *one.school_class, from.date).at(0).id;
          return;
        }
      }
    }
  }
  static journal::LessonKey lesson_of(sync::Database& database, std::int64_t course,
                                      const std::string& order) {
    auto rows = database.prepare(
        "SELECT date, number FROM lesson WHERE course = ? AND date BETWEEN '2025-09-24' AND "
        "'2025-09-30' ORDER BY date " +
        order);
    rows.bind(1, course);
    if (!rows.step()) throw std::logic_error("no lesson");
    return {course, *journal::Date::parse(rows.text(0)), rows.integer(1)};
  }
  std::size_t marks_in(std::int64_t course) {
    return desk.node().journal().read([&](sync::Database& database) {
      std::size_t count = 0;
      for (const auto& mark : journal::marks_between(database, course, from.date.plus(-30),
                                                     from.date.plus(30), pupil)) {
        if (mark.comment == "за доклад") ++count;
      }
      return count;
    });
  }
};

}  // namespace

TEST_CASE_METHOD(Moved,
                 "the teacher of both classes takes what a transfer left to the new journal") {
  Browser teacher(desk.port());
  REQUIRE(teacher.sign_in(login, kPassword) == "/");
  const auto page = teacher.get("/");
  CHECK_THAT(page->body, Catch::Contains("записи ждут переноса"));
  auto form = hidden_fields(page->body, "/refile");
  form.emplace("to",
               std::to_string(new_course) + " " + to.date.text() + " " + std::to_string(to.number));
  CHECK(teacher.post("/refile", form)->status == 303);
  CHECK(marks_in(old_course) == 0);
  CHECK(marks_in(new_course) == 1);
}

TEST_CASE_METHOD(Moved, "nobody takes them to a lesson that isn't the own") {
  const auto other = desk.add_account(journal::Role::subject_teacher);
  Browser teacher(desk.port()), stranger(desk.port());
  REQUIRE(teacher.sign_in(login, kPassword) == "/");
  REQUIRE(stranger.sign_in(other, kPassword) == "/");
  auto form = hidden_fields(teacher.get("/")->body, "/refile");
  form.emplace("to",
               std::to_string(new_course) + " " + to.date.text() + " " + std::to_string(to.number));
  CHECK(stranger.post("/refile", form)->status == 422);
  form.erase("to");
  CHECK(teacher.post("/refile", form)->status == 422);
  form.emplace("to", "1 2 3");
  CHECK(teacher.post("/refile", form)->status == 422);
  CHECK(marks_in(new_course) == 0);
}
