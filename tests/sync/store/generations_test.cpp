// Replicas of four ages of one schema, three versions apart at the most: each keeps what it doesn't
// know, covers it by its deletes, passes it on, and reads it once it is upgraded.
#include <catch2/catch.hpp>
#include <filesystem>

#include "tests/sync/store/generations.h"

using namespace zimnik::sync;
using namespace zimnik::sync::test;

namespace {

/// What only the newest of them knows all of.
void fill(Node& newest) {
  newest.save(
      "INSERT INTO mark (lesson, pupil, maker, value, comment, note, kind) VALUES "
      "(1, 1, 'ann', 5, 'good', 'one', 'test'), (1, 2, 'ann', 4, NULL, 'two', 'test'), "
      "(1, 3, 'ann', 3, NULL, 'three', NULL), (1, 4, 'ann', 2, NULL, NULL, 'oral')");
  newest.save("INSERT INTO person (id, phone, class) VALUES (1, '555-0100', '5A')");
  newest.save("INSERT INTO homework (lesson, content, due) VALUES (1, 'read', 'monday')");
  newest.save("INSERT INTO address (person, street, house) VALUES (1, 'Mira', '7')");
  newest.save(
      "INSERT INTO minutes (id, body, signed_by) VALUES (1, 'met', 'head'), (2, 'sat', 'head')");
  newest.save("INSERT INTO notice (id, body, till) VALUES (1, 'closed', 'friday')");
}

/// What an old program does with it: marks, edits, deletes, and makes again.
void work(Node& oldest) {
  oldest.save("UPDATE mark SET value = 2 WHERE pupil = 1");
  oldest.save("DELETE FROM mark WHERE pupil = 2");
  oldest.save("DELETE FROM mark WHERE pupil = 3");
  oldest.save("INSERT INTO mark (lesson, pupil, maker, value) VALUES (1, 3, 'ben', 5)");
  oldest.save("INSERT INTO mark (lesson, pupil, maker, value) VALUES (2, 1, 'ben', 4)");
  oldest.save("UPDATE person SET phone = '555-0111' WHERE id = 1");
  oldest.save("DELETE FROM minutes WHERE id = 2");
}

constexpr const char* kMarks =
    "SELECT lesson, pupil, maker, value, note, kind FROM mark ORDER BY lesson, pupil";

void check_whole(Node& node) {
  INFO(node.name());
  CHECK(node->verify() == std::vector<std::string>{});
}

/// Upgrades a file to the newest, one version after another or at once.
void upgrade(Node& node, const std::string& path, std::uint32_t from, std::uint32_t step) {
  for (auto version = from + step; version <= kGenerations; version += step) {
    const auto before = node->frontier();
    node.reopen(of_generation(version, path));
    CHECK(node->frontier() == before);
    check_whole(node);
  }
}

struct Fleet {
  TemporaryDirectory directory;
  Node newest{"newest", of_generation(4)};
  Node always{"always", of_generation(4)};  ///< gets all by way of the older ones
  Node oldest{"oldest", of_generation(1, directory.file("oldest.db"))};
  Node between{"between", of_generation(2, directory.file("between.db"))};
};

}  // namespace

TEST_CASE("no release of the schema changes what an older one has released") {
  for (std::uint32_t version = 1; version < kGenerations; ++version) {
    CHECK(generation(version).version == version);
    CHECK_NOTHROW(check(generation(version)));
    CHECK_NOTHROW(check_append_only(generation(version), generation(version + 1)));
  }
}

