#include "hub/api/commands.h"

#include <catch2/catch.hpp>

#include "hub/console/audit_trail.h"
#include "sync/net/private_file.h"
#include "tests/hub/api/caller.h"
#include "tests/sync/net/folder.h"

namespace zimnik::hub::test {

using Catch::Contains;

TEST_CASE("a key is made, listed and ended by command, and each is in the audit trail") {
  SmallRegion region;
  const auto key = new_key(region.hub, kAllScopes);
  CHECK_THAT(key, Catch::StartsWith("zimnik_"));
  const auto list = region.hub.run({"api-key", "list"});
  CHECK_THAT(list, Contains("1\tДневник\tдо ") &&
                       Contains("structure names journal finals oneroster\tне использован\tвсе"));
  CHECK_THAT(list, !Contains(key));
  region.hub.run({"api-key", "end", "1"});
  CHECK_THAT(region.hub.run({"api-key", "list"}), Contains("закрыт "));
  CHECK(region.hub.call({"api-key", "end", "1"}).exit_code != 0);
  CHECK(region.hub.call({"api-key", "end", "9"}).exit_code != 0);
  const auto entries = AuditTrail(region.hub->database()).entries();
  REQUIRE(entries.size() >= 2);
  CHECK(entries[0].what == "api.end");
  CHECK(entries[1].what == "api.add");
  CHECK_THAT(entries[1].detail, Contains("names") && Contains("все школы") && !Contains(key));
}

TEST_CASE("a key for nothing, for nobody, or for too long isn't made") {
  SmallRegion region;
  const auto refused = [&](const std::vector<std::string>& options) {
    std::vector<std::string> all = {"api-key", "add", "Дневник"};
    all.insert(all.end(), options.begin(), options.end());
    return region.hub.call(all).exit_code != 0;
  };
  CHECK(refused({"--all-schools"}));
  CHECK(refused({"--scopes", "structure"}));
  CHECK(refused({"--scopes", "everything", "--all-schools"}));
  CHECK(refused({"--scopes", "structure", "--schools", "Нет такой"}));
  CHECK(refused({"--scopes", "structure", "--schools", region.school, "--all-schools"}));
  CHECK(refused({"--scopes", "structure", "--all-schools", "--days", "401"}));
  CHECK(region.hub.run({"api-key", "list"}).empty());
}

TEST_CASE("a school is exported to a new file, once, and the audit trail says so") {
  SmallRegion region;
  const net::test::Folder folder;
  const auto file = folder.file("school.zip");
  region.hub.run({"export", "--oneroster", region.school, file});
  CHECK(net::read_file(file, 1 << 20).starts_with("PK"));
  CHECK(region.hub.call({"export", "--oneroster", region.school, file}).exit_code != 0);
  CHECK(region.hub.call({"export", "--oneroster", region.school, "school.zip"}).exit_code != 0);
  CHECK(AuditTrail(region.hub->database()).entries({"", "export", {}, {}, 10}).size() == 1);
}

}  // namespace zimnik::hub::test
