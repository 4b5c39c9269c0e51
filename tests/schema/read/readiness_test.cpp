#include "schema/read/readiness.h"

#include <catch2/catch.hpp>

#include "tests/schema/small_school.h"

namespace zimnik::journal {
namespace {

using namespace journal::test;

ReadinessCheck check_of(Node& node, Readiness matter, int year = kYear) {
  return readiness(node->database(), year, day("2025-09-05")).at(static_cast<std::size_t>(matter));
}

using Names = std::vector<std::string>;

TEST_CASE("R16: what the year's structure lacks is listed by name") {
  auto node = school_node();
  CHECK(readiness_due(kYear) == day("2025-09-05"));
  CHECK(check_of(node, Readiness::classes).is_ready());
  CHECK(check_of(node, Readiness::class_teachers).missing == Names{"7Б"});
  CHECK(check_of(node, Readiness::class_pupils).missing == Names{"7Б"});
  CHECK(check_of(node, Readiness::periods).is_ready());
  CHECK(check_of(node, Readiness::bells).is_ready());
  CHECK(check_of(node, Readiness::group_pupils).is_ready());
  CHECK(check_of(node, Readiness::teachers).is_ready());
  CHECK(check_of(node, Readiness::timetables).is_ready());
  CHECK(check_of(node, Readiness::lesson_plans).missing == Names{"7А, Алгебра", "7Б, Алгебра"});
  CHECK(check_of(node, Readiness::loads).missing.size() == 2);
  CHECK(check_of(node, Readiness::curriculum).missing.size() == 2);
}

TEST_CASE("what is entered leaves the list, what is taken away comes onto it") {
  auto node = school_node();
  node.save("INSERT INTO lesson_plan (course, position, hours) VALUES (901, 1, 4)");
  node.save("UPDATE course SET hours = 102, teacher = NULL WHERE id = 901");
  node.save("INSERT INTO curriculum (school_class, subject, hours) VALUES (701, 801, 102)");
  node.save("DELETE FROM timetable WHERE course = 902");
  node.save("INSERT INTO study_group (id, name, kind, school_class) VALUES (61, '1', 'x', 701)");
  node.save(
      "INSERT INTO course (id, subject, school_class, study_group) VALUES (921, 801, 701, 61)");
  CHECK(check_of(node, Readiness::lesson_plans).missing.size() == 2);
  CHECK(check_of(node, Readiness::loads).missing == Names{"7А, Алгебра (1)", "7Б, Алгебра"});
  CHECK(check_of(node, Readiness::curriculum).missing == Names{"7Б"});
  CHECK(check_of(node, Readiness::teachers).missing == Names{"7А, Алгебра", "7А, Алгебра (1)"});
  CHECK(check_of(node, Readiness::timetables).missing == Names{"7А, Алгебра (1)", "7Б, Алгебра"});
  CHECK(check_of(node, Readiness::group_pupils).missing == Names{"7А, Алгебра (1)"});
}

TEST_CASE("a year without classes is ready in nothing") {
  auto node = school_node();
  for (const auto& check : readiness(node->database(), kYear + 1, day("2026-09-05"))) {
    CHECK_FALSE(check.is_ready());
  }
}

}  // namespace
}  // namespace zimnik::journal
