// What a save says that its author saw, what it writes, and what is refused: laws 2, 5, 6 and 7.
#include <catch2/catch.hpp>

#include "sync/core/limits.h"
#include "tests/sync/store/town.h"

using namespace zimnik::sync;
using namespace zimnik::sync::test;

namespace {

using Statuses = std::vector<Status>;
constexpr auto kConflict = Listed::Reason::conflict;
constexpr const char* kGrade = "SELECT value FROM mark";
const Who kMallory{"mallory", 50};
const Who kJob{"job", rank::kComputed};

Key setting() { return key_of({Text{"x"}}); }

Setup older() {
  Setup setup;
  setup.schema = older_journal();
  return setup;
}

}  // namespace

TEST_CASE_METHOD(TwoNodes, "law 2: a save overwrites what its page showed, void by now or not") {
  b.save("UPDATE mark SET value = 1", kMallory);
  exchange(a, b);
  auto page = a.page();
  a.act(VoidAccount{"mallory", kMorning, {}});
  REQUIRE(a.read(kGrade) == "5");
  a.save(page, "UPDATE mark SET value = 3");
  a.act(Revoke{last_act(a)});
  CHECK(a.read(kGrade) == "3");
  CHECK_FALSE(is_listed(a, kConflict));
  CHECK(statuses(a, "mark", mark_key(), "grade") ==
        Statuses{Status::superseded, Status::superseded, Status::shown});
}

TEST_CASE_METHOD(TwoNodes, "law 2: a save doesn't overwrite what was void when its page was read") {
  b.save("UPDATE mark SET value = 1", kMallory);
  exchange(a, b);
  a.act(VoidAccount{"mallory", kMorning, {}});
  auto page = a.page();
  a.act(Revoke{last_act(a)});
  REQUIRE(a.read(kGrade) == "1");
  a.save(page, "UPDATE mark SET value = 3");
  CHECK(is_listed(a, kConflict));
}

TEST_CASE_METHOD(TwoNodes, "law 2: a save overwrites what its page showed, though it has sunk") {
  auto page = a.page();
  b.save("UPDATE mark SET value = 1", kMallory);
  exchange(a, b);
  a.save(page, "UPDATE mark SET value = 3");
  CHECK(is_listed(a, kConflict));
  a.act(VoidAccount{"mallory", kMorning, {}});
  CHECK(a.read(kGrade) == "3");
  CHECK_FALSE(is_listed(a, kConflict));
}

TEST_CASE("law 2: what vouched for a site later doesn't change what a page of it showed") {
  Setup setup;
  setup.is_certified = false;
  Node s("s", setup);
  s.save("INSERT INTO setting (name, content) VALUES ('x', 1)");
  auto page = s.page();
  s.vouch(s);  // nobody stands by its own word
  REQUIRE(s.read("SELECT * FROM setting").empty());
  s.save(page, "INSERT INTO setting (name, content) VALUES ('x', 2)");
  s->add_site(site_record("s"));
  CHECK(s.read("SELECT content FROM setting") == "2");
  CHECK(statuses(s, "setting", setting(), "content") ==
        Statuses{Status::superseded, Status::shown});
}

TEST_CASE_METHOD(TwoNodes, "law 2: what a page wrote at another site isn't its own entry here") {
  auto page = a.page();
  a.save(page, "UPDATE mark SET value = 3");
  exchange(a, b);
  b.save(page, "UPDATE mark SET value = 4");
  CHECK(is_listed(b, kConflict));
}

TEST_CASE("law 2: jobs have no page: one hasn't seen what another wrote") {
  Node a("a");
  Page none{0, 0, a->seen()};
  auto other = none;
  a.save(none, "INSERT INTO setting (name, content) VALUES ('x', 1)", kJob);
  CHECK(a.save(other, "UPDATE setting SET content = 2", kJob) == Saved::written);
  CHECK(a.leaves() == 2);
  CHECK(is_listed(a, kConflict));
}

