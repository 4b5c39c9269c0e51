// The merge laws, on real replicas. Laws 7 (orphans) and 8 are in laws_of_acts_test.cpp.
#include <algorithm>
#include <catch2/catch.hpp>
#include <random>

#include "tests/sync/store/town.h"

using namespace zimnik::sync;
using namespace zimnik::sync::test;

namespace {

using Statuses = std::vector<Status>;
constexpr auto kConflict = Listed::Reason::conflict;
constexpr auto kDeletedButEdited = Listed::Reason::deleted_but_edited;
constexpr const char* kGrade = "SELECT value, weight, comment FROM mark";

}  // namespace

TEST_CASE_METHOD(TwoNodes, "law 1: what was written later over what was seen is shown everywhere") {
  b.now.ms -= 3'600'000;  // knowledge decides: its clock is an hour behind
  b.save("UPDATE mark SET value = 3");
  exchange(a, b);
  CHECK(a.read(kGrade) == "3,-,-");
  CHECK(a.everything() == b.everything());
  CHECK_FALSE(is_listed(a, kConflict));
}

TEST_CASE_METHOD(TwoNodes, "law 1: what is truly concurrent is a conflict that the latest wins") {
  a.save("UPDATE mark SET value = 2");
  b.now.ms += 60'000;
  b.save("UPDATE mark SET value = 4");
  exchange(a, b);
  for (auto* node : {&a, &b}) {
    CHECK(node->read(kGrade) == "4,-,-");
    CHECK(is_listed(*node, kConflict));
  }
}

TEST_CASE_METHOD(TwoNodes, "law 1: the same value from two sides isn't a conflict") {
  a.save("UPDATE mark SET value = 2");
  b.save("UPDATE mark SET value = 2");
  exchange(a, b);
  CHECK_FALSE(is_listed(a, kConflict));
  CHECK(a.read(kGrade) == "2,-,-");
}

TEST_CASE("law 2: typing 3 and then 4 on one page isn't a conflict") {
  Node a("a"), b("b");
  auto page = a.page();
  a.save(page, "INSERT INTO mark (lesson, pupil, maker, value) VALUES (1, 1, 'ann', 3)");
  a.save(page, "UPDATE mark SET value = 4");
  exchange(a, b);
  for (auto* node : {&a, &b}) {
    CHECK(node->read(kGrade) == "4,-,-");
    CHECK_FALSE(is_listed(*node, kConflict));
    CHECK(statuses(*node, "mark", mark_key(), "grade") ==
          Statuses{Status::superseded, Status::shown});
  }
}

TEST_CASE_METHOD(TwoNodes, "law 2: a mark that synced in unseen isn't overwritten, but conflicts") {
  auto page = b.page();
  a.save("UPDATE mark SET value = 2");
  exchange(a, b);
  CHECK(b.read(kGrade) == "2,-,-");
  b.save(page, "UPDATE mark SET value = 4");
  CHECK(is_listed(b, kConflict));
  auto found = statuses(b, "mark", mark_key(), "grade");
  CHECK(std::count(found.begin(), found.end(), Status::conflicting) == 1);
  CHECK(std::count(found.begin(), found.end(), Status::shown) == 1);
  exchange(a, b);
  CHECK(a.everything() == b.everything());
}

TEST_CASE_METHOD(TwoNodes, "law 2: the row shows the fold, which may differ from what was typed") {
  auto page = b.page();
  a.now.ms += 3'600'000;
  a.save("UPDATE mark SET value = 2");
  exchange(a, b);
  b.save(page, "UPDATE mark SET value = 4");
  CHECK(b.read(kGrade) == "2,-,-");
  CHECK(is_listed(b, kConflict));
}

TEST_CASE_METHOD(TwoNodes, "law 2: another page's later save of this site isn't seen either") {
  auto one = a.page(), other = a.page();
  a.save(one, "UPDATE mark SET value = 2");
  a.save(other, "UPDATE mark SET value = 4");
  CHECK(is_listed(a, kConflict));
}

TEST_CASE_METHOD(TwoNodes, "law 2: a number of another site counts as nothing seen") {
  auto page = b.page();
  page.seen = a->seen();
  b.save(page, "UPDATE mark SET value = 4");
  CHECK(is_listed(b, kConflict));
}

TEST_CASE_METHOD(TwoNodes, "law 2: what is saved twice with one entry id is written once") {
  auto page = a.page();
  CHECK(a.save(page, "UPDATE mark SET value = 4") == Saved::written);
  const auto leaves = a.leaves();
  --page.counter;
  CHECK(a.save(page, "UPDATE mark SET value = 1") == Saved::held);
  CHECK(a.leaves() == leaves);
  CHECK(a.read(kGrade) == "4,-,-");
}

