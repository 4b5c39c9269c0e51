// verify() finds what was changed behind the engine's back, and names it.
#include <algorithm>
#include <catch2/catch.hpp>

#include "sync/core/bytes.h"
#include "sync/core/limits.h"
#include "sync/store/row_table.h"
#include "tests/sync/store/town.h"

using namespace zimnik::sync;
using namespace zimnik::sync::test;

namespace {

constexpr int kLeaves = 3000;  // so that stretches are closed

/// A node with leaves of its own and of a peer's, in a file.
struct Healthy {
  TemporaryDirectory directory;
  std::string path = directory.file("school.db");
  Node a{"a", at(path)}, b{"b"};

  Healthy() {
    write(a, 1, kLeaves / 2);
    write(b, 2, kLeaves / 2);
    exchange(a, b);
    write(a, 3, 20);
    exchange(a, b);
  }
  static void write(Node& node, int lesson, int count) {
    node->batch([&] {
      for (int i = 1; i <= count; ++i) {
        node.save("INSERT INTO mark (lesson, pupil, maker, value) VALUES (" +
                  std::to_string(lesson) + ", " + std::to_string(i) + ", 'ann', 5)");
      }
    });
  }
  /// What verify() finds once this SQL ran behind the engine's back.
  std::vector<std::string> findings_after(const std::string& sql) {
    a.close();
    {
      auto database = Database::open(path);
      database.define(kNextArrival, [] { return 1; });
      database.execute(sql);
      REQUIRE(database.changes() > 0);
    }
    a.open();
    return a->verify();
  }
};

bool names(const std::vector<std::string>& findings, const std::string& text) {
  for (const auto& finding : findings) UNSCOPED_INFO(finding);
  return std::any_of(findings.begin(), findings.end(), [&](const std::string& finding) {
    return finding.find(text) != std::string::npos;
  });
}

/// A column with one byte changed, counted from 1; from the end where `at` is negative.
std::string flipped(const std::string& column, int at = -1) {
  const auto place =
      at > 0 ? std::to_string(at) : "length(" + column + ") + 1 - " + std::to_string(-at);
  return "CAST(substr(" + column + ", 1, " + place + " - 1) || CASE substr(" + column + ", " +
         place + ", 1) WHEN x'00' THEN x'01' ELSE x'00' END || substr(" + column + ", " + place +
         " + 1) AS BLOB)";
}

// In a row of the tail the hash of its first leaf comes first, 32 bytes, then that leaf's length, 2
// bytes, its header of 51 bytes, its content.
constexpr int kInHash = 1;
constexpr int kInContent = 32 + 2 + 51 + 30;

}  // namespace

TEST_CASE_METHOD(Healthy, "verify finds nothing in a healthy replica, open or opened again") {
  CHECK(a.read("SELECT count(*) > 0 FROM zimnik_stretch") == "1");
  CHECK(a->verify().empty());
  CHECK(b->verify().empty());
  a.close();
  a.open();
  CHECK(a->verify().empty());
  CHECK(a.everything() == b.everything());
}

TEST_CASE_METHOD(Healthy, "verify names the row of a changed table cell") {
  const auto found = findings_after("UPDATE mark SET value = 2 WHERE lesson = 2 AND pupil = 77");
  CHECK(found.size() == 1);
  CHECK(names(found, "table mark, row 2, 77"));
}

TEST_CASE_METHOD(Healthy, "verify names a row that was removed from a table, and one put there") {
  const auto found = findings_after("DELETE FROM mark WHERE lesson = 1 AND pupil = 5");
  CHECK(found.size() == 1);
  CHECK(names(found, "table mark, row 1, 5: is missing"));
  const auto more = findings_after("INSERT INTO mark (lesson, pupil, value) VALUES (9, 9, 5)");
  CHECK(names(more, "table mark, row 9, 9"));
}

TEST_CASE_METHOD(Healthy, "verify names a row that was listed for nothing") {
  const auto found = findings_after("INSERT INTO zimnik_listed VALUES (1, x'00', 1, 1)");
  CHECK(names(found, "zimnik_listed"));
}

TEST_CASE_METHOD(Healthy, "verify names a changed leaf of the tail") {
  const auto first = a.read("SELECT max(arrival) FROM zimnik_tail");
  const auto found =
      findings_after("UPDATE zimnik_tail SET leaves = " + flipped("leaves", kInContent) +
                     " WHERE arrival = " + first);
  CHECK(names(found, "arrival " + first));
}

TEST_CASE_METHOD(Healthy, "verify names leaves that have changed places") {
  write(a, 4, 1);
  write(a, 5, 1);
  const auto found = findings_after(
      "CREATE TEMP TABLE last AS SELECT * FROM zimnik_tail ORDER BY arrival DESC LIMIT 2;"
      "UPDATE zimnik_tail SET leaves = (SELECT leaves FROM last WHERE arrival <> "
      "zimnik_tail.arrival) WHERE arrival IN (SELECT arrival FROM last)");
  CHECK(names(found, "the leaf isn't in its place"));
}

