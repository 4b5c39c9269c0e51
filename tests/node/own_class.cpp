#include "tests/node/own_class.h"

#include <stdexcept>

#include "schema/read/courses.h"
#include "schema/read/family.h"

namespace zimnik::node::test {

namespace {

std::int64_t pupil_with_guardian(sync::Database& database, std::int64_t school_class,
                                 journal::Date today) {
  for (const auto& pupil : journal::pupils_of_class(database, school_class, today)) {
    if (!journal::guardians_of(database, pupil.id, today).empty()) return pupil.id;
  }
  return 0;
}

}  // namespace

OwnClass own_class(Desk& desk) {
  const auto today = day_of(desk.now);
  return desk.node().journal().read([&](sync::Database& database) -> OwnClass {
    const auto classes = journal::classes_of_year(database, 2025);
    for (const auto& staff : desk.school().staff()) {
      if (staff.role != journal::Role::subject_teacher) continue;
      OwnClass found;
      found.login = staff.login;
      found.brief_name = journal::name_of(database, staff.person).brief();
      int count = 0;
      for (const auto& school_class : classes) {
        const bool is_own = school_class.class_teacher == staff.person;
        const auto pupil = pupil_with_guardian(database, school_class.id, today);
        if (pupil == 0) continue;
        count += is_own ? 1 : 0;
        (is_own ? found.own : found.other) = school_class.id;
        (is_own ? found.pupil : found.foreign) = pupil;
      }
      if (count != 1 || found.other == 0) continue;
      found.guardian = journal::guardians_of(database, found.pupil, today).front().id;
      return found;
    }
    throw std::logic_error("nobody has one class");
  });
}

}  // namespace zimnik::node::test
