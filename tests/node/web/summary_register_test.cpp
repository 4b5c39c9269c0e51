#include "node/web/summary_register.h"

#include <catch2/catch.hpp>

#include "schema/read/courses.h"
#include "tests/node/desk.h"

using namespace zimnik;
using namespace zimnik::node::test;

namespace {

/// A class whose teacher has an account, and that account.
struct OwnClass {
  std::string login;
  std::int64_t own = 0, other = 0;
};

OwnClass class_with_teacher(Desk& desk) {
  return desk.node().journal().read([&](sync::Database& database) -> OwnClass {
    const auto classes = journal::classes_of_year(database, 2025);
    for (const auto& staff : desk.school().staff()) {
      if (staff.role != journal::Role::subject_teacher) continue;
      OwnClass found{staff.login, 0, 0};
      for (const auto& school_class : classes) {
        (school_class.class_teacher == staff.person ? found.own : found.other) = school_class.id;
      }
      if (found.own != 0 && found.other != 0) return found;
    }
    throw std::logic_error("nobody has a class");
  });
}

std::string path_of(std::int64_t school_class) {
  return "/register/" + std::to_string(school_class);
}

}  // namespace

TEST_CASE("R28: the register is the heads' for all classes, the class teacher's for the own one") {
  Desk desk;
  const auto found = class_with_teacher(desk);
  Browser head(desk.port()), teacher(desk.port());
  REQUIRE(head.sign_in(desk.login_of(journal::Role::deputy_head), kPassword) == "/");
  REQUIRE(teacher.sign_in(found.login, kPassword) == "/");
  CHECK(head.get(path_of(found.own))->status == 200);
  CHECK(head.get(path_of(found.other))->status == 200);
  CHECK(head.get(path_of(1))->status == 404);
  CHECK(teacher.get(path_of(found.own))->status == 200);
  CHECK(teacher.get(path_of(found.other))->status == 404);
  CHECK_THAT(head.get("/register")->body, Catch::Contains("href=\"" + path_of(found.other)));
}

TEST_CASE("the register shows a result at once, and has places for signatures and a stamp") {
  Desk desk;
  const auto found = class_with_teacher(desk);
  Browser head(desk.port());
  REQUIRE(head.sign_in(desk.login_of(journal::Role::principal), kPassword) == "/");
  const auto path = path_of(found.own) + "?period=year";
  const auto before = head.get(path)->body;
  CHECK_THAT(before, !Catch::Contains("100,0 %"));
  CHECK_THAT(before, Catch::Contains("М. П.") && Catch::Contains("Директор"));
  desk.node().journal().write([&](sync::Replica& replica) {
    const sync::Entry entry{{"x", "subject_teacher", 20, "x"}, kNow, {}, replica.seen()};
    replica.write(entry, [&](sync::Command& command) {
      command.database().execute(
          "INSERT INTO final_mark (pupil, course, period, year, value) SELECT e.pupil, c.id, "
          "'year', 2025, '5' FROM enrolment e JOIN course c ON c.school_class = e.school_class "
          "WHERE c.study_group IS NULL AND e.school_class = " +
          std::to_string(found.own));
    });
  });
  const auto after = head.get(path)->body;
  CHECK_THAT(after, Catch::Contains("100,0 %") && Catch::Contains("5,00"));
}
