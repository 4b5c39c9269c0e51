// A node's folder that is started again: on its own disk, on another, put together from a backup,
// without its key. No hub is there to ask.
#include "node/own_site.h"

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "node/commands/commands.h"
#include "tests/node/desk.h"

namespace zimnik::node::test {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using Reason = journal::SuccessionReason;

/// A node that has written something, and has sent it, for all it knows.
class StartedNode {
 public:
  StartedNode() {
    SchoolNode node(folder());
    first = node.self().id();
    write(node);
    node.journal().lock();
  }
  const DataFolder& folder() const { return enrolled_.folder(); }

  static void write(SchoolNode& node) {
    std::ostringstream out;
    add_account(node, {"login", "Иванова Анна Петровна", "principal", "a password"}, out);
  }
  json home() const { return json::parse(std::ifstream(folder().home())); }
  void change_home(const std::function<void(json&)>& change) {
    auto object = home();
    change(object);
    std::ofstream(folder().home()) << object;
  }
  /// As on another disk.
  void move() {
    change_home([](json& home) { home["inode"] = home["inode"].get<std::uint64_t>() + 1; });
  }
  /// Starts, and gives why it goes on as a new site; nothing where it is the one that it was.
  std::optional<Reason> starts() {
    SchoolNode node(folder());
    id = node.self().id();
    const auto went_on = node.own_site().went_on();
    CHECK((id == first) == !went_on);
    CHECK(node.journal()
              .with_replica([](sync::Replica& replica) { return replica.verify(); })
              .empty());
    CHECK(node.journal().with_replica([](sync::Replica& replica) { return replica.seen(); }).site ==
          id);
    return went_on ? std::optional(went_on->reason) : std::nullopt;
  }
  std::string status() {
    SchoolNode node(folder());
    std::ostringstream out;
    show_status(node, out);
    return out.str();
  }

  sync::SiteId first, id;

 private:
  EnrolledFolder enrolled_;
};

std::size_t successions(const DataFolder& folder) {
  SchoolNode node(folder);
  return node.journal()
      .with_replica([](sync::Replica& replica) { return replica.successions(); })
      .size();
}

}  // namespace

TEST_CASE("a node that is started where it was is the site that it was") {
  StartedNode node;
  CHECK_FALSE(node.starts());
  SchoolNode(node.folder()).journal().lock();
  CHECK_FALSE(node.starts());
  CHECK(node.status().find("продолжает") == std::string::npos);
}

TEST_CASE("on another machine, or with another file, a node goes on as a new site, once") {
  StartedNode node;
  SECTION("a machine") {
    const auto here = node.home().at("machine").get<std::string>();
    node.change_home([](json& home) { home["machine"] = "another"; });
    if (here.empty()) return;
    CHECK(node.starts() == Reason::moved);
  }
  SECTION("a file") {
    fs::copy(node.folder().journal(), node.folder().path + "/copy");
    fs::rename(node.folder().path + "/copy", node.folder().journal());
    CHECK(node.starts() == Reason::moved);
  }
  SECTION("but a machine without an id is any") {
    node.change_home([](json& home) { home["machine"] = ""; });
    CHECK_FALSE(node.starts());
    return;
  }
  const auto second = node.id;
  CHECK(node.starts() == Reason::moved);
  CHECK(node.id == second);
  CHECK(fs::exists(node.folder().old_site_key()));
  const auto said = node.status();
  CHECK(said.find("(" + second.hex() + "), продолжает " + node.first.hex()) != std::string::npos);
  CHECK(said.find("диск, файл журнала или машина — другие") != std::string::npos);
  CHECK(said.find("ещё не заверен округом") != std::string::npos);
}

TEST_CASE("a log that lacks what was sent has been rolled back, whatever else is as it was") {
  StartedNode node;
  SECTION("it is shorter") {
    node.change_home([](json& home) { home["marks"][0]["size"] = 9; });
  }
  SECTION("it went another way") {
    node.change_home([](json& home) { home["marks"][0]["leaf"] = std::string(64, '0'); });
  }
  SECTION("it is gone") {
    for (const auto* end : {"", "-wal", "-shm"}) fs::remove(node.folder().journal() + end);
  }
  CHECK(node.starts() == Reason::rolled_back);
}

