#include "hub/migration.h"

#include <catch2/catch.hpp>
#include <sstream>

#include "hub/commands.h"
#include "schema/tables.h"
#include "tests/sync/net/folder.h"

namespace zimnik::hub::test {

namespace {

/// A hub of two schools that was stopped; the first one's file then says that it is of this
/// version.
struct StoppedHub {
  explicit StoppedHub(const std::string& version) {
    Hub::make(data, "Округ", system_time());
    {
      Hub before(data);
      path = data.replica(before.add_school("Первая").id());
      before.add_school("Вторая");
    }
    copy = sync::back_up_version(path, 1);
    sync::Database::open(path).execute("UPDATE zimnik_meta SET value = CAST('" + version +
                                       "' AS BLOB) WHERE name = 'schema'");
  }
  /// What is told while all are brought up.
  std::vector<std::string> bring_up(Hub& hub) {
    std::vector<std::string> log;
    Migration migration(hub, [&](const std::string& line) { log.push_back(line); });
    migration.wait();
    return log;
  }

  net::test::Folder folder;
  DataFolder data{folder.file("hub")};
  std::string path, copy;
};

}  // namespace

TEST_CASE("a hub brings a school's file of an older version up while it serves") {
  StoppedHub stopped("1");
  Hub hub(stopped.data);
  const auto log = stopped.bring_up(hub);
  REQUIRE(log.size() == 2);
  CHECK_THAT(log[0], Catch::StartsWith("школа «Первая»") && Catch::Contains("с версии 1 до "));
  CHECK_THAT(log[1], Catch::EndsWith(stopped.copy));
  CHECK(sync::Replica::schema_version(stopped.path) == journal::journal_schema().version);
  CHECK(stopped.bring_up(hub).empty());
}

TEST_CASE("a school's file that a newer program has taken on is named, and the region goes on") {
  StoppedHub stopped("99");
  Hub hub(stopped.data);
  const auto log = stopped.bring_up(hub);
  REQUIRE(log.size() == 1);
  CHECK_THAT(log[0], Catch::StartsWith("школа «Первая»") && Catch::Contains("version 99") &&
                         Catch::EndsWith(stopped.copy));
  std::ostringstream out;
  CHECK_THROWS_AS(print_status(hub, out), DoesNotHold);
  CHECK_THAT(out.str(), Catch::Contains("Первая\tне читается: ") && Catch::Contains("version 99") &&
                            Catch::Contains("Вторая\tобмен никогда"));
}

}  // namespace zimnik::hub::test
