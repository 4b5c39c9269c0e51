#include "hub/migration.h"

#include <catch2/catch.hpp>
#include <mutex>
#include <sstream>

#include "hub/commands.h"
#include "tests/sync/net/folder.h"

namespace zimnik::hub::test {

TEST_CASE("a school's file that a newer program has taken on is named, and the region goes on") {
  const net::test::Folder folder;
  const DataFolder data{folder.file("hub")};
  Hub::make(data, "Округ", system_time());
  std::string path;
  {
    Hub before(data);
    path = data.replica(before.add_school("Первая").id());
    before.add_school("Вторая");
  }
  const auto copy = sync::back_up_version(path, 1);
  sync::Database::open(path).execute(
      "UPDATE zimnik_meta SET value = CAST('99' AS BLOB) WHERE name = 'schema'");
  Hub hub(data);
  std::mutex mutex;
  std::vector<std::string> log;
  {
    Migration migration(hub, [&](const std::string& line) {
      const std::lock_guard lock(mutex);
      log.push_back(line);
    });
    migration.wait();
  }
  REQUIRE(log.size() == 1);
  CHECK_THAT(log[0], Catch::StartsWith("школа «Первая»") && Catch::Contains("version 99") &&
                         Catch::EndsWith(copy));
  std::ostringstream out;
  print_status(hub, out);
  CHECK_THAT(out.str(), Catch::Contains("Первая\tне читается: ") && Catch::Contains("version 99") &&
                            Catch::Contains("Вторая\tобмен никогда"));
}

}  // namespace zimnik::hub::test
