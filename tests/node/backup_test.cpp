#include "node/backup.h"

#include <atomic>
#include <catch2/catch.hpp>
#include <filesystem>
#include <memory>
#include <set>
#include <thread>

#include "schema/tables.h"
#include "sync/store/automatic_backup.h"
#include "sync/store/new_folder.h"
#include "tests/node/desk.h"

namespace zimnik::node::test {
namespace {

namespace files = std::filesystem;

std::set<std::string> names_in(const std::string& folder) {
  std::set<std::string> names;
  for (const auto& entry : files::directory_iterator(folder)) {
    names.insert(entry.path().filename());
  }
  return names;
}

}  // namespace

TEST_CASE("a backup of a node at work is what the node is, without the site's key and sessions") {
  Desk desk;
  auto& node = desk.node();
  const std::string target = node.folder().path + "-backup";
  Browser browser(desk.port());
  browser.sign_in(desk.teacher().login, kPassword);

  node.journal().with_replica([](sync::Replica& replica) { replica.sign_heads(kNow); });
  const auto backup = back_up(node.folder(), node.state(), target, kNow);
  const std::set<std::string> whole{"journal.db", "keys.db", "node.json"};
  CHECK(names_in(target) == whole);
  CHECK(std::set<std::string>(backup.files.begin(), backup.files.end()) == whole);
  CHECK((files::status(target).permissions() & files::perms::mask) == files::perms::owner_all);
  for (const auto& name : whole) {
    CHECK((files::status(target + "/" + name).permissions() & files::perms::mask) ==
          (files::perms::owner_read | files::perms::owner_write));
  }
  CHECK(backup.note.path == target);
  CHECK(backup.note.schema == journal::journal_schema().version);

  // A site's key of its own makes a node of the folder.
  net::SiteSecret::make().save(DataFolder{target}.site_key());
  SchoolNode copy(DataFolder{target});
  CHECK(copy.configuration().school() == node.configuration().school());
  const auto leaves = [](SchoolNode& one) {
    return one.journal().with_replica([](sync::Replica& replica) { return replica.frontier(); });
  };
  CHECK(leaves(copy) == leaves(node));
  CHECK(copy.journal().with_replica([](sync::Replica& replica) { return replica.verify(); }) ==
        node.journal().with_replica([](sync::Replica& replica) { return replica.verify(); }));
}

TEST_CASE("backups stand in the register, and one that failed leaves nothing") {
  const EnrolledFolder enrolled;
  SchoolNode node(enrolled.folder());
  const auto target = [&](const char* name) { return node.folder().path + name; };
  back_up(node.folder(), node.state(), target("-two"), {2});
  back_up(node.folder(), node.state(), target("-one"), {1});
  const auto paths = [&] {
    std::vector<std::string> found;
    for (const auto& note : node.state().backups()) found.push_back(note.path);
    return found;
  };
  const std::vector<std::string> both{target("-one"), target("-two")};
  CHECK(paths() == both);
  const auto automatic = sync::back_up_version(node.folder().journal(), 7);
  CHECK(copies_made(node.folder(), node.state()) ==
        std::vector<std::string>{both[0], both[1], automatic});

  CHECK_THROWS_WITH(back_up(node.folder(), node.state(), target("-one"), {3}),
                    Catch::Contains("там уже что-то есть"));
  CHECK_THROWS_WITH(back_up(node.folder(), node.state(), "relative", {3}),
                    Catch::Contains("полный путь"));
  CHECK_THROWS(back_up(node.folder(), node.state(), target("-no/such/folder"), {3}));
  files::remove(node.folder().configuration());
  CHECK_THROWS(back_up(node.folder(), node.state(), target("-three"), {3}));
  CHECK(paths() == both);
  CHECK(names_in(files::path(node.folder().path).parent_path()) ==
        std::set<std::string>{"node", "node-one", "node-two"});
  CHECK(names_in(target("-one")) == std::set<std::string>{"journal.db", "keys.db", "node.json"});
}

TEST_CASE("of two backups to one path at once one is made, whole and registered") {
  const EnrolledFolder enrolled;
  SchoolNode node(enrolled.folder());
  for (int turn = 0; turn < 5; ++turn) {
    const auto target = node.folder().path + "-" + std::to_string(turn);
    std::atomic<int> made = 0;
    const auto make = [&] {
      try {
        back_up(node.folder(), node.state(), target + "/", {turn});
        ++made;
      } catch (const std::exception&) {
      }
    };
    std::thread one(make), other(make);
    one.join();
    other.join();
    CHECK(made == 1);
    CHECK(names_in(target) == std::set<std::string>{"journal.db", "keys.db", "node.json"});
    CHECK(node.state().backups().back().path == target);
  }
  CHECK(node.state().backups().size() == 5);
  CHECK(names_in(files::path(node.folder().path).parent_path()).size() == 6);
}

TEST_CASE("a backup that can't be put in its place takes no other's note from the register") {
  const EnrolledFolder enrolled;
  SchoolNode node(enrolled.folder());
  auto& state = node.state();
  const auto fail = [] { throw std::runtime_error("taken"); };
  state.add_backup({"/new", {1}, 1});
  CHECK_THROWS(state.finish_backup("/new", {"/one", {2}, 1}, fail));
  REQUIRE(state.backups().size() == 1);
  CHECK(state.backups()[0].path == "/new");
  state.add_backup({"/one", {1}, 1});
  CHECK_THROWS(state.finish_backup("/new", {"/one", {2}, 1}, fail));
  CHECK(state.backups().size() == 2);
  state.finish_backup("/new", {"/one", {2}, 1}, [] {});
  REQUIRE(state.backups().size() == 1);
  CHECK(state.backups()[0].at == sync::Time{2});
}

TEST_CASE("what a killed backup left is named while it is there, and goes at the next start") {
  const EnrolledFolder enrolled;
  auto node = std::make_unique<SchoolNode>(enrolled.folder());
  auto unfinished = std::make_unique<sync::NewFolder>(node->folder().path + "-copy");
  const auto path = unfinished->path();
  node->state().add_backup({path, {1}, 1});
  CHECK(remove_unfinished_backups(node->state()).empty());  // somebody is at work on it
  CHECK(copies_made(node->folder(), node->state()) ==
        std::vector<std::string>{path + " (не окончена)"});
  unfinished.reset();
  files::create_directory(path);  // and now nobody is
  node.reset();
  std::string said;
  node = std::make_unique<SchoolNode>(enrolled.folder(), [&](const auto& line) { said += line; });
  CHECK_FALSE(files::exists(path));
  CHECK(node->state().backups().empty());
  CHECK_THAT(said, Catch::Contains(path));
}

TEST_CASE("a copy that was deleted isn't named, one whose medium was taken out is") {
  const EnrolledFolder enrolled;
  SchoolNode node(enrolled.folder());
  const auto medium = node.folder().path + "-medium";
  files::create_directory(medium);
  files::create_directory(medium + "/letters");
  back_up(node.folder(), node.state(), medium + "/copy", {1});
  const auto named = [&] { return copies_made(node.folder(), node.state()); };
  CHECK(named() == std::vector<std::string>{medium + "/copy"});
  files::remove_all(medium + "/copy");
  CHECK(named().empty());
  const std::vector<std::string> away{medium + "/copy (сейчас недоступна)"};
  files::remove(medium + "/letters");  // the place where a medium was mounted
  CHECK(named() == away);
  files::remove(medium);
  CHECK(named() == away);
}

}  // namespace zimnik::node::test
