// A process that is killed at any moment: what it acknowledged is there when the file is opened
// again, and all of it holds.
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <random>
#include <sstream>
#include <thread>

#include "tests/sync/store/town.h"

using namespace zimnik::sync;
using namespace zimnik::sync::test;

namespace {

constexpr int kKills = 200;
constexpr int kKillsOfOneFile = 20;

void report(int pipe, const std::string& line) {
  if (write(pipe, line.data(), line.size()) != static_cast<ssize_t>(line.size())) _exit(2);
}

/// Writes marks and takes a peer's, and tells the pipe of each that was acknowledged, until it is
/// killed. Never returns.
[[noreturn]] void work(const std::string& path, int kill, int pipe) {
  try {
    report(pipe, "start\n");
    Node node("a", at(path)), peer("peer " + std::to_string(kill));
    node.now.ms += kill * std::int64_t{1'000'000};
    peer.now = node.now;
    const auto lesson = std::to_string(kill);
    for (int i = 1;; ++i) {
      const auto pupil = std::to_string(i);
      const auto values = "(" + lesson + ", " + pupil + ", 'ann', 5)";
      // Pages of a new process are new: the kill's number is part of their names.
      Page page{static_cast<std::uint64_t>(kill) * 1'000'000 + static_cast<std::uint64_t>(i), 0,
                node->seen()};
      node.save(page, "INSERT INTO mark (lesson, pupil, maker, value) VALUES " + values);
      report(pipe, "mark " + pupil + "\n");
      if (i % 3 != 0) continue;
      peer.save("INSERT INTO setting (name, content) VALUES ('" + peer.name() + " " + pupil +
                "', 1)");
      exchange(peer, node);
      report(pipe, "setting " + pupil + "\n");
    }
  } catch (const std::exception& error) {
    report(pipe, std::string("failed: ") + error.what() + "\n");
    _exit(1);
  }
}

/// Starts work() in a process of its own and kills it after a while. Gives what it told.
std::string work_and_kill(const std::string& path, int kill, std::mt19937& dice) {
  int ends[2];
  REQUIRE(pipe(ends) == 0);
  const pid_t child = fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    close(ends[0]);
    work(path, kill, ends[1]);
  }
  close(ends[1]);
  std::string told;
  char buffer[4096];
  // Every other time the clock runs from the first save on, else opening is hit too.
  const bool waits = dice() % 2 == 0;
  while (told.find(waits ? "mark 1\n" : "start\n") == std::string::npos) {
    const auto size = read(ends[0], buffer, sizeof buffer);
    if (size <= 0) break;
    told.append(buffer, static_cast<std::size_t>(size));
  }
  std::this_thread::sleep_for(std::chrono::microseconds(1000 + dice() % 39'000));
  ::kill(child, SIGKILL);
  int status = 0;
  waitpid(child, &status, 0);
  for (ssize_t size; (size = read(ends[0], buffer, sizeof buffer)) > 0;) {
    told.append(buffer, static_cast<std::size_t>(size));
  }
  close(ends[0]);
  CHECK(WIFSIGNALED(status));
  return told;
}

/// Checks that each row that was told of is there. Gives how many were.
int check_all_there(Node& node, const std::string& told, int kill) {
  int count = 0;
  std::istringstream lines(told);
  for (std::string kind, number; lines >> kind && kind != "failed:";) {
    if (kind == "start") continue;
    lines >> number;
    INFO(kind << " " << number);
    const auto where = kind == "mark"
                           ? "lesson = " + std::to_string(kill) + " AND pupil = " + number
                           : "name = 'peer " + std::to_string(kill) + " " + number + "'";
    CHECK(node.read("SELECT count(*) FROM " + kind + " WHERE " + where) == "1");
    ++count;
  }
  return count;
}

}  // namespace

TEST_CASE("what was acknowledged before a kill is there after it, and all of it holds") {
  const auto seed = std::random_device{}();
  INFO("seed " << seed);
  std::mt19937 dice(seed);
  std::optional<TemporaryDirectory> directory;
  int acknowledged = 0;
  for (int kill = 0; kill < kKills; ++kill) {
    if (kill % kKillsOfOneFile == 0) directory.emplace();
    const auto path = directory->file("school.db");
    const auto told = work_and_kill(path, kill, dice);
    INFO("kill " << kill << ", told:\n" << told);
    CHECK(told.find("failed") == std::string::npos);
    Node node("a", at(path));
    acknowledged += check_all_there(node, told, kill);
    CHECK(node->verify().empty());
    if (kill % kKillsOfOneFile != kKillsOfOneFile - 1) continue;
    // It still writes, and whoever meets it gets all that it holds.
    Node other("other");
    node.save("INSERT INTO setting (name, content) VALUES ('last', 1)");
    exchange(other, node);
    CHECK(other.everything() == node.everything());
  }
  CHECK(acknowledged > kKills);
}