TEST_CASE("replicas three schema versions apart exchange both ways, and through each other") {
  Fleet fleet;
  auto& [directory, newest, always, oldest, between] = fleet;
  fill(newest);
  exchange(newest, oldest);
  CHECK(oldest.read("SELECT pupil, value, comment FROM mark ORDER BY pupil") ==
        "1,5,good\n2,4,-\n3,3,-\n4,2,-");
  CHECK(oldest.read("SELECT id, phone FROM person") == "1,555-0100");
  work(oldest);
  // On to one that knows a little more, and from there to one that knows all.
  exchange(oldest, between);
  CHECK(between.read("SELECT lesson, pupil, maker, value, note FROM mark ORDER BY lesson, pupil") ==
        "1,1,ann,2,one\n1,3,ben,5,-\n1,4,ann,2,-\n2,1,ben,4,-");
  CHECK(between.read("SELECT * FROM homework").starts_with("1,read,"));
  between.save("UPDATE homework SET content = 'write' WHERE lesson = 1");
  exchange(between, always);
  exchange(between, oldest);
  exchange(oldest, newest);
  // The deletes covered the notes and kinds that their maker never knew; so did what was made anew.
  CHECK(newest.read(kMarks) ==
        "1,1,ann,2,one,test\n1,3,ben,5,-,-\n1,4,ann,2,-,oral\n2,1,ben,4,-,-");
  CHECK(newest.read("SELECT lesson, content, due FROM homework") == "1,write,monday");
  CHECK(newest.read("SELECT id, phone, class FROM person") == "1,555-0111,5A");
  CHECK(newest.read("SELECT person, street, house FROM address") == "1,Mira,7");
  CHECK(newest.read("SELECT id, body, signed_by FROM minutes") == "1,met,head");
  CHECK(newest.read("SELECT id, body, till FROM notice") == "1,closed,friday");
  CHECK(newest->listed().empty());
  CHECK(newest->unfolded().empty());
  CHECK(between->unfolded() ==
        std::vector<Unfolded>{{1, 4}, {2, 2}, {3, 2}, {4, 2}, {5, 0}, {6, 0}});
  CHECK(always.everything() == newest.everything());
  CHECK(always->frontier() == newest->frontier());
  for (auto* node : {&newest, &always, &oldest, &between}) check_whole(*node);
}

TEST_CASE(
    "an old file, upgraded at once or step by step, shows what one that was new always shows") {
  Fleet fleet;
  auto& [directory, newest, always, oldest, between] = fleet;
  fill(newest);
  exchange(newest, oldest);
  work(oldest);
  // At the same time, what a delete doesn't cover, and what two have put differently.
  newest.save("UPDATE mark SET note = 'late', kind = NULL WHERE pupil = 2");
  newest.save("UPDATE mark SET value = 1 WHERE pupil = 1");
  newest.save("UPDATE minutes SET signed_by = 'deputy' WHERE id = 2");
  exchange(newest, oldest);
  exchange(oldest, between);
  between.save("UPDATE mark SET note = 'between' WHERE pupil = 4");
  exchange(between, oldest);
  exchange(oldest, always);
  exchange(oldest, newest);
  CHECK(is_listed(newest, Listed::Reason::deleted_but_edited));
  CHECK(is_listed(newest, Listed::Reason::conflict));
  const auto whole = newest.everything();
  CHECK(always.everything() == whole);

  const auto path = directory.file("oldest.db"), twin = directory.file("twin.db");
  oldest.close();
  std::filesystem::copy(path, twin);
  oldest.open();
  upgrade(oldest, path, 1, 3);
  CHECK(oldest.everything() == whole);
  CHECK(oldest->unfolded().empty());
  Node step_by_step("oldest", of_generation(1, twin));
  upgrade(step_by_step, twin, 1, 1);
  CHECK(step_by_step.everything() == whole);
  upgrade(between, directory.file("between.db"), 2, 2);
  CHECK(between.everything() == whole);
  // They go on as what they are now.
  step_by_step.close();
  oldest.save("UPDATE mark SET kind = 'exam' WHERE pupil = 4");
  exchange(oldest, newest);
  CHECK(newest.everything() == oldest.everything());
  CHECK(newest.read("SELECT kind FROM mark WHERE pupil = 4") == "exam");
}
