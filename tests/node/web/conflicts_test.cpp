#include "node/web/conflicts.h"

#include <algorithm>
#include <catch2/catch.hpp>

#include "tests/node/desk.h"

using namespace zimnik;
using namespace zimnik::node::test;

TEST_CASE("R15: a teacher sees conflicts of the own journals alone, the heads see all") {
  Desk desk;
  const auto teacher = desk.teacher();
  const journal::Date today = node::day_of(kNow);
  // Two writes that saw nothing of what is there: one in the teacher's journal, one in another's.
  const auto write_blindly = [&](const std::string& kind, const std::string& where) {
    desk.node().journal().write([&](sync::Replica& replica) {
      const sync::Entry blind{{"x", "subject_teacher", 20, "x"}, kNow, {}, {}};
      replica.write(blind, [&](sync::Command& command) {
        command.database().execute("UPDATE lesson SET kind = '" + kind +
                                   "' WHERE (course, date, number) = (SELECT course, date, "
                                   "number FROM lesson WHERE " +
                                   where + " LIMIT 1)");
      });
    });
  };
  const auto conflict = [&](const std::string& where) {
    write_blindly("one", where);
    write_blindly("other", where);
  };
  const auto course = std::to_string(teacher.course);
  conflict("course = " + course);
  conflict("course NOT IN (SELECT id FROM course WHERE teacher = " +
           std::to_string(teacher.person) + ") AND teacher != " + std::to_string(teacher.person));
  const auto seen_by = [&](const node::Visitor& visitor) {
    return desk.node().journal().read(
        [&](sync::Database& database) { return node::review_items_for(database, visitor, today); });
  };
  const auto all = seen_by({"head", 0, {}, {{journal::Role::principal, ""}}});
  const auto own = seen_by({teacher.login, teacher.person, {}, {}});
  const auto nobody = seen_by({"guardian", 1, {}, {{journal::Role::guardian, ""}}});
  CHECK(all.size() > own.size());
  CHECK(own.size() >= 1);
  CHECK(std::any_of(own.begin(), own.end(),
                    [&](const auto& item) { return item.lesson->course == teacher.course; }));
  CHECK(nobody.empty());
}
