// What is listed after an act although it isn't void: law 8.
#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <map>

#include "tests/sync/store/hand.h"

using namespace zimnik::sync;
using namespace zimnik::sync::test;

namespace {

const Who kMallory{"mallory", 50};
using Texts = std::vector<std::string>;

void put(Node& node, const std::string& name, const std::string& content, const Who& who = {}) {
  node.save(
      "INSERT OR REPLACE INTO setting (name, content) VALUES ('" + name + "', '" + content + "')",
      who);
}

void minutes(Node& node, int id, const std::string& body, const Who& who = {}) {
  node.save("INSERT OR REPLACE INTO minutes (id, body) VALUES (" + std::to_string(id) + ", '" +
                body + "')",
            who);
}

/// Each leaf told by the last value that it wrote: the same at every replica.
std::map<std::uint64_t, std::string> told(Node& node) {
  std::map<std::uint64_t, std::string> result;
  node->for_each_leaf(
      [&](std::uint64_t arrival, const Hash&, const LeafPlace&, const Transaction* transaction) {
        const auto* edit = transaction ? std::get_if<Edit>(&transaction->body) : nullptr;
        if (edit == nullptr) return;
        const auto& cell = edit->rows.back().cells.back();
        const auto* text = cell.values.empty() ? nullptr : std::get_if<Text>(&cell.values.back());
        result[arrival] = text ? text->text : "deleted";
      });
  return result;
}

Texts unseen(Node& node, const Hash& act) {
  const auto texts = told(node);
  Texts result;
  for (const auto arrival : node->review(act).unseen) result.push_back(texts.at(arrival));
  std::sort(result.begin(), result.end());
  return result;
}

Texts over_void(Node& node, const Hash& act) {
  const auto texts = told(node);
  Texts result;
  for (const auto& it : node->review(act).over_void) {
    result.push_back(std::to_string(it.table) + "." + std::to_string(it.group) + " " +
                     texts.at(it.arrival));
  }
  std::sort(result.begin(), result.end());
  return result;
}

/// b has work of mallory's from before and after a moment; c, who voids it, saw only the first.
struct Town {
  TemporaryDirectory directory;
  Node a{"a"}, b{"b", at(directory.file("b.db"))}, c{"c"};
  Time moment;

  Town() {
    put(b, "x", "seen early", kMallory);
    exchange(b, c);
    put(b, "y", "unseen early", kMallory);
    minutes(b, 1, "unseen early minutes", kMallory);
    put(b, "z", "honest", {});
    moment.ms = b.now.ms + 1;
    put(b, "z", "late", kMallory);
    minutes(b, 2, "late minutes", kMallory);
  }
  Hash void_mallory() {
    c.now = b.now;
    c.act(VoidAccount{"mallory", moment, {}});
    return last_act(c);
  }
};

}  // namespace

TEST_CASE_METHOD(Town,
                 "what a voided account wrote before the moment, unseen, is listed and counts") {
  const auto act = void_mallory();
  const Texts expected{"unseen early", "unseen early minutes"};
  SECTION("where the act arrives before what it voids") {
    exchange(c, a);
    CHECK(unseen(a, act).empty());
    exchange(a, b);
  }
  SECTION("where it arrives after it") {
    exchange(b, a);
    exchange(c, a);
    exchange(b, a);
  }
  exchange(a, c);
  for (auto* node : {&a, &b, &c}) {
    CHECK((*node)->review(act).in_force);
    CHECK(unseen(*node, act) == expected);
    CHECK(over_void(*node, act).empty());
    CHECK(node->read("SELECT content FROM setting WHERE name = 'y'") == "unseen early");
    CHECK(node->read("SELECT content FROM setting WHERE name = 'z'") == "honest");
  }
}

TEST_CASE_METHOD(Town, "what was written directly over void work is listed, in both streams") {
  exchange(a, b);
  a.now = b.now;
  put(a, "z", "over late");
  put(a, "x", "over early");
  minutes(a, 2, "over late minutes");
  const auto act = void_mallory();
  const Texts expected{"2.1 over late", "4.1 over late minutes"};
  SECTION("where the act arrives before what it voids") { exchange(c, a); }
  SECTION("where it arrives after it") {
    Node d("d");
    exchange(a, d);
    exchange(c, a);
    exchange(a, d);
    CHECK(over_void(d, act) == expected);
  }
  exchange(a, c);
  exchange(a, b);
  for (auto* node : {&a, &b, &c}) CHECK(over_void(*node, act) == expected);
  SECTION("until it is overwritten itself") {
    put(b, "z", "once more");
    CHECK(over_void(b, act) == Texts{"4.1 over late minutes"});
  }
}

TEST_CASE_METHOD(Town, "a deletion over void work is listed") {
  exchange(a, b);
  a.now = b.now;
  a.save("DELETE FROM setting WHERE name = 'z'");
  const auto act = void_mallory();
  exchange(a, c);
  CHECK(over_void(a, act) == Texts{"2.1 deleted"});
  CHECK(over_void(c, act) == Texts{"2.1 deleted"});
}

TEST_CASE_METHOD(Town,
                 "of a voided site what was written over its leaves is listed, from the seq on") {
  exchange(a, b);
  a.now = c.now = b.now;
  put(a, "z", "over late");
  put(a, "x", "over early");
  minutes(a, 1, "over early minutes");
  minutes(a, 2, "over late minutes");
  c.act(VoidSite{b.id(), 4, 2});  // from "late" and "late minutes" on
  const auto act = last_act(c);
  exchange(a, c);
  CHECK(over_void(a, act) == Texts{"2.1 over late", "4.1 over late minutes"});
  CHECK(unseen(a, act).empty());
}

