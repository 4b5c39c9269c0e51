#include "schema/read/class_guardians.h"

#include <catch2/catch.hpp>

#include "schema/commands/family.h"
#include "tests/schema/small_school.h"

namespace zimnik::journal {
namespace {

using namespace journal::test;

TEST_CASE("a guardian of two children in a class is named once, with both") {
  auto node = school_node();
  node.save([](sync::Command& run) {
    add_guardian(run, kMother, kIvanov, "мать");
    add_guardian(run, kMother, kPetrova, "опекун");
  });
  const auto guardians = guardians_of_class(node->database(), kClassA, day("2025-09-04"));
  REQUIRE(guardians.size() == 1);
  CHECK(guardians[0].guardian.id == kMother);
  CHECK(guardians[0].guardian.relation == "мать");
  CHECK(guardians[0].children.size() == 2);
  CHECK(guardians_of_class(node->database(), kClassB, day("2025-09-04")).empty());
}

}  // namespace
}  // namespace zimnik::journal
