// Folders that are made whole or not at all, whoever else makes one there.
#include "sync/store/new_folder.h"

#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <set>

#include "tests/sync/store/town.h"

using namespace zimnik::sync;
using namespace zimnik::sync::test;

namespace {

namespace files = std::filesystem;

struct Place {
  TemporaryDirectory directory;
  std::string target = directory.file("copy");

  std::set<std::string> names() const {
    std::set<std::string> found;
    for (const auto& it : files::directory_iterator(directory.file(""))) {
      found.insert(it.path().filename());
    }
    return found;
  }
};

void write(const std::string& path) { std::ofstream(path) << "contents"; }

}  // namespace

TEST_CASE_METHOD(Place, "a folder is there when it is whole, and one that fails leaves nothing") {
  make_folder(target + "/", [&](const std::string& unfinished) {
    CHECK_FALSE(files::exists(target));
    write(unfinished + "/file");
  });
  CHECK(files::exists(target + "/file"));
  CHECK((files::status(target).permissions() & files::perms::mask) == files::perms::owner_all);
  CHECK_THROWS_WITH(make_folder(directory.file("other"),
                                [](const std::string& unfinished) {
                                  write(unfinished + "/file");
                                  throw std::runtime_error("no");
                                }),
                    "no");
  CHECK(names() == std::set<std::string>{"copy"});
}

TEST_CASE_METHOD(Place, "of two at once one is made, the other is told so, and it isn't touched") {
  NewFolder first(target), second(target);
  write(first.path() + "/first");
  write(second.path() + "/second");
  CHECK(unfinished_beside(target).size() == 2);
  first.finish();
  CHECK_THROWS_WITH(second.finish(), Catch::Contains("copy") && Catch::Contains("exists"));
  CHECK(files::exists(target + "/first"));
  CHECK_FALSE(files::exists(target + "/second"));
}

TEST_CASE_METHOD(Place, "what somebody else has there stays, under whatever name") {
  files::create_directory(target + ".new");
  write(target + ".new/diary");
  write(target);
  CHECK_THROWS(make_folder(target, [](const std::string&) {}));
  files::remove(target);
  files::create_symlink("/nowhere", target);
  CHECK_THROWS(make_folder(target, [](const std::string&) {}));
  files::remove(target);
  files::create_directory(target);  // that is empty
  CHECK_THROWS(make_folder(target, [](const std::string&) {}));
  CHECK(names() == std::set<std::string>{"copy", "copy.new"});
  CHECK(files::exists(target + ".new/diary"));
}

TEST_CASE_METHOD(Place, "what a killed program left is removed, what one is at work on isn't") {
  const auto child = ::fork();
  if (child == 0) {
    const NewFolder folder(target);
    write(folder.path() + "/file");
    ::raise(SIGKILL);
  }
  ::waitpid(child, nullptr, 0);
  const auto left = unfinished_beside(target);
  REQUIRE(left.size() == 1);
  CHECK(is_unfinished_name(left[0]));
  CHECK(remove_unfinished(left[0]));
  CHECK(names().empty());
  CHECK_FALSE(remove_unfinished(left[0]));

  const NewFolder folder(target);
  CHECK_FALSE(remove_unfinished(folder.path()));
  CHECK(files::exists(folder.path()));
}

TEST_CASE_METHOD(Place, "no folder of another name is removed") {
  for (const auto* name : {"copy", ".copy.unfinished-abc", "copy.unfinished-abcdef"}) {
    CHECK_FALSE(is_unfinished_name(directory.file(name)));
    files::create_directory(directory.file(name));
    CHECK_FALSE(remove_unfinished(directory.file(name)));
  }
  CHECK(names().size() == 3);
  files::create_directory_symlink(directory.file("copy"),
                                  directory.file(".copy.unfinished-abcdef"));
  CHECK_FALSE(remove_unfinished(directory.file(".copy.unfinished-abcdef")));
  CHECK(names().size() == 4);
}
