// A school whose database is damaged is that school's trouble: the region goes on.
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "hub/backup.h"
#include "hub/commands.h"
#include "hub/family.h"
#include "sync/web/one_time_code.h"
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
  CHECK_FALSE(link_of_code(*hub, web::hash_of_code("some code")));
}

TEST_CASE_METHOD(DamagedRegion, "a parent is told which school is silent, and reads the others") {
  const GuardianLink link{damaged, 31, web::hash_of_code("some code")};
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

/// A hub of two schools that was stopped.
struct StoppedRegion {
  net::test::Folder folder;
  DataFolder data{folder.file("hub")};
  sync::SchoolId lost;

  StoppedRegion() {
    Hub::make(data, "Округ", system_time());
    Hub before(data);
    lost = before.add_school("Первая").id();
    before.add_school("Вторая");
  }
};

void lose(const std::string& path, bool is_emptied) {
  for (const char* end : {"-wal", "-shm"}) std::filesystem::remove(path + end);
  std::filesystem::remove(path);
  if (is_emptied) std::ofstream(path).close();
}

TEST_CASE_METHOD(StoppedRegion, "a school's file that is lost isn't made anew, and is named") {
  const auto path = GENERATE(true, false) ? data.replica(lost) : data.keys(lost);
  const auto is_emptied = GENERATE(false, true);
  lose(path, is_emptied);
  Hub hub(data);
  std::ostringstream out;
  CHECK_THROWS_AS(print_status(hub, out), DoesNotHold);
  CHECK_THAT(out.str(), Catch::Contains("Первая\tне читается: " + path) &&
                            Catch::Contains("Вторая\tобмен никогда"));
  CHECK_THROWS_AS(verify(hub, "", out), DoesNotHold);
  CHECK_THAT(out.str(), Catch::Contains("Вторая\tвсё сходится"));
  CHECK_THROWS_WITH(back_up(hub, folder.file("copy"), out),
                    Catch::Contains("без школ: Первая: " + path));
  CHECK_THROWS_WITH(hub.find(lost)->read([](sync::Database&) {}), Catch::StartsWith(path));
  CHECK_THROWS_WITH(hub.find(lost)->bring_up({}), Catch::Contains("zimnik-hub restore"));
  CHECK(std::filesystem::exists(path) == is_emptied);
}

TEST_CASE_METHOD(StoppedRegion,
                 "a hub that lacks a file of its own doesn't start, nor is it made") {
  const std::string paths[] = {data.database(), data.authority(), data.site_key()};
  const auto path = paths[GENERATE(0, 1, 2)];
  const auto is_emptied = GENERATE(false, true);
  lose(path, is_emptied);
  const auto named = Catch::Contains(std::filesystem::path(path).filename().string());
  CHECK_THROWS_WITH(Hub(data), named);
  CHECK_THROWS_WITH(Hub::make(data, "Округ", system_time()), named);
  CHECK(std::filesystem::exists(path) == is_emptied);
}

TEST_CASE_METHOD(StoppedRegion, "in a folder that has something of a hub none is made") {
  for (const auto& path : {data.database(), data.authority(), data.site_key()}) lose(path, false);
  CHECK_THROWS_WITH(Hub::make(data, "Округ", system_time()),
                    Catch::Contains("authority.pem, site.key, hub.db"));
  std::filesystem::remove_all(data.schools());
  CHECK_NOTHROW(Hub::make(data, "Округ", system_time()));
}

}  // namespace
}  // namespace zimnik::hub::test