TEST_CASE_METHOD(Healthy, "verify names a log with a leaf that was forged with its name") {
  write(a, 4, 1);
  exchange(a, b);
  a.close();
  {
    auto database = Database::open(path);
    auto query =
        database.prepare("SELECT arrival, leaves FROM zimnik_tail ORDER BY arrival DESC LIMIT 1");
    REQUIRE(query.step());
    const auto arrival = query.integer(0);
    std::string row(query.blob(1));
    Reader reader(std::string_view(row).substr(Hash::kSize), "leaf");
    const auto leaf = reader.sized(limits::kLeafBytes, "leaf");
    const auto author = row.find("teacher");
    REQUIRE(author != std::string::npos);
    row.replace(author, 7, "TEACHER");
    row.replace(0, Hash::kSize, leaf_hash(leaf).view());
    auto& update = database.prepared("UPDATE zimnik_tail SET leaves = ? WHERE arrival = ?");
    update.bind_blob(1, row).bind(2, arrival).run();
  }
  a.open();
  CHECK(names(a->verify(), "its leaves aren't those that its site signed"));
}

TEST_CASE_METHOD(Healthy, "verify names a log with a changed hash") {
  const auto first = a.read("SELECT max(arrival) FROM zimnik_tail");
  const auto found =
      findings_after("UPDATE zimnik_tail SET leaves = " + flipped("leaves", kInHash) +
                     " WHERE arrival = " + first);
  CHECK(names(found, "arrival " + first));
  CHECK(names(found, "log " + a.id().hex()));
}

TEST_CASE_METHOD(Healthy, "verify names a changed stretch") {
  const auto found = findings_after("UPDATE zimnik_stretch SET batch = " + flipped("batch") +
                                    " WHERE arrival = 1");
  CHECK(names(found, "arrival 1:"));
}

TEST_CASE_METHOD(Healthy, "verify names the log of a changed hash in a stretch") {
  const auto found = findings_after("UPDATE zimnik_stretch SET hashes = " + flipped("hashes") +
                                    " WHERE arrival = 1");
  CHECK(names(found, "log " + a.id().hex()));
}

TEST_CASE_METHOD(Healthy, "verify names a log whose end was removed") {
  const auto found = findings_after(
      "DELETE FROM zimnik_tail WHERE arrival = (SELECT max(arrival) FROM zimnik_tail)");
  CHECK(names(found, "log " + a.id().hex() + "/shared: leaves that the log had are gone"));
  CHECK(names(found, "table mark, row 3, 20"));
}

TEST_CASE_METHOD(Healthy, "verify names a log whose end was removed from all tables") {
  const auto of_a = " WHERE site = x'" + a.id().hex() + "'";
  const auto before = a.read(
      "SELECT 'size = ' || size || ', peaks = ' || quote(peaks) || ', tip = ' || quote(tip) FROM "
      "zimnik_line" +
      of_a);
  write(a, 4, 1);
  write(a, 5, 1);
  exchange(a, b);
  const auto found = findings_after(
      "DELETE FROM zimnik_tail WHERE arrival IN (SELECT arrival FROM zimnik_tail ORDER BY arrival "
      "DESC LIMIT 2); DELETE FROM mark WHERE lesson >= 4; UPDATE zimnik_line SET " +
      before + of_a);
  CHECK(found == std::vector{"log " + a.id().hex() + "/shared: 2 leaves at its end are missing"});
}

TEST_CASE_METHOD(Healthy, "verify names the log of a changed signature") {
  const auto found =
      findings_after("UPDATE zimnik_line SET head_signature = " + flipped("head_signature") +
                     " WHERE site = x'" + b.id().hex() + "'");
  CHECK(found.size() == 1);
  CHECK(names(found, "log " + b.id().hex()));
}

TEST_CASE_METHOD(Healthy,
                 "verify names the log of a changed block, of one that is gone, of one more") {
  const auto own = "(SELECT line FROM zimnik_line WHERE site = x'" + a.id().hex() + "')";
  const auto changed = findings_after("UPDATE zimnik_block SET hash = " + flipped("hash") +
                                      " WHERE block = 0 AND line = " + own);
  CHECK(changed.size() == 1);
  CHECK(names(changed, "log " + a.id().hex()));
  CHECK(names(changed, "its block 0 "));
  const auto gone = findings_after("DELETE FROM zimnik_block WHERE line = " + own);
  CHECK(gone.size() == 1);
  CHECK(names(gone, "its block 0 "));
  const auto more =
      findings_after("INSERT INTO zimnik_block SELECT 1, block + 9, hash FROM zimnik_block");
  CHECK(names(more, "has blocks without leaves"));
}
