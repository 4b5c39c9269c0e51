#include "hub/backup.h"

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <functional>
#include <set>
#include <sstream>

#include "hub/backup_manifest.h"
#include "sync/net/private_file.h"
#include "tests/hub/region.h"
#include "tests/sync/net/folder.h"

namespace zimnik::hub::test {
namespace {

namespace files = std::filesystem;

struct Region {
  net::test::Folder folder;
  RunningHub hub;
  std::string school = hub.run({"school", "add", "Первая"});
  SchoolSite site{hub.sync_url(), hub.run({"token", "Первая"}), "Узел"};
  std::string target = folder.file("copy");

  void write(const std::string& title) {
    site.write([&](sync::Command& command) {
      command.database().execute(
          "INSERT INTO subject (id, name) VALUES (abs(random()) % 1000000, '" + title + "')");
    });
    REQUIRE(site.exchange().end == net::ExchangeReport::End::in_step);
  }
  std::string replica() const { return target + "/schools/" + school + ".db"; }
};

std::int64_t subjects(const std::string& path) {
  auto database = sync::Database::open_read_only(path);
  auto query = database.prepare("SELECT count(*) FROM subject");
  query.step();
  return query.integer(0);
}

bool is_private(const std::string& path) {
  const auto others = files::perms::group_all | files::perms::others_all;
  return (files::status(path).permissions() & others) == files::perms::none;
}

}  // namespace

TEST_CASE_METHOD(Region, "a backup of a hub that serves has what its schools had then") {
  write("Алгебра");
  CHECK_THAT(hub.run({"backup", target}), Catch::Contains("копия готова, школ: 1"));
  write("Физика");
  CHECK(subjects(replica()) == 1);
  const auto manifest = BackupManifest::load(target);
  CHECK_NOTHROW(manifest.check(target));
  CHECK(manifest.region == "Югра");
  CHECK(manifest.site == hub->self().id());
  CHECK(manifest.authority == hub->authority().fingerprint());
}

TEST_CASE_METHOD(Region,
                 "a backup is its owner's, one file for each database, and has no site's keys") {
  write("Алгебра");
  hub.run({"backup", target});
  std::set<std::string> names;
  for (const auto& entry : files::recursive_directory_iterator(target)) {
    CHECK(is_private(entry.path()));
    if (entry.is_regular_file()) names.insert(entry.path().lexically_relative(target));
  }
  CHECK(names == std::set<std::string>{"hub.db", "manifest.json", "schools/" + school + ".db",
                                       "schools/" + school + ".keys.db"});
}

TEST_CASE_METHOD(Region,
                 "a backup takes no other's place, and a path that isn't whole is refused") {
  hub.run({"backup", target});
  CHECK_THROWS_WITH(hub.run({"backup", target}), Catch::Contains("там уже что-то есть"));
  CHECK_THROWS_WITH(hub.run({"backup", "copy"}), Catch::Contains("нужен полный путь"));
}

TEST_CASE_METHOD(Region, "a backup that can't be made leaves nothing") {
  CHECK_THROWS(hub.run({"backup", folder.file("absent") + "/copy"}));
  CHECK(files::is_empty(files::path(target).parent_path()));
}

TEST_CASE_METHOD(Region, "a file of a backup that changed, or is missing, is named") {
  hub.run({"backup", target});
  const auto manifest = BackupManifest::load(target);
  std::fstream(replica(), std::ios::in | std::ios::out | std::ios::binary).seekp(5000) << "#";
  CHECK_THROWS_WITH(manifest.check(target),
                    Catch::Contains(replica() + ": файл не тот, что был в копии"));
  files::remove(replica());
  CHECK_THROWS_WITH(manifest.check(target),
                    Catch::Contains(replica() + ": в копии нет этого файла"));
}

TEST_CASE_METHOD(Region, "a manifest that leads out of its folder, or isn't one, is refused") {
  hub.run({"backup", target});
  const auto path = target + "/manifest.json";
  auto text = net::read_file(path, 1 << 20);
  text.replace(text.find("hub.db"), 6, "../../x");
  net::write_private_file(path, text);
  CHECK_THROWS_WITH(BackupManifest::load(target), Catch::Contains("outside of the backup"));
  net::write_private_file(path, "{}");
  CHECK_THROWS_WITH(BackupManifest::load(target), Catch::StartsWith(path));
  files::remove(path);
  CHECK_THROWS_WITH(BackupManifest::load(target), Catch::Contains("здесь нет копии"));
}

TEST_CASE_METHOD(Region, "a manifest that no hub has written is refused") {
  hub.run({"backup", target});
  auto manifest = BackupManifest::load(target);
  const auto refuses = [&](const std::function<void(BackupManifest&)>& change,
                           const std::string& why) {
    auto changed = manifest;
    change(changed);
    changed.save(target);
    CHECK_THROWS_WITH(BackupManifest::load(target), Catch::Contains(why));
  };
  REQUIRE(manifest.files.size() == 3);
  refuses([](BackupManifest& it) { it.files.clear(); }, "нет hub.db");
  refuses([](BackupManifest& it) { it.files.erase(it.files.begin()); }, "нет hub.db");
  refuses([](BackupManifest& it) { it.files.pop_back(); }, "нет schools/" + school + ".keys.db");
  refuses([](BackupManifest& it) { it.files.erase(it.files.begin() + 1); },
          "нет schools/" + school + ".db");
  refuses([](BackupManifest& it) { it.site = {}; }, "узел");
  refuses([](BackupManifest& it) { it.made = {-1}; }, "время");
  refuses([](BackupManifest& it) { it.made = {std::int64_t{1} << 62}; }, "время");
  manifest.save(target);
  CHECK_NOTHROW(BackupManifest::load(target));
}

TEST_CASE("a school that can't be read is left out of a backup, and named") {
  const net::test::Folder folder;
  const DataFolder data{folder.file("hub")};
  const auto target = folder.file("copy");
  Hub::make(data, "Округ", system_time());
  std::string damaged, whole;
  {
    Hub before(data);
    damaged = before.add_school("Первая").id().hex();
    whole = before.add_school("Вторая").id().hex();
  }
  std::fstream file(data.schools() + "/" + damaged + ".db",
                    std::ios::in | std::ios::out | std::ios::binary);
  file.seekp(4096) << std::string(64 * 1024, '#');
  file.close();
  Hub hub(data);
  std::ostringstream out;
  CHECK_THROWS_WITH(back_up(hub, target, out),
                    Catch::Contains("копия сделана, но без школ: Первая: "));
  CHECK_NOTHROW(BackupManifest::load(target).check(target));
  CHECK(files::exists(target + "/schools/" + whole + ".db"));
}

TEST_CASE("the authority is backed up apart, under a passphrase") {
  const net::test::Folder folder;
  const DataFolder data{folder.file("hub")};
  Hub::make(data, "Округ", system_time());
  const auto target = folder.file("authority");
  std::ostringstream out;
  CHECK_THROWS_WITH(back_up_authority(data, target, "too short", out),
                    Catch::Contains("не короче 12 байт"));
  CHECK_FALSE(files::exists(target));
  back_up_authority(data, target, "correct horse battery", out);
  CHECK(is_private(target));
  const auto opened =
      net::CertificateAuthority::unsealed(net::read_file(target, 1 << 16), "correct horse battery");
  CHECK(opened.fingerprint() == net::CertificateAuthority::load(data.authority()).fingerprint());
  CHECK_THROWS_WITH(back_up_authority(data, target, "correct horse battery", out),
                    Catch::Contains("там уже что-то есть"));
}

}  // namespace zimnik::hub::test
