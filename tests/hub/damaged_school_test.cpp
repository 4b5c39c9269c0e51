// A school whose database is damaged is that school's trouble: the region goes on.
#include <catch2/catch.hpp>
#include <fstream>
#include <sstream>

#include "hub/commands.h"
#include "hub/web/family.h"
#include "tests/sync/net/folder.h"

namespace zimnik::hub::test {
namespace {

/// A hub of two schools, which was stopped; then one's file was overwritten.
struct DamagedRegion {
  net::test::Folder folder;
  DataFolder data{folder.file("hub")};
  sync::SchoolId damaged;
  std::unique_ptr<Hub> hub;

  DamagedRegion() {
    Hub::make(data, "Округ", system_time());
    {
      Hub before(data);
      damaged = before.add_school("Первая").id();
      before.add_school("Вторая");
    }
    std::fstream file(data.replica(damaged), std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(4096);
    file << std::string(64 * 1024, '#');
    file.close();
    hub = std::make_unique<Hub>(data);
  }
};

TEST_CASE_METHOD(DamagedRegion, "codes are looked for in the other schools") {
  CHECK_FALSE(link_of_code(*hub, hash_of_code("some code")));
}

TEST_CASE_METHOD(DamagedRegion, "a parent is told which school is silent, and reads the others") {
  const GuardianLink link{damaged, 31, hash_of_code("some code")};
  REQUIRE(hub->families().open_account("mama", "verifier", link, hub->now()) ==
          FamilyStore::Activated::done);
  const auto family = family_of(*hub, hub->families().account_of("mama").value().id);
  CHECK(family.children.empty());
  CHECK(family.silent == std::vector<std::string>{"Первая"});
}

TEST_CASE_METHOD(DamagedRegion, "status names it, and tells of the others") {
  std::ostringstream out;
  CHECK_THROWS_AS(print_status(*hub, out), DoesNotHold);
  CHECK_THAT(out.str(),
             Catch::Contains("Первая\tне читается: ") && Catch::Contains("Вторая\tобмен никогда"));
}

TEST_CASE_METHOD(DamagedRegion, "what is wrong with it is told each time, not that it is open") {
  auto& school = *hub->find(damaged);
  for (int i = 0; i < 2; ++i) CHECK_THROWS_WITH(school.lock(), Catch::Contains("malformed"));
}

}  // namespace
}  // namespace zimnik::hub::test
