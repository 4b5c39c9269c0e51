// A process that is killed while it brings a file up to a newer schema: the file is as it was, or
// whole and new, and the next start goes on from there.
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <csignal>
#include <filesystem>
#include <random>
#include <thread>

#include "tests/sync/store/generations.h"

using namespace zimnik::sync;
using namespace zimnik::sync::test;

namespace {

constexpr int kMarks = 3000;
constexpr int kKillsAnywhere = 30;

void make_old(const std::string& path) {
  Node node("a", of_generation(1, path));
  node->batch([&] {
    for (int pupil = 1; pupil <= kMarks; ++pupil) {
      node.save("INSERT INTO mark (lesson, pupil, maker, value, comment) VALUES (1, " +
                std::to_string(pupil) + ", 'ann', 5, 'a comment that takes some room')");
    }
  });
  node.save("UPDATE mark SET value = 4 WHERE pupil % 7 = 0");
}

/// Opens as the newest in a process of its own, which kills itself at this telling (0: none), or is
/// killed after so many microseconds. Gives whether it was killed.
bool migrate_and_kill(const std::string& path, int telling, int microseconds) {
  const pid_t child = fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    try {
      int count = 0;
      auto setup = of_generation(kGenerations, path);
      setup.tell = [&](const Migration&) {
        if (++count == telling) ::raise(SIGKILL);
      };
      const Node node("a", setup);
    } catch (...) {
      _exit(1);
    }
    _exit(0);
  }
  if (microseconds > 0) {
    std::this_thread::sleep_for(std::chrono::microseconds(microseconds));
    ::kill(child, SIGKILL);
  }
  int status = 0;
  waitpid(child, &status, 0);
  if (WIFEXITED(status)) CHECK(WEXITSTATUS(status) == 0);
  return WIFSIGNALED(status);
}

struct OldFile {
  TemporaryDirectory directory;
  std::string path = directory.file("school.db");
  std::string old, fresh;
  Frontier frontier;

  OldFile() {
    make_old(path);
    std::filesystem::copy(path, path + ".kept");
    Node node("a", of_generation(1, path));
    old = node.everything();
    frontier = node->frontier();
    node.close();
    Node other("a", of_generation(kGenerations, path + ".kept"));
    fresh = other.everything();
    other.close();
    std::filesystem::rename(path + ".kept.version-1", path + ".kept");
  }
  /// Opens it with what it says it is. Gives its version.
  std::uint32_t check_whole() {
    const auto version = Replica::schema_version(path);
    Node node("a", of_generation(version, path));
    CHECK(node.everything() == (version == 1 ? old : fresh));
    CHECK(node->frontier() == frontier);
    CHECK(node->verify().empty());
    return version;
  }
  void put_back() {
    for (const char* end : {"", "-wal", "-shm"}) std::filesystem::remove(path + end);
    std::filesystem::copy(path + ".kept", path);
  }
};

}  // namespace

TEST_CASE("a kill at any telling of a migration comes back on the old version") {
  OldFile file;
  for (const int telling : {1, 2, 3, 50, 102}) {
    INFO("telling " << telling);
    REQUIRE(migrate_and_kill(file.path, telling, 0));
    CHECK(file.check_whole() == 1);
  }
  REQUIRE_FALSE(migrate_and_kill(file.path, 0, 0));
  CHECK(file.check_whole() == kGenerations);
}

TEST_CASE("a kill at any moment of a migration leaves one version or the other, whole") {
  const auto seed = std::random_device{}();
  INFO("seed " << seed);
  std::mt19937 dice(seed);
  OldFile file;
  const auto begin = std::chrono::steady_clock::now();
  REQUIRE_FALSE(migrate_and_kill(file.path, 0, 0));
  const auto whole = std::chrono::duration_cast<std::chrono::microseconds>(
                         std::chrono::steady_clock::now() - begin)
                         .count();
  int killed = 0;
  for (int kill = 0; kill < kKillsAnywhere; ++kill) {
    if (Replica::schema_version(file.path) != 1) file.put_back();
    const auto moment = 1 + static_cast<int>(dice() % static_cast<unsigned>(whole));
    INFO("kill " << kill << " after " << moment << " microseconds");
    killed += migrate_and_kill(file.path, 0, moment) ? 1 : 0;
    file.check_whole();
  }
  CHECK(killed > 0);
}
