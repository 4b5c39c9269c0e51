#include "schema/audit/evidence.h"

#include <catch2/catch.hpp>

#include "schema/audit/row_name.h"
#include "tests/schema/small_school.h"

using namespace zimnik;
using namespace zimnik::journal;
using namespace zimnik::journal::test;
using Catch::Contains;

namespace {

const std::string kKey = "901,2025-09-01,2,21,1,1";

/// A mark that anna entered and boris changed.
Node marked_school() {
  auto node = school_node();
  open(node, kMonday);
  node.save(
      "INSERT INTO mark (course, date, number, pupil, work, attempt, value, weight) VALUES "
      "(901, '2025-09-01', 2, 21, 1, 1, 5, 1)",
      {"anna", 50});
  node.save("UPDATE mark SET value = 2", {"boris", 50});
  return node;
}

Evidence evidence(Node& node, const std::string& key = kKey) {
  const auto& table = table_named("mark");
  return evidence_of(*node, table, parse_key(table, key), node.now);
}

}  // namespace

TEST_CASE("R2: evidence has every value, its author, its state, and what is signed") {
  auto node = marked_school();
  const auto found = evidence(node);
  CHECK(found.about == "7А, Алгебра, 01.09.2025, Иванов Пётр");
  REQUIRE(found.versions.size() == 2);
  const auto& first = found.versions[0];
  CHECK_THAT(first.text, Contains("value 5"));
  CHECK(first.item.origin.author == "anna");
  CHECK(first.item.status == sync::Status::superseded);
  CHECK(first.is_proven);
  CHECK_FALSE(first.received);
  CHECK(found.versions[1].item.origin.author == "boris");
  CHECK(found.can_be_proven());
  CHECK(evidence(node, "901,2025-09-01,2,99,1,1").versions.empty());
}

TEST_CASE("R3: what an act voids stays in the evidence, with the act's name") {
  auto node = marked_school();
  const auto act = [&] {
    const sync::Entry entry{{"head", "principal", 90, "x"}, node.now, {}, node->seen()};
    node->act(entry, sync::VoidAccount{"boris", sync::Time{0}, {}}, "чужой вход");
    return node->acts().at(0).name;
  }();
  const auto found = evidence(node);
  REQUIRE(found.versions.size() == 2);
  CHECK(found.versions[0].item.status == sync::Status::shown);
  CHECK(found.versions[0].void_by.empty());
  CHECK(found.versions[1].item.status == sync::Status::is_void);
  CHECK(found.versions[1].void_by == std::vector{act});
}

TEST_CASE("tables of passwords and codes have secrets, others don't") {
  CHECK(has_secrets(table_named("account")));
  CHECK(has_secrets(table_named("diary_access")));
  CHECK_FALSE(has_secrets(table_named("mark")));
}
