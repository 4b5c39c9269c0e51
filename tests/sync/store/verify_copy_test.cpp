// A copied file is checked with nothing but the authority's key, and isn't touched.
#include "sync/store/verify_copy.h"

#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

#include "sync/store/row_table.h"
#include "tests/sync/store/town.h"

using namespace zimnik::sync;
using namespace zimnik::sync::test;

namespace {

/// A node's file with leaves of its own, of a peer and of both streams, with receipts, closed.
struct Copied {
  TemporaryDirectory directory;
  std::string path = directory.file("journal.db");
  Keyring keys = school_keyring();

  Copied() {
    keys.add_person_key(std::int64_t{1}, some_key("person 1"));
    Setup setup = at(path), as_hub;
    setup.keys = keys;
    as_hub.kind = SiteKind::hub;
    Node a("a", setup), b("b"), hub("hub", as_hub);
    a->add_site(hub.record());
    a->note_reader(hub.id());
    hub->note_reader(a.id());
    b.save("INSERT INTO mark (lesson, pupil, maker, value) VALUES (9, 9, 'bob', 3)");
    exchange(a, b);
    a.save(kCreateMark);
    a.save("INSERT INTO minutes (id, body) VALUES (1, 'a secret')");
    a.save("INSERT INTO person (id, phone, class) VALUES (1, '555', '7a')");
    exchange(a, hub);
  }
  CopyReport report(const Keyring& with = {}) const {
    return verify_copy(path, journal(), site_key("authority").public_key(), with);
  }
  void change(const std::string& sql) const {
    auto database = Database::open(path);
    database.define(kNextArrival, [] { return 1; });
    database.execute(sql);
    REQUIRE(database.changes() > 0);
  }
  std::string bytes() const {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }
  std::set<std::string> listing() const {
    std::set<std::string> names;
    for (const auto& it : std::filesystem::directory_iterator(directory.file(""))) {
      names.insert(it.path().string());
    }
    return names;
  }
};

bool names(const CopyReport& report, const std::string& text) {
  for (const auto& finding : report.findings.lines()) UNSCOPED_INFO(finding);
  return std::any_of(report.findings.lines().begin(), report.findings.lines().end(),
                     [&](const auto& finding) { return finding.find(text) != std::string::npos; });
}

}  // namespace

TEST_CASE_METHOD(Copied, "a sound copy holds; what can't be opened is counted, not faulted") {
  const auto it = report();
  for (const auto& finding : it.findings.lines()) FAIL_CHECK(finding);
  CHECK(it.leaves == 4);
  CHECK(it.unreadable == 1);
  CHECK(it.uncovered == 0);
  CHECK(it.heads == 3);
  CHECK(it.receipts >= 2);
  CHECK(it.sites == 3);
  CHECK(it.compared);
  CHECK_FALSE(it.all_compared);
}

TEST_CASE_METHOD(Copied, "with the keys all of it is read and compared") {
  const auto it = report(keys);
  for (const auto& finding : it.findings.lines()) FAIL_CHECK(finding);
  CHECK(it.unreadable == 0);
  CHECK(it.all_compared);
}

TEST_CASE_METHOD(Copied, "the copy isn't written to, and nothing beside it") {
  const auto before = bytes();
  const auto listed = listing();
  report();
  CHECK(bytes() == before);
  CHECK(listing() == listed);
}

TEST_CASE_METHOD(Copied, "what was written to a file that is open is read from beside it") {
  Setup setup = at(path);
  setup.keys = keys;
  Node a("a", setup);
  a.now.ms += 1'000'000;
  for (int i = 0; i < 10; ++i) (void)a.page();  // pages that the file's first node hasn't had
  a.save("INSERT INTO mark (lesson, pupil, maker, value) VALUES (1, 2, 'ann', 5)");
  const auto it = report();
  CHECK(it.findings.empty());
  CHECK(it.leaves == 5);
  CHECK(it.uncovered == 1);
}

TEST_CASE_METHOD(Copied, "a cell that was changed is named, by who has no keys too") {
  change("UPDATE mark SET value = 2 WHERE lesson = 1");
  CHECK(names(report(), "table mark, row 1, 1: isn't what the log says"));
}

TEST_CASE_METHOD(Copied, "a personal value that was changed is named by who has the keys") {
  change("UPDATE person SET phone = '666'");
  CHECK(report().findings.empty());
  CHECK(names(report(keys), "table person, row 1: isn't what the log says"));
}

TEST_CASE_METHOD(Copied, "a leaf, a head, a receipt and a record that were changed are named") {
  SECTION("a leaf") {
    change(
        "UPDATE zimnik_tail SET leaves = CAST(substr(leaves, 1, 120) || x'07' || "
        "substr(leaves, 122) AS BLOB) WHERE arrival = 1");
    CHECK(names(report(), "the leaf has changed"));
  }
  SECTION("a head") {
    change("UPDATE zimnik_line SET head_time = head_time + 1 WHERE line = 1");
    CHECK(names(report(), "its head isn't signed by its site"));
  }
  SECTION("a log that was cut off") {
    change("DELETE FROM zimnik_tail WHERE arrival = (SELECT max(arrival) FROM zimnik_tail)");
    CHECK_FALSE(report().findings.empty());
  }
  SECTION("a receipt") {
    change("UPDATE zimnik_receipt SET time = time - 1");
    CHECK(names(report(), "isn't signed by a hub over these leaves"));
  }
  SECTION("a record") {
    change(
        "UPDATE zimnik_site SET record = CAST(substr(record, 1, 81) || x'03' || "
        "substr(record, 83) AS BLOB) WHERE hex(substr(record, 82, 1)) = '02'");
    CHECK(names(report(), "its record isn't signed by the authority"));
  }
}