TEST_CASE_METHOD(TwoNodes, "law 2: an entry id that came from elsewhere isn't written again") {
  auto page = a.page();
  a.save(page, "UPDATE mark SET value = 4");
  exchange(a, b);
  auto same = page;
  --same.counter;
  CHECK(b.save(same, "UPDATE mark SET value = 1") == Saved::held);
}

TEST_CASE_METHOD(TwoNodes, "law 2: a command that changes nothing writes nothing") {
  const auto leaves = a.leaves();
  CHECK(a.save("UPDATE mark SET value = 5") == Saved::nothing);
  CHECK(a.leaves() == leaves);
}

TEST_CASE_METHOD(TwoNodes, "law 2: a command that throws leaves nothing behind") {
  const auto before = a.everything();
  const auto command = [](Command& run) {
    run.database().execute("UPDATE mark SET value = 1");
    throw CommandRefused("no");
  };
  CHECK_THROWS_AS(a.save(command), CommandRefused);
  CHECK(a.everything() == before);
  CHECK(a->verify().empty());
}

TEST_CASE("law 3: a write over both streams makes two transactions of one entry") {
  Node a("a"), b("b");
  const std::string minutes = "INSERT INTO minutes (id, body) VALUES (1, 'said');";
  a.save(minutes + kCreateMark);
  std::vector<Stream> streams;
  std::vector<EntryId> entries;
  a->for_each_leaf([&](auto, const Hash&, const LeafPlace& place, const Transaction* it) {
    streams.push_back(place.log.stream);
    entries.push_back(it->entry);
  });
  REQUIRE(streams.size() == 2);
  CHECK(streams[0] != streams[1]);
  CHECK(entries[0] == entries[1]);
  exchange(a, b);
  CHECK(a.everything() == b.everything());
}

TEST_CASE("law 3: an import of 3000 rows is split, and arrives whole") {
  Node a("a"), b("b");
  a.save(
      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000) "
      "INSERT INTO mark (lesson, pupil, maker, value) SELECT i, i % 30, 'import', i % 5 + 1 FROM "
      "n");
  CHECK(a.leaves() > 1);
  exchange(a, b);
  CHECK(b.read("SELECT count(*), sum(value) FROM mark") == "3000,9000");
  CHECK(a.everything() == b.everything());
}

TEST_CASE_METHOD(TwoNodes, "law 4: a cell moves whole") {
  a.save("UPDATE mark SET comment = 'late'");
  b.now.ms += 60'000;
  b.save("UPDATE mark SET value = 2");
  exchange(a, b);
  CHECK(a.read(kGrade) == "2,-,-");
  CHECK(b.read(kGrade) == "2,-,-");
  CHECK(is_listed(a, kConflict));
}

TEST_CASE_METHOD(TwoNodes, "law 4: different cells of one row don't touch each other") {
  a.save("UPDATE mark SET value = 2");
  b.save("UPDATE mark SET note = 'spoke up'");
  exchange(a, b);
  CHECK(a.read("SELECT value, note FROM mark") == "2,spoke up");
  CHECK(b.read("SELECT value, note FROM mark") == "2,spoke up");
  CHECK(a->listed().empty());
}

TEST_CASE_METHOD(TwoNodes, "law 4: keep() writes the value that is already shown") {
  a.save("UPDATE mark SET value = 2");
  b.now.ms += 60'000;
  b.save("UPDATE mark SET value = 4");
  exchange(a, b);
  REQUIRE(is_listed(a, kConflict));
  const auto keep = [](Command& run) { run.keep("mark", mark_key(), "grade"); };
  CHECK(a.save(keep) == Saved::written);
  exchange(a, b);
  for (auto* node : {&a, &b}) {
    CHECK(node->read(kGrade) == "4,-,-");
    CHECK((*node)->listed().empty());
  }
}

TEST_CASE_METHOD(TwoNodes, "law 4: keep() of what isn't there is refused") {
  const auto keep_in = [&](const char* table, const Key& key, const char* group) {
    a.save([&](Command& run) { run.keep(table, key, group); });
  };
  CHECK_THROWS_AS(keep_in("marks", mark_key(), "grade"), CommandRefused);
  CHECK_THROWS_AS(keep_in("mark", mark_key(), "grades"), CommandRefused);
  CHECK_THROWS_AS(keep_in("mark", key_of({std::int64_t{1}, std::int64_t{2}}), "grade"),
                  CommandRefused);
}

TEST_CASE("law 5: a command of lower weight is refused, and one of equal weight isn't") {
  Node a("a");
  a.save("INSERT INTO final (pupil, value, basis) VALUES (1, 5, 2)", {"head", rank::kPrincipal});
  CHECK_THROWS_AS(a.save("UPDATE final SET value = 4, basis = 0"), Outranked);
  CHECK_THROWS_AS(a.save("UPDATE final SET value = 4"), Outranked);
  CHECK_THROWS_AS(a.save("DELETE FROM final"), Outranked);
  CHECK(a.read("SELECT value, basis FROM final") == "5,2");
  a.save("UPDATE final SET value = 3", {"head", rank::kPrincipal});
  CHECK(a.read("SELECT value, basis FROM final") == "3,2");
}