TEST_CASE("law 2: an entry id is held after a restart, and an act's too") {
  const TemporaryDirectory directory;
  Node a("a", at(directory.file("a.db")));
  auto page = a.page();
  a.save(page, kCreateMark);
  const auto act = a.entry(a.page(), {"head", rank::kPrincipal});
  const VoidAccount account{"mallory", kMorning, {}};
  CHECK(a->act(act, account, "a reason") == Saved::written);
  CHECK(a->act(act, account, "a reason") == Saved::held);
  a.close();
  a.open();
  --page.counter;
  CHECK(a.save(page, "UPDATE mark SET value = 1") == Saved::held);
  CHECK(a->act(act, account, "a reason") == Saved::held);
  CHECK(a.leaves() == 2);
}

TEST_CASE("law 2: an entry id of long ago is held after a restart") {
  const TemporaryDirectory directory;
  Node a("a", at(directory.file("a.db")));
  auto page = a.page();
  a.save(page, kCreateMark);
  a->batch([&] {
    for (int i = 0; i < 2100; ++i) a.save("UPDATE mark SET value = " + std::to_string(i));
  });
  a.close();
  a.open();
  --page.counter;
  CHECK(a.save(page, "UPDATE mark SET value = 1") == Saved::held);
}

TEST_CASE("law 3: small rows are split too where they are more than a leaf may hold") {
  Node a("a"), b("b");
  a.save(
      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2200) "
      "INSERT INTO setting (name, content) SELECT char(35 + i / 90, 35 + i % 90), 1 FROM n");
  CHECK(a.leaves() == 2);
  exchange(a, b);
  CHECK(b.read("SELECT count(*) FROM setting") == "2200");
  CHECK(b->verify().empty());
}

TEST_CASE("without the school's key its stream is refused, and all else is written") {
  Setup keyless;
  keyless.keys = {};
  Node a("a", keyless);
  CHECK_THROWS_AS(a.save("INSERT INTO minutes (id, body) VALUES (1, 'words')"), CommandRefused);
  CHECK_THROWS_AS(
      a.save(std::string(kCreateMark) + "; INSERT INTO minutes (id, body) VALUES (1, 'words')"),
      CommandRefused);
  CHECK(a.leaves() == 0);
  CHECK(a.read("SELECT * FROM minutes").empty());
  CHECK(a.save(kCreateMark) == Saved::written);
  CHECK(a.leaves() == 1);
  CHECK(a->verify().empty());
}

TEST_CASE_METHOD(TwoNodes, "law 5: who empties a cell or replaces its row covers no higher rank") {
  a.save("INSERT INTO final (pupil, value, basis) VALUES (1, 5, 2)", {"head", rank::kPrincipal});
  CHECK_THROWS_AS(a.save("UPDATE final SET value = NULL, basis = NULL"), CommandRefused);
  CHECK_THROWS_AS(a.save("REPLACE INTO final (pupil) VALUES (1)"), CommandRefused);
  CHECK_THROWS_AS(a.save([](Command& run) {
    run.database().execute("UPDATE final SET value = 2");
    run.keep_row("final", key_of({std::int64_t{1}}));
  }),
                  CommandRefused);
  CHECK(a.read("SELECT value, basis FROM final") == "5,2");
}

TEST_CASE("law 5: what was itself overwritten elsewhere refuses nobody") {
  Setup lenient;
  lenient.schema.tables[2].groups[0].policy = latest();
  Node a("a"), b("b", lenient);
  a.save("INSERT INTO final (pupil, value, basis) VALUES (1, 5, 2)", {"head", rank::kPrincipal});
  exchange(a, b);
  b.save("UPDATE final SET value = 4, basis = 0");
  exchange(a, b);
  CHECK(a.save("UPDATE final SET value = 3") == Saved::written);
  CHECK(a.read("SELECT value FROM final") == "3");
}

TEST_CASE("law 5: a job deletes no person's work in a group that isn't known here") {
  Node a("a"), b("b", older());
  a.save(kCreateMark, kJob);
  a.save("UPDATE mark SET note = 'a person''s'");
  exchange(a, b);
  CHECK_THROWS_AS(b.save("DELETE FROM mark", kJob), CommandRefused);
  CHECK(b.read(kGrade) == "5");
  CHECK(b.save("DELETE FROM mark") == Saved::written);
}

TEST_CASE_METHOD(TwoNodes, "law 6: a row that one command makes and deletes leaves nothing") {
  a.save("DELETE FROM mark");
  const auto leaves = a.leaves();
  CHECK(a.save(std::string(kCreateMark) + "; DELETE FROM mark") == Saved::nothing);
  CHECK(a.leaves() == leaves);
}

