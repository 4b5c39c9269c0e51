#include "node/web/extract.h"

#include <catch2/catch.hpp>

#include "schema/read/courses.h"
#include "tests/node/desk.h"

using namespace zimnik;
using namespace zimnik::node::test;

namespace {

/// A class whose teacher has an account, with a pupil of it and one of another class.
struct OwnPupil {
  std::string login;
  std::int64_t own = 0, other = 0;
};

OwnPupil pupil_with_teacher(Desk& desk) {
  return desk.node().journal().read([&](sync::Database& database) -> OwnPupil {
    const auto today = node::day_of(kNow);
    for (const auto& staff : desk.school().staff()) {
      if (staff.role != journal::Role::subject_teacher) continue;
      OwnPupil found{staff.login, 0, 0};
      for (const auto& school_class : journal::classes_of_year(database, 2025)) {
        const auto pupils = journal::pupils_of_class(database, school_class.id, today);
        if (pupils.empty()) continue;
        (school_class.class_teacher == staff.person ? found.own : found.other) = pupils[0].id;
      }
      if (found.own != 0 && found.other != 0) return found;
    }
    throw std::logic_error("nobody has a class");
  });
}

std::string path_of(std::int64_t pupil) { return "/pupil/" + std::to_string(pupil) + "/extract"; }

}  // namespace

TEST_CASE("R8: the extract is for the pupil's class teacher, the heads and the secretary") {
  Desk desk;
  const auto found = pupil_with_teacher(desk);
  Browser teacher(desk.port()), head(desk.port()), secretary(desk.port());
  REQUIRE(teacher.sign_in(found.login, kPassword) == "/");
  REQUIRE(head.sign_in(desk.login_of(journal::Role::deputy_head), kPassword) == "/");
  REQUIRE(secretary.sign_in(desk.add_account(journal::Role::secretary), kPassword) == "/");
  CHECK(teacher.get(path_of(found.own))->status == 200);
  CHECK(teacher.get(path_of(found.other))->status == 404);
  for (const auto pupil : {found.own, found.other}) {
    CHECK(head.get(path_of(pupil))->status == 200);
    CHECK(secretary.get(path_of(pupil))->status == 200);
  }
  CHECK(head.get(path_of(1))->status == 404);
}

TEST_CASE("the extract has places for signatures, the date and the stamp") {
  Desk desk;
  const auto found = pupil_with_teacher(desk);
  Browser head(desk.port());
  REQUIRE(head.sign_in(desk.login_of(journal::Role::principal), kPassword) == "/");
  const auto page = head.get(path_of(found.own))->body;
  CHECK_THAT(page, Catch::Contains("Выписка из электронного журнала") && Catch::Contains("М. П.") &&
                       Catch::Contains("Директор") && Catch::Contains("1 четверть"));
}