TEST_CASE("law 5: of concurrent writes the heavier is shown, whatever the clocks say") {
  Node a("a"), b("b");
  a.save("INSERT INTO final (pupil, value) VALUES (1, 5)", {"deputy", rank::kDeputyHead});
  b.now.ms += 3'600'000;
  b.save("INSERT INTO final (pupil, value) VALUES (1, 2)");
  exchange(a, b);
  CHECK(a.read("SELECT value FROM final") == "5");
  CHECK(b.read("SELECT value FROM final") == "5");
  CHECK(is_listed(a, kConflict));
}

TEST_CASE_METHOD(TwoNodes, "law 5: a job doesn't overwrite what a person entered") {
  const Who job{"job", rank::kComputed};
  CHECK_THROWS_AS(a.save("UPDATE mark SET value = 1", job), Outranked);
  CHECK(a.read(kGrade) == "5,-,-");
  a.save("INSERT INTO setting (name, content) VALUES ('x', 1)", job);
  CHECK(a.save("UPDATE setting SET content = 2", job) == Saved::written);
}

TEST_CASE_METHOD(TwoNodes, "law 6: an edit beside a delete keeps the row alive, and listed") {
  a.save("DELETE FROM mark");
  b.save("UPDATE mark SET value = 4");
  exchange(a, b);
  for (auto* node : {&a, &b}) {
    CHECK(node->read("SELECT value, maker FROM mark") == "4,ann");
    CHECK(is_listed(*node, kDeletedButEdited));
    CHECK((*node)->state("mark", mark_key()) == RowFold::State::live);
  }
  b.save([](Command& run) { run.keep_row("mark", mark_key()); });
  exchange(a, b);
  for (auto* node : {&a, &b}) {
    CHECK(node->read("SELECT value, maker FROM mark") == "4,ann");
    CHECK((*node)->listed().empty());
  }
}

TEST_CASE_METHOD(TwoNodes, "law 6: a delete that saw all ends the row everywhere") {
  b.save("UPDATE mark SET value = 4");
  exchange(a, b);
  a.save("DELETE FROM mark");
  exchange(a, b);
  CHECK(b.read("SELECT * FROM mark").empty());
  CHECK(b->state("mark", mark_key()) == RowFold::State::dead);
  CHECK(b->listed().empty());
}

TEST_CASE_METHOD(TwoNodes, "law 6: what is deleted and created again doesn't bring its past back") {
  a.save("UPDATE mark SET note = 'old', comment = 'old'");
  exchange(a, b);
  a.save("DELETE FROM mark");
  a.save("INSERT INTO mark (lesson, pupil, maker, value) VALUES (1, 1, 'ben', 3)");
  exchange(a, b);
  for (auto* node : {&a, &b}) {
    CHECK(node->read("SELECT maker, value, comment, note FROM mark") == "ben,3,-,-");
    CHECK((*node)->listed().empty());
  }
}

TEST_CASE_METHOD(TwoNodes, "law 6: INSERT OR REPLACE is one write of the whole row") {
  a.save("UPDATE mark SET note = 'old'");
  const auto leaves = a.leaves();
  a.save("INSERT OR REPLACE INTO mark (lesson, pupil, maker, value) VALUES (1, 1, 'ben', 3)");
  CHECK(a.leaves() == leaves + 1);
  exchange(a, b);
  for (auto* node : {&a, &b}) {
    CHECK(node->read("SELECT maker, value, note FROM mark") == "ben,3,-");
    CHECK(statuses(*node, "mark", mark_key(), "note") ==
          Statuses{Status::superseded, Status::shown});
  }
}

TEST_CASE_METHOD(TwoNodes, "law 7: one row, made on two sides, is one row") {
  const char* insert = "INSERT INTO mark (lesson, pupil, maker, note) VALUES (1, 2, 'ann', 'x')";
  a.save(insert);
  b.save(insert);
  exchange(a, b);
  CHECK(a.read("SELECT maker, note FROM mark WHERE pupil = 2") == "ann,x");
  CHECK(a->listed().empty());
}

TEST_CASE("law 7: values of any type keep their type on the way") {
  Node a("a"), b("b");
  a.save(
      "INSERT INTO setting (name, content) VALUES "
      "('a', 1), ('b', 1.5), ('c', 'one'), ('d', x'00ff'), ('e', -1 << 63)");
  exchange(a, b);
  const char* types = "SELECT typeof(content), quote(content) FROM setting ORDER BY name";
  CHECK(b.read(types) == a.read(types));
  CHECK(b.read(types).find("real,1.5\ntext,'one'\nblob,X'00FF'") != std::string::npos);
}