TEST_CASE_METHOD(TwoNodes, "law 6: a row replaced by the like of it is written whole") {
  Node old("old", older());
  a.save("UPDATE mark SET note = 'one'");
  exchange(a, old);
  CHECK(old.save("REPLACE INTO mark (lesson, pupil, maker, value) VALUES (1, 1, 'ann', 5)") ==
        Saved::written);
  exchange(a, old);
  CHECK(a.read("SELECT maker, value, note FROM mark") == "ann,5,-");
  for (const char* group : {"made", "grade", "note"}) {
    CHECK(statuses(a, "mark", mark_key(), group) == Statuses{Status::superseded, Status::shown});
  }
}

TEST_CASE_METHOD(TwoNodes, "law 6: a row stays listed while a tombstone is among its heads") {
  a.save("DELETE FROM mark");
  b.save("UPDATE mark SET value = 4");
  exchange(a, b);
  b.save([](Command& run) { run.keep("mark", mark_key(), "grade"); });
  exchange(a, b);
  for (auto* node : {&a, &b}) {
    CHECK(node->read("SELECT maker, value FROM mark") == "ann,4");
    CHECK(is_listed(*node, Listed::Reason::deleted_but_edited));
    CHECK(statuses(*node, "mark", mark_key(), "made").back() == Status::deleted);
  }
}

TEST_CASE("law 7: a create writes the identifying cell, given or not, and what was given") {
  Node a("a"), b("b");
  a.save("INSERT INTO mark (lesson, pupil, value) VALUES (1, 1, 5)");
  CHECK(statuses(a, "mark", mark_key(), "made") == Statuses{Status::shown});
  CHECK(statuses(a, "mark", mark_key(), "note").empty());
  exchange(a, b);
  CHECK(b.read("SELECT maker, value, note FROM mark") == "-,5,-");
}

TEST_CASE("law 7: a new row in which nothing is given is refused where none identifies it") {
  Node a("a");
  CHECK_THROWS_AS(a.save("INSERT INTO setting (name) VALUES ('x')"), CommandRefused);
  CHECK(a.read("SELECT * FROM setting").empty());
}

TEST_CASE_METHOD(TwoNodes, "of a batch that fails no act stays in force") {
  const auto batch = [&] {
    a->batch([&] {
      a.act(VoidAccount{"teacher", kMorning, {}});
      throw CommandRefused("no");
    });
  };
  CHECK_THROWS_AS(batch(), CommandRefused);
  a.save("UPDATE mark SET value = 4");
  CHECK(a.read(kGrade) == "4");
  CHECK(a->verify().empty());
}

TEST_CASE_METHOD(TwoNodes, "of a batch of which a write failed none is written, caught or not") {
  const auto batch = [&] {
    a->batch([&] {
      a.save("UPDATE mark SET value = 4");
      CHECK_THROWS_AS(a.save([](Command&) { throw CommandRefused("no"); }), CommandRefused);
    });
  };
  CHECK_THROWS_AS(batch(), std::logic_error);
  CHECK(a.read(kGrade) == "5");
  CHECK(a.leaves() == 1);
  CHECK(a->verify().empty());
}

TEST_CASE_METHOD(TwoNodes, "what nobody could read again is refused, and nothing is written") {
  const auto act = [&](const std::string& author, const std::string& reason) {
    const auto entry = a.entry(a.page(), {"head", rank::kPrincipal});
    a->act(entry, VoidAccount{author, kMorning, {}}, reason);
  };
  const auto before = a.leaves();
  CHECK_THROWS_AS(act("teacher", std::string(limits::kReasonBytes + 1, 'r')), CommandRefused);
  CHECK_THROWS_AS(act("teacher", "not UTF-8: \xff"), CommandRefused);
  CHECK_THROWS_AS(act(std::string(limits::kNameBytes + 1, 't'), "a reason"), CommandRefused);
  CHECK_THROWS_AS(a.save("UPDATE mark SET value = 4", {std::string(limits::kNameBytes + 1, 't')}),
                  CommandRefused);
  CHECK(a.leaves() == before);
  CHECK(a.read(kGrade) == "5");
  act("teacher", std::string(limits::kReasonBytes, 'r'));
  exchange(a, b);
  CHECK(a.everything() == b.everything());
}