TEST_CASE_METHOD(Copied, "what is only derived is compared too") {
  SECTION("a tip") {
    change("UPDATE zimnik_line SET tip = zeroblob(32) WHERE line = 1");
    CHECK(names(report(), "its tip isn't its last leaf"));
  }
  SECTION("a parent") {
    change("UPDATE zimnik_line SET parent = 1 WHERE line = 2");
    CHECK(names(report(), "line 2 of the log: parts from another log"));
  }
  SECTION("a site's name") {
    change(
        "UPDATE zimnik_site SET site = zeroblob(16) WHERE site = (SELECT min(site) FROM "
        "zimnik_site)");
    CHECK(names(report(), "is under another's name"));
  }
}

TEST_CASE_METHOD(Copied, "no file keeps its reader for ever") {
  SECTION("a line that parts from itself") {
    change("UPDATE zimnik_line SET parent = 1, fork = 1000000 WHERE line = 1");
    CHECK(names(report(), "line 1 of the log"));
  }
  SECTION("an engine's table that is an endless query") {
    change(
        "ALTER TABLE zimnik_site RENAME TO was; CREATE VIEW zimnik_site AS WITH RECURSIVE n (i) AS "
        "(SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT zeroblob(16) AS site, zeroblob(9) AS "
        "record FROM n; DELETE FROM zimnik_receipt");
    CHECK_THROWS_WITH(report(), Catch::Contains("zimnik_site isn't the table of that name"));
  }
  SECTION("a domain's table with a column that is computed") {
    change(
        "DROP TABLE minutes; DROP TABLE mark; CREATE TABLE mark (lesson, pupil AS (lesson + 1)); "
        "INSERT INTO mark VALUES (1)");
    CHECK(names(report(), "table mark: isn't the table of that name"));
  }
  SECTION("any other query") {
    auto database = Database::open(path);
    database.limit_work(100'000);
    auto endless = database.prepare(
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n");
    CHECK_THROWS_WITH(endless.step(), Catch::Contains("interrupted"));
  }
}

TEST_CASE_METHOD(Copied, "the version of the schema is a number and nothing else") {
  for (const auto* version : {"-5", "1e9", "4294967298", "2 ", ""}) {
    CAPTURE(version);
    change(std::string("UPDATE zimnik_meta SET value = CAST('") + version +
           "' AS BLOB) WHERE name = 'schema'");
    CHECK_THROWS_WITH(report(), Catch::Contains("isn't a replica's file"));
  }
}

TEST_CASE_METHOD(Copied, "a signal that comes while there is a scratch copy leaves nothing of it") {
  const auto scratch = directory.file("scratch");
  std::filesystem::create_directory(scratch);
  const auto child = ::fork();
  if (child == 0) {
    ::setenv("TMPDIR", scratch.c_str(), 1);
    ::signal(SIGTERM, SIG_DFL);
    const ScratchCopy copy(path);
    if (std::filesystem::is_empty(scratch)) ::_exit(1);
    ::raise(SIGTERM);
    if (std::filesystem::is_empty(scratch)) ::_exit(2);
    copy.~ScratchCopy();
    ::_exit(3);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  CHECK(WIFSIGNALED(status));
  CHECK(std::filesystem::is_empty(scratch));
}

TEST_CASE("findings are bounded, and say how many more there are") {
  Findings findings;
  for (std::size_t i = 0; i < Findings::kMost + 7; ++i) findings.add("one");
  CHECK(findings.lines().size() == Findings::kMost);
  CHECK(findings.more() == 7);
  CHECK(findings.count() == Findings::kMost + 7);
}

TEST_CASE_METHOD(Copied, "another region's authority proves nothing of it") {
  const auto it = verify_copy(path, journal(), site_key("another").public_key(), {});
  CHECK(names(it, "its record isn't signed by the authority"));
  CHECK(names(it, "its site isn't known, so its head can't be checked"));
}

TEST_CASE_METHOD(Copied, "a file of another schema is checked but for its tables") {
  const auto it = verify_copy(path, older_journal(), site_key("authority").public_key(), {});
  CHECK(it.findings.empty());
  CHECK(it.schema == 2);
  CHECK_FALSE(it.compared);
}

TEST_CASE("what isn't a replica's file is refused by name") {
  TemporaryDirectory directory;
  const auto key = site_key("authority").public_key();
  CHECK_THROWS(verify_copy(directory.file("none.db"), journal(), key, {}));
  const auto path = directory.file("text.db");
  std::ofstream(path) << std::string(5000, 'x');
  CHECK_THROWS_WITH(verify_copy(path, journal(), key, {}), Catch::Contains("text.db"));
}