TEST_CASE_METHOD(Town,
                 "a voided site's leaves of each stream are void from that stream's own seq") {
  exchange(b, c);
  c.act(VoidSite{b.id(), 4, 2});
  exchange(b, c);
  for (auto* node : {&b, &c}) {
    CHECK(node->read("SELECT name, content FROM setting ORDER BY name") ==
          "x,seen early\ny,unseen early\nz,honest");
    CHECK(node->read("SELECT id, body FROM minutes") == "1,unseen early minutes");
  }
  c.act(VoidSite{b.id(), 9, 1});
  exchange(b, c);
  CHECK(b.read("SELECT id, body FROM minutes").empty());
  CHECK(b.read("SELECT count(*) FROM setting") == "3");
  CHECK(b->verify().empty());
}

TEST_CASE("what was written over a successor's leaves is listed where it falls with its voucher") {
  Setup unsigned_setup;
  unsigned_setup.is_certified = false;
  Node a("a"), c("c"), s("s", unsigned_setup);
  c.vouch(s);
  exchange(c, s);
  put(s, "x", "of the successor");
  exchange(s, a);
  a.now = s.now;
  put(a, "x", "over it");
  a.act(VoidSite{c.id(), 1, 1});
  CHECK(over_void(a, last_act(a)) == Texts{"2.1 over it"});
}

TEST_CASE("what was written over void work is listed where it came before that, sealed") {
  const TemporaryDirectory directory;
  const Setup setup = at(directory.file("c.db"));
  Setup keyless = setup;
  keyless.keys = {};
  Node c("c", keyless);
  Hand over("a", Stream::school), beneath("x", Stream::school);
  const auto key = key_of({std::int64_t{1}});
  over.edit({row(4, key, Text{"over it"}, {{beneath.edit({row(4, key, Text{"void"})})}})});
  send(message_of({{&over, 0}, {&beneath, 0}}), c);
  c.reopen(setup);
  c.act(VoidSite{beneath.id(), 1, 1});
  CHECK(over_void(c, last_act(c)) == Texts{"4.1 over it"});
}

TEST_CASE_METHOD(Town,
                 "on a log that forked the branch that the act's author didn't hold is unseen") {
  b.close();
  std::filesystem::copy(directory.file("b.db"), directory.file("twin.db"));
  Node twin("b", at(directory.file("twin.db")));
  b.open();
  moment.ms = b.now.ms + 1'000'000;
  put(b, "1", "one branch", kMallory);
  twin.now = b.now;
  put(twin, "2", "other branch", kMallory);
  exchange(b, c);
  const auto act = void_mallory();
  exchange(twin, a);
  exchange(c, a);
  CHECK(unseen(a, act) == Texts{"other branch"});
}

TEST_CASE_METHOD(Town,
                 "an act that isn't in force lists nothing, and what is no act can't be asked of") {
  exchange(b, c);
  put(c, "z", "over late");
  const auto act = void_mallory();
  CHECK(over_void(c, act) == Texts{"2.1 over late"});
  c.act(Revoke{act});
  CHECK_FALSE(c->review(act).in_force);
  CHECK(over_void(c, act).empty());
  CHECK(unseen(c, act).empty());
  CHECK(c->review(last_act(c)).in_force);
  CHECK_THROWS_AS(c->review(Hash{}), std::invalid_argument);
  CHECK_THROWS_AS(c->review(c->frontier().front().leaf), std::invalid_argument);
}

TEST_CASE_METHOD(Town, "an act that was revoked lists nothing of what arrives later either") {
  const auto act = void_mallory();
  c.act(Revoke{act});
  exchange(b, c);
  CHECK(unseen(c, act).empty());
}

TEST_CASE("an act that voids its own author doesn't list itself") {
  Node a("a");
  a.act(VoidAccount{"head", Time{kMorning.ms + 3'600'000}, {}});
  CHECK(a->review(last_act(a)).in_force);
  CHECK(unseen(a, last_act(a)).empty());
}

TEST_CASE("every replica lists the acts alike, with what undoes them") {
  Node a{"a"}, b{"b"};
  put(a, "x", "late", kMallory);
  a.act(VoidAccount{"mallory", {0}, {}});
  const auto first = last_act(a);
  a.act(Revoke{first});
  const auto second = last_act(a);
  a.act(VoidAccount{"mallory", {0}, {}}, rank::kDeputyHead);
  exchange(a, b);
  for (auto* node : {&a, &b}) {
    const auto acts = (*node)->acts();
    REQUIRE(acts.size() == 3);
    CHECK(acts[0].name == first);
    CHECK_FALSE(acts[0].in_force);
    CHECK(acts[0].undone_by == std::vector{second});
    CHECK(acts[0].site == a.id());
    CHECK(acts[1].in_force);
    CHECK(acts[1].undone_by.empty());
    CHECK_FALSE(acts[2].in_force);  // it has no power
    CHECK(acts[2].undone_by.empty());
    const auto written = (*node)->transaction(acts[0].arrival);
    REQUIRE(written);
    CHECK(written->origin == acts[0].origin);
  }
  CHECK_FALSE(a->transaction(0));
  CHECK_FALSE(a->transaction(a.leaves() + 1));
}
