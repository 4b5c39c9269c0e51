// A file that is opened with a newer schema: what it costs, what stays, and the way back.
#include <catch2/catch.hpp>
#include <filesystem>

#include "tests/sync/store/generations.h"

using namespace zimnik::sync;
using namespace zimnik::sync::test;

namespace {

namespace files = std::filesystem;

constexpr int kMarks = 500;

/// A file of the first version with marks in it.
void make_old(const std::string& path) {
  Node node("a", of_generation(1, path));
  node->batch([&] {
    for (int pupil = 1; pupil <= kMarks; ++pupil) {
      node.save("INSERT INTO mark (lesson, pupil, maker, value) VALUES (1, " +
                std::to_string(pupil) + ", 'ann', 5)");
    }
  });
  node.save("INSERT INTO minutes (id, body) VALUES (1, 'met')");
}

/// Opens with this version, and gives what was told of it.
std::vector<Migration> open_as(std::uint32_t version, const std::string& path,
                               const MigrationTold& also = {}) {
  std::vector<Migration> told;
  auto setup = of_generation(version, path);
  setup.tell = [&](const Migration& migration) {
    told.push_back(migration);
    if (also) also(migration);
  };
  const Node node("a", setup);
  return told;
}

struct Enough {};

}  // namespace

TEST_CASE("a migration writes no leaf, and keeps the file as it was beside the new one") {
  const TemporaryDirectory directory;
  const auto path = directory.file("school.db");
  make_old(path);
  Node node("a", of_generation(1, path));
  const auto frontier = node->frontier();
  const auto old = node.everything();
  node.reopen(of_generation(3, path));
  CHECK(node->frontier() == frontier);
  CHECK(node.leaves() == kMarks + 1);
  CHECK(node->verify().empty());
  CHECK(node.read("SELECT CAST(value AS TEXT) FROM zimnik_meta WHERE name = 'backup'") ==
        "school.db.version-1");
  CHECK(Replica::schema_version(path) == 3);
  CHECK(Replica::schema_version(path + ".version-1") == 1);

  Node back("a", of_generation(1, path + ".version-1"));
  CHECK(back.everything() == old);
  CHECK(back->frontier() == frontier);
  CHECK(back->verify().empty());
}

TEST_CASE("how far a migration has come is told, and of other openings nothing") {
  const TemporaryDirectory directory;
  const auto path = directory.file("school.db");
  make_old(path);
  CHECK(open_as(1, path).empty());
  const auto told = open_as(2, path);
  REQUIRE(told.size() > 2);
  CHECK(told.size() < 110);
  CHECK(told[0].backup.empty());
  CHECK(told[0].leaves == 0);
  for (const auto& each : told) {
    CHECK(each.from == 1);
    CHECK(each.to == 2);
  }
  CHECK(told[1].backup == path + ".version-1");
  CHECK(told[1].leaves == kMarks + 1);
  CHECK(told[1].folded == 0);
  for (std::size_t i = 2; i < told.size(); ++i) CHECK(told[i].folded > told[i - 1].folded);
  CHECK(open_as(2, path).empty());
}

TEST_CASE("a migration that is given up on the way leaves the file as it was") {
  const TemporaryDirectory directory;
  const auto path = directory.file("school.db");
  make_old(path);
  Node before("a", of_generation(1, path));
  const auto old = before.everything();
  before.close();
  for (const std::uint64_t moment : {0, 1, 250}) {
    CHECK_THROWS_AS(open_as(4, path,
                            [&](const Migration& migration) {
                              if (migration.folded >= moment) throw Enough();
                            }),
                    Enough);
    CHECK(Replica::schema_version(path) == 1);
  }
  Node after("a", of_generation(1, path));
  CHECK(after.everything() == old);
  CHECK(after.read("SELECT name FROM sqlite_master WHERE name IN ('homework', 'notice')").empty());
  CHECK(after->verify().empty());
}

TEST_CASE(
    "a program that is too old for the schema is told both versions and the copy that it can "
    "open") {
  const TemporaryDirectory directory;
  const auto path = directory.file("school.db");
  make_old(path);
  open_as(2, path);
  open_as(4, path);
  CHECK_THROWS_WITH(open_as(1, path), Catch::Contains("up to version 4, this one knows 1") &&
                                          Catch::EndsWith("is " + path + ".version-1"));
  CHECK_THROWS_WITH(open_as(3, path), Catch::EndsWith("is " + path + ".version-2"));
  CHECK_THROWS_AS(open_as(3, path), FileIsNewer);
  CHECK(Replica::schema_version(path) == 4);
  // The engine's own tables too.
  Database::open(path).execute("PRAGMA user_version = 99");
  CHECK_THROWS_WITH(open_as(4, path), Catch::Contains("up to version 99, this one knows") &&
                                          Catch::EndsWith("is " + path + ".version-2"));
}

TEST_CASE("a file that can't be copied isn't touched") {
  const TemporaryDirectory directory;
  const auto path = directory.file("school.db");
  make_old(path);
  // What can't be replaced stands where the copy goes.
  files::create_directories(path + ".version-1/in the way");
  CHECK_THROWS(open_as(2, path));
  CHECK(Replica::schema_version(path) == 1);
  files::remove_all(path + ".version-1");
  CHECK_FALSE(open_as(2, path).empty());
}

TEST_CASE("another school's file isn't migrated") {
  const TemporaryDirectory directory;
  const auto path = directory.file("school.db");
  make_old(path);
  {
    auto file = Database::open(path);
    file.execute("UPDATE zimnik_meta SET value = x'00' WHERE name = 'school'");
  }
  CHECK_THROWS_WITH(open_as(2, path), Catch::Contains("another school's"));
  CHECK(automatic_backups(path).empty());
}
