#include "sync/store/database_copy.h"

#include <sys/resource.h>
#include <sys/stat.h>

#include <atomic>
#include <catch2/catch.hpp>
#include <csignal>
#include <filesystem>
#include <system_error>
#include <thread>

#include "tests/sync/store/town.h"

using namespace zimnik::sync;
using namespace zimnik::sync::test;

namespace {

namespace files = std::filesystem;

std::int64_t number(Database& database, const std::string& sql) {
  auto query = database.prepare(sql);
  REQUIRE(query.step());
  return query.integer(0);
}

std::size_t files_in(const TemporaryDirectory& directory) {
  const auto path = files::path(directory.file("x")).parent_path();
  return static_cast<std::size_t>(
      std::distance(files::directory_iterator(path), files::directory_iterator()));
}

}  // namespace

TEST_CASE("a copy is one file of mode 0600 that holds what was committed") {
  const TemporaryDirectory directory;
  Node node("a", at(directory.file("school.db")));
  node.save(kCreateMark);
  const auto before = files_in(directory);
  const auto old_mask = ::umask(0);
  copy_database(directory.file("school.db"), directory.file("copy.db"));
  ::umask(old_mask);
  CHECK(files_in(directory) == before + 1);
  struct stat facts {};
  REQUIRE(::stat(directory.file("copy.db").c_str(), &facts) == 0);
  CHECK((facts.st_mode & 0777) == 0600);

  Node other("a", at(directory.file("copy.db")));
  CHECK(other.everything() == node.everything());
  CHECK(other->verify().empty());
}

TEST_CASE("a copy is of one moment, and its source is written meanwhile") {
  const TemporaryDirectory directory;
  auto writer = Database::open(directory.file("a.db"));
  writer.execute("CREATE TABLE pair (id INTEGER PRIMARY KEY, half INTEGER, filling BLOB)");
  for (int i = 0; i < 2; ++i) {
    writer.execute("INSERT INTO pair (half, filling) VALUES (0, randomblob(4000000))");
  }
  std::atomic<bool> done = false;
  std::thread copying([&] {
    for (int i = 0; i < 5; ++i) copy_database(directory.file("a.db"), directory.file("copy.db"));
    done = true;
  });
  std::int64_t written = 0;
  while (!done) {
    writer.execute("UPDATE pair SET half = half + 1");
    ++written;
  }
  copying.join();
  CHECK(written > 0);
  auto copy = Database::open_read_only(directory.file("copy.db"));
  CHECK(number(copy, "SELECT count(DISTINCT half) FROM pair") == 1);
  CHECK(number(writer, "SELECT max(half) FROM pair") == written);
}

TEST_CASE("a copy that breaks off leaves what was there") {
  const TemporaryDirectory directory;
  {
    auto source = Database::open(directory.file("a.db"));
    source.execute("CREATE TABLE filling (x); INSERT INTO filling VALUES (randomblob(1000000))");
    auto old = Database::open(directory.file("copy.db"));
    old.execute("CREATE TABLE kept (x)");
  }
  // No file may grow beyond half of what is needed.
  rlimit limit{};
  REQUIRE(getrlimit(RLIMIT_FSIZE, &limit) == 0);
  const rlimit small{500'000, limit.rlim_max};
  const auto handler = std::signal(SIGXFSZ, SIG_IGN);
  REQUIRE(setrlimit(RLIMIT_FSIZE, &small) == 0);
  CHECK_THROWS_AS(copy_database(directory.file("a.db"), directory.file("copy.db")), DatabaseError);
  REQUIRE(setrlimit(RLIMIT_FSIZE, &limit) == 0);
  std::signal(SIGXFSZ, handler);
  for (const char* end : {".new", ".new-wal", ".new-shm", ".new-journal"}) {
    CHECK_FALSE(files::exists(directory.file("copy.db") + end));
  }
  auto old = Database::open_read_only(directory.file("copy.db"));
  CHECK(number(old, "SELECT count(*) FROM kept") == 0);
}

TEST_CASE("what isn't there isn't copied") {
  const TemporaryDirectory directory;
  CHECK_THROWS_AS(copy_database(directory.file("none.db"), directory.file("copy.db")),
                  DatabaseError);
  CHECK(files_in(directory) == 0);
}
