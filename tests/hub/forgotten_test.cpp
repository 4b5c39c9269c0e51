// Who was forgotten in a school has no account at the hub, and backups that hold the person are
// named.
#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <sstream>

#include "hub/backup.h"
#include "hub/kept_copies.h"
#include "hub/migration.h"
#include "hub/restore.h"
#include "schema/commands/act.h"
#include "sync/net/private_file.h"
#include "sync/store/automatic_backup.h"
#include "sync/store/database_copy.h"
#include "sync/web/one_time_code.h"
#include "tests/hub/small_school.h"

namespace zimnik::hub::test {
namespace {

namespace files = std::filesystem;
using Catch::Contains;
using End = net::ExchangeReport::End;

constexpr const char *kLogin = "single-mother-31", *kPassphrase = "correct horse battery";
const std::string kToBeDestroyed = "должны быть уничтожены: ";

void forget(SchoolSite& site, std::int64_t person) {
  auto& replica = site.replica();
  journal::write_act(
      replica, {{"director", "principal", sync::rank::kPrincipal, "node"}, system_time(), {}, {}},
      sync::Forget{person}, "Срок прошёл");
}

GuardianLink link_of(Hub& hub, std::int64_t guardian, const char* code) {
  return {hub.schools().front()->id(), guardian, web::hash_of_code(code)};
}

bool open_account(Hub& hub, const std::string& login, const GuardianLink& link) {
  return hub.families().open_account(login, "verifier", link, hub.now()) ==
         FamilyStore::Activated::done;
}

bool has_account(Hub& hub) { return hub.families().account_of(kLogin).has_value(); }

/// Whether a file of the folder holds the login.
bool lies_in(const DataFolder& data) {
  for (const auto& entry : files::recursive_directory_iterator(data.path)) {
    if (entry.is_regular_file() &&
        net::read_file(entry.path(), 1 << 28).find(kLogin) != std::string::npos) {
      return true;
    }
  }
  return false;
}

/// All schools are opened, as at a start of serve.
void start(Hub& hub) {
  Migration opening(hub, [](const std::string& line) { FAIL_CHECK(line); });
  opening.wait();
}

/// A region in which a guardian has an account, and its backup from then.
struct Region : SmallRegion {
  net::test::Folder folder;
  std::string copy = folder.file("copy");

  Region() {
    REQUIRE(open_account(*hub, kLogin, link_of(*hub, kMother, kMotherCode)));
    hub.run({"backup", copy});
  }
  void forget_mother() {
    forget(site, kMother);
    REQUIRE(site.exchange().end == End::in_step);
  }
  /// The hub's folder, but for hub.db, which is the backup's: a disk that was put back in part.
  DataFolder put_back(const std::string& path) {
    const DataFolder data{path};
    files::create_directories(data.schools());
    for (const auto& file : {hub.data().authority(), hub.data().site_key()}) {
      files::copy(file, path);
    }
    const auto id = hub->schools().front()->id();
    sync::copy_database(hub.data().replica(id), data.replica(id));
    sync::copy_database(hub.data().keys(id), data.keys(id));
    sync::copy_database(copy + "/hub.db", data.database());
    return data;
  }
};

}  // namespace

TEST_CASE_METHOD(Region,
                 "the account of who was forgotten goes with the act, and leaves no bytes") {
  CHECK(lies_in(hub.data()));
  forget_mother();
  CHECK_FALSE(has_account(*hub));
  CHECK_FALSE(lies_in(hub.data()));
  CHECK_FALSE(open_account(*hub, kLogin, link_of(*hub, kMother, "a code of hers")));
  CHECK(open_account(*hub, "father", link_of(*hub, kFather, kFatherCode)));
}

TEST_CASE_METHOD(Region, "a database that was put back has no such account after the start") {
  forget_mother();
  const auto data = put_back(folder.file("put back"));
  CHECK(lies_in(data));
  Hub again(data);
  CHECK(has_account(again));
  start(again);
  CHECK_FALSE(has_account(again));
  CHECK_FALSE(lies_in(data));
}

TEST_CASE_METHOD(Region, "a restored hub has no such account once it hears of the act") {
  std::ostringstream out;
  back_up_authority(hub.data(), folder.file("authority"), kPassphrase, out);
  forget_mother();
  RunningHub restored([&](const DataFolder& data) {
    restore(data, {copy, folder.file("authority"), ""}, kPassphrase, system_time(), out);
  });
  CHECK(has_account(*restored));
  CHECK_THAT(restored.run({"status"}), !Contains(kToBeDestroyed));
  site.follow(restored.sync_url());
  REQUIRE(site.exchange().end == End::in_step);
  CHECK_FALSE(has_account(*restored));
  CHECK_FALSE(lies_in(restored.data()));
  CHECK_THAT(restored.run({"status"}), Contains(kToBeDestroyed + copy));
}

TEST_CASE_METHOD(Region, "backups from before are named while they are there, later ones never") {
  const auto status = [&] { return hub.run({"status"}); };
  CHECK_THAT(status(), !Contains(kToBeDestroyed));
  forget_mother();
  CHECK_THAT(status(), Contains(kToBeDestroyed + copy));
  const auto later = folder.file("later");
  hub.run({"backup", later});
  CHECK_THAT(status(), Contains(kToBeDestroyed + copy) && !Contains(kToBeDestroyed + later));
  files::remove_all(copy);
  CHECK_THAT(status(), !Contains(kToBeDestroyed) && Contains("нет на месте: 1, последняя " + copy));
  CHECK_THAT(hub.run({"backup", "--gone"}), Contains("больше не числится: " + copy));
  CHECK_THAT(status(), !Contains("нет на месте"));
  forget(site, kFather);
  REQUIRE(site.exchange().end == End::in_step);
  CHECK_THAT(status(), Contains(kToBeDestroyed + later));
}

TEST_CASE_METHOD(Region, "a backup that fails is in no register") {
  CHECK_THROWS(hub.run({"backup", folder.file("none") + "/copy"}));
  forget_mother();
  CHECK_THAT(hub.run({"status"}), !Contains("нет на месте"));
}

TEST_CASE_METHOD(Region, "automatic copies of each kind are named likewise") {
  const auto id = hub->schools().front()->id();
  const auto& data = hub.data();
  std::vector<std::string> copies;
  for (const auto& path : {data.database(), data.replica(id), data.keys(id)}) {
    copies.push_back(sync::back_up_version(path, 1));
  }
  CHECK(copies_with_forgotten(*hub).here.empty());
  forget_mother();
  const auto named = copies_with_forgotten(*hub).here;
  for (const auto& it : copies) CHECK(std::count(named.begin(), named.end(), it) == 1);
  for (const auto& path : {data.database(), data.replica(id), data.keys(id)}) {
    sync::back_up_version(path, 1);
  }
  CHECK(copies_with_forgotten(*hub).here == std::vector{copy});
}

}  // namespace zimnik::hub::test
