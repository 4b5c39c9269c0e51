// Whose journal may go to other systems. What families read themselves is tested with
// commands/family.h and at the hub.
#include "schema/read/family.h"

#include <catch2/catch.hpp>

#include "schema/commands/family.h"
#include "schema/commands/person.h"
#include "schema/words.h"
#include "tests/schema/small_school.h"

namespace zimnik::journal::test {
namespace {

constexpr std::int64_t kFather = 32, kGrown = 33;

void agree(Node& node, std::int64_t person, Agreement agreement) {
  node.save([&](sync::Command& run) {
    record_consent(run, person, kElectronicDiary, agreement, "заявление", day("2025-09-01"));
  });
}

bool may_go(Node& node, std::int64_t pupil) {
  return may_go_to_other_systems(node->database(), pupil, day("2025-09-10"));
}

}  // namespace

TEST_CASE("a pupil's journal goes to other systems where a guardian agreed and nobody refused") {
  auto node = school_node();
  node.save([](sync::Command& run) {
    add_person(run, kFather, PersonKind::guardian, {"Иванов", "Олег", ""});
    add_guardian(run, kFather, kIvanov, "отец");
  });
  CHECK_FALSE(may_go(node, kIvanov));
  agree(node, kMother, Agreement::granted);
  CHECK(may_go(node, kIvanov));
  agree(node, kFather, Agreement::refused);
  CHECK_FALSE(may_go(node, kIvanov));
  agree(node, kFather, Agreement::granted);
  CHECK(may_go(node, kIvanov));
  agree(node, kIvanov, Agreement::refused);
  CHECK_FALSE(may_go(node, kIvanov));
  CHECK_FALSE(may_go(node, kPetrova));  // without guardians nobody has agreed
}

TEST_CASE("a pupil of age alone decides on other systems") {
  auto node = school_node();
  node.save([](sync::Command& run) {
    add_person(run, kGrown, PersonKind::pupil, {"Юмин", "Лев", ""}, day("2007-09-10"));
    add_guardian(run, kMother, kGrown, "мать");
  });
  agree(node, kMother, Agreement::granted);
  CHECK_FALSE(may_go(node, kGrown));
  CHECK(may_go_to_other_systems(node->database(), kGrown, day("2025-09-09")));
  agree(node, kGrown, Agreement::granted);
  CHECK(may_go(node, kGrown));
  agree(node, kMother, Agreement::refused);
  CHECK(may_go(node, kGrown));
}

}  // namespace zimnik::journal::test
