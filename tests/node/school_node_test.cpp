#include "node/school_node.h"

#include <catch2/catch.hpp>

#include "schema/tables.h"
#include "sync/store/automatic_backup.h"
#include "tests/node/desk.h"

namespace zimnik::node::test {
namespace {

void set_schema(const DataFolder& folder, std::uint32_t version) {
  auto file = sync::Database::open(folder.journal());
  file.execute("UPDATE zimnik_meta SET value = CAST('" + std::to_string(version) +
               "' AS BLOB) WHERE name = 'schema'");
}

}  // namespace

TEST_CASE("a journal that a newer program has taken on is refused, and the older copy named") {
  const EnrolledFolder enrolled;
  const auto& folder = enrolled.folder();
  const auto version = journal::journal_schema().version;
  std::vector<std::string> said;
  const auto say = [&](const std::string& line) { said.push_back(line); };
  { SchoolNode node(folder, say); }
  const auto copy = sync::back_up_version(folder.journal(), version);
  set_schema(folder, version + 1);
  CHECK_THROWS_AS(SchoolNode(folder, say), sync::FileIsNewer);
  CHECK_THROWS_WITH(
      SchoolNode(folder, say),
      Catch::Contains("up to version " + std::to_string(version + 1)) && Catch::EndsWith(copy));
  CHECK(said.empty());
  set_schema(folder, version);
  SchoolNode node(folder, say);
}

TEST_CASE("a journal of an older version is brought up, and the technician is told") {
  const EnrolledFolder enrolled;
  const auto& folder = enrolled.folder();
  { SchoolNode node(folder); }
  set_schema(folder, 1);
  std::vector<std::string> said;
  SchoolNode node(folder, [&](const std::string& line) { said.push_back(line); });
  const auto backups = sync::automatic_backups(folder.journal());
  REQUIRE(backups.size() == 1);
  CHECK(backups[0].version == 1);
  REQUIRE(said.size() == 2);
  CHECK_THAT(said[0],
             Catch::Contains("с версии 1 до " + std::to_string(journal::journal_schema().version)));
  CHECK_THAT(said[1], Catch::EndsWith(backups[0].path));
  CHECK(sync::Replica::schema_version(folder.journal()) == journal::journal_schema().version);
}

}  // namespace zimnik::node::test