TEST_CASE("what is written is signed with it, so that others can take it when the key is gone") {
  StartedNode node;
  fs::remove(node.folder().site_key());
  fs::remove(node.folder().home());
  SchoolNode restored(node.folder());
  CHECK(restored.self().id() != node.first);
  const auto copies =
      restored.journal().with_replica([](sync::Replica& replica) { return replica.copies(); });
  CHECK(copies.none > 0);
  CHECK(copies.unprovable == 0);
}

TEST_CASE("what is sent is marked before") {
  StartedNode node;
  const auto before = node.home().at("marks");
  CHECK_FALSE(before.empty());
  SchoolNode at_work(node.folder());
  std::ostringstream out;
  lock_account(at_work, "login", true, out);
  CHECK(node.home().at("marks") == before);
  at_work.journal().lock();
  CHECK(node.home().at("marks") != before);
}

TEST_CASE("a folder that was put together from a backup has no home") {
  StartedNode node;
  SECTION("none") { fs::remove(node.folder().home()); }
  SECTION("one that can't be read") { std::ofstream(node.folder().home()) << "{"; }
  CHECK(node.starts() == Reason::restored);
}

TEST_CASE("a folder of a version that kept no home is at home where it is") {
  StartedNode node;
  fs::remove(node.folder().home());
  auto told = json::parse(std::ifstream(node.folder().configuration()));
  told.erase("home");
  std::ofstream(node.folder().configuration()) << told;
  CHECK_FALSE(node.starts());
  CHECK(fs::exists(node.folder().home()));
}

TEST_CASE("without its key a node is a site that nobody knows, and works") {
  StartedNode node;
  fs::remove(node.folder().site_key());
  fs::remove(node.folder().home());
  CHECK(node.starts() == Reason::restored);
  CHECK(node.starts() == Reason::restored);
  CHECK_FALSE(fs::exists(node.folder().old_site_key()));
  SchoolNode at_work(node.folder());
  CHECK_FALSE(at_work.can_call());
  CHECK_FALSE(at_work.configuration().is_certified());
  std::ostringstream out;
  CHECK(lock_account(at_work, "login", true, out) == 0);
  show_status(at_work, out);
  CHECK(out.str().find("нужен код: zimnik-node enroll") != std::string::npos);
}

TEST_CASE("keys that were made for the folder meanwhile are as none") {
  StartedNode node;
  fs::remove(node.folder().home());
  net::SiteSecret::make().save(node.folder().site_key());
  CHECK(node.starts() == Reason::restored);
  CHECK_FALSE(fs::exists(node.folder().old_site_key()));
}

TEST_CASE("a start that broke off while the node went on is taken up") {
  StartedNode node;
  const auto other = net::SiteSecret::make();
  SECTION("before home.json was written") {
    fs::copy(node.folder().site_key(), node.folder().old_site_key());
    CHECK_FALSE(node.starts());
    return;
  }
  node.change_home([&](json& home) {
    home["site"] = other.id().hex();
    home["marks"] = json::array();
    home["went_on"] = {{"from", node.first.hex()}, {"at", 1}, {"reason", "moved"}};
  });
  fs::copy(node.folder().site_key(), node.folder().old_site_key());
  SECTION("before the new key was in its place") {
    CHECK(node.starts() == Reason::moved);
    CHECK(node.id != other.id());
  }
  SECTION("before node.json was written") {
    other.save(node.folder().site_key());
    CHECK(node.starts() == Reason::moved);
    CHECK(node.id == other.id());
  }
  const auto id = node.id;
  CHECK(node.starts() == Reason::moved);
  CHECK(node.id == id);
}

TEST_CASE("a key that the node had left behind isn't taken up again") {
  StartedNode node;
  fs::copy(node.folder().site_key(), node.folder().path + "/kept");
  node.move();
  REQUIRE(node.starts());
  const auto second = node.id;
  fs::remove(node.folder().old_site_key());
  fs::rename(node.folder().path + "/kept", node.folder().site_key());
  CHECK(node.starts() == Reason::restored);
  CHECK(node.id != node.first);
  CHECK(node.id != second);
}

TEST_CASE("a new site that goes on once more is vouched for before") {
  StartedNode node;
  for (int i = 0; i < 2; ++i) {
    node.move();
    CHECK(node.starts() == Reason::moved);
  }
  CHECK(successions(node.folder()) == 1);
}

}  // namespace zimnik::node::test
