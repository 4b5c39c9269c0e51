#include "sync/store/file_version.h"

#include <catch2/catch.hpp>
#include <filesystem>

#include "sync/store/automatic_backup.h"
#include "tests/sync/store/town.h"

using namespace zimnik::sync;
using namespace zimnik::sync::test;

namespace {

constexpr const char* kSteps[] = {
    "CREATE TABLE IF NOT EXISTS one (x); INSERT INTO one VALUES (1)",
    "ALTER TABLE one ADD COLUMN y",
    "CREATE TABLE two (z)",
    "CREATE TABLE three (z)",
    "CREATE TABLE four (z)",
};

std::span<const char* const> steps(std::size_t count) { return std::span(kSteps).first(count); }

void open_as(const std::string& path, std::size_t version) {
  auto database = Database::open(path);
  bring_up(database, path, steps(version));
}

std::string tables(const std::string& path) {
  auto database = Database::open_read_only(path);
  auto query = database.prepare("SELECT group_concat(sql, '; ') FROM sqlite_master");
  query.step();
  return std::string(query.text(0));
}

std::vector<std::uint32_t> versions_kept(const std::string& path) {
  std::vector<std::uint32_t> versions;
  for (const auto& backup : automatic_backups(path)) versions.push_back(backup.version);
  return versions;
}

using Versions = std::vector<std::uint32_t>;

}  // namespace

TEST_CASE("a file is brought up step by step, each step once") {
  const TemporaryDirectory directory;
  const auto path = directory.file("small.db");
  open_as(path, 1);
  CHECK(tables(path) == "CREATE TABLE one (x)");
  CHECK(versions_kept(path).empty());
  open_as(path, 3);
  open_as(path, 3);
  CHECK(tables(path) == "CREATE TABLE one (x, y); CREATE TABLE two (z)");
  CHECK(versions_kept(path) == Versions{1});
  CHECK(tables(automatic_backups(path)[0].path) == "CREATE TABLE one (x)");
}

TEST_CASE("a file from before versions were kept gets what is missing") {
  const TemporaryDirectory directory;
  const auto path = directory.file("small.db");
  Database::open(path).execute("CREATE TABLE one (x)");
  open_as(path, 2);
  CHECK(tables(path) == "CREATE TABLE one (x, y)");
}

TEST_CASE("an older program is refused, told both versions and the copy that it can open") {
  const TemporaryDirectory directory;
  const auto path = directory.file("small.db");
  open_as(path, 1);
  open_as(path, 2);
  open_as(path, 4);
  const auto before = tables(path);
  const auto refused = [&](std::size_t version, const std::string& copy) {
    CHECK_THROWS_WITH(open_as(path, version),
                      Catch::Contains("up to version 4") &&
                          Catch::Contains("this one knows " + std::to_string(version)) &&
                          Catch::EndsWith(copy));
  };
  refused(3, "is " + path + ".version-2");
  refused(2, "is " + path + ".version-2");
  refused(1, "is " + path + ".version-1");
  std::filesystem::remove(path + ".version-1");
  refused(1, "no copy of it from before the migration lies beside it");
  CHECK(tables(path) == before);
  // The copy is a file that this program opens.
  std::filesystem::rename(path + ".version-2", path);
  open_as(path, 2);
}

TEST_CASE("a step that fails leaves the file as it was") {
  const TemporaryDirectory directory;
  const auto path = directory.file("small.db");
  open_as(path, 1);
  constexpr const char* kBroken[] = {kSteps[0], kSteps[1], "CREATE TABLE no such thing"};
  {
    auto database = Database::open(path);
    CHECK_THROWS_AS(bring_up(database, path, kBroken), DatabaseError);
  }
  CHECK(tables(path) == "CREATE TABLE one (x)");
  open_as(path, 3);
  CHECK(tables(path) == "CREATE TABLE one (x, y); CREATE TABLE two (z)");
}

TEST_CASE("of the copies made by itself the last few are kept") {
  const TemporaryDirectory directory;
  const auto path = directory.file("small.db");
  for (std::size_t version = 1; version <= 5; ++version) open_as(path, version);
  CHECK(versions_kept(path) == Versions{2, 3, 4});
  // The one that was just made stays, whatever its version.
  std::filesystem::rename(path + ".version-2", path);
  std::filesystem::copy_file(path + ".version-4", path + ".version-5");
  open_as(path, 5);
  CHECK(versions_kept(path) == Versions{2, 4, 5});
}

TEST_CASE("other files aren't taken for copies") {
  const TemporaryDirectory directory;
  const auto path = directory.file("small.db");
  for (const char* end : {".version-", ".version-1.new", ".version-x", "x.version-1"}) {
    Database::open(path + end).execute("CREATE TABLE one (x)");
  }
  CHECK(versions_kept(path).empty());
}

TEST_CASE("a migration that the disk has no room for isn't begun") {
  constexpr std::uint64_t kMegabyte = 1 << 20;
  CHECK_THROWS_WITH(require_room("a.db", 100 * kMegabyte, 150 * kMegabyte),
                    "a.db: to bring it up to this version takes 217 MB of free disk, "
                    "there are 151 MB");
  CHECK_NOTHROW(require_room("a.db", 100 * kMegabyte, 216 * kMegabyte));
}
