// Acts, orphans, and the set alone deciding what is shown, on real replicas: laws 7, 8 and 10.
#include <algorithm>
#include <catch2/catch.hpp>
#include <random>

#include "tests/sync/store/town.h"

using namespace zimnik::sync;
using namespace zimnik::sync::test;

namespace {

constexpr const char* kGrade = "SELECT value FROM mark";
constexpr const char* kCreate =
    "INSERT INTO mark (lesson, pupil, maker, value) VALUES (1, 1, 'ann', 5)";
const Who kMallory{"mallory", 50};

Key mark() { return key_of({std::int64_t{1}, std::int64_t{1}}); }

void exchange_all(std::vector<Node*> nodes) {
  for (int round = 0; round < 2; ++round) {
    for (std::size_t i = 1; i < nodes.size(); ++i) exchange(*nodes[0], *nodes[i]);
  }
}

/// Three nodes that hold one mark, a 5.
struct ThreeNodes {
  Node a{"a"}, b{"b"}, c{"c"};
  ThreeNodes() {
    a.save(kCreate);
    exchange_all({&a, &b, &c});
  }
};

/// A node and its pages that somebody read a while ago.
struct Busy {
  Node node;
  std::vector<Page> pages = {};
};

/// Writes something somewhere, from a page that may be old. What it writes depends on the dice and
/// on what is there alone.
void write_at_random(Busy& busy, std::mt19937& dice) {
  auto& node = busy.node;
  if (busy.pages.size() < 3) busy.pages.push_back(node.page());
  auto& page = busy.pages[dice() % busy.pages.size()];
  if (dice() % 3 == 0) page = node.page();
  const auto roll = [&](int sides) {
    return std::to_string(dice() % static_cast<unsigned>(sides));
  };
  const auto at = " WHERE lesson = " + roll(2) + " AND pupil = " + roll(3);
  switch (dice() % 9) {
    case 0:
      node.save(page, "INSERT OR REPLACE INTO mark (lesson, pupil, maker, value) VALUES (" +
                          roll(2) + ", " + roll(3) + ", '" + node.name() + "', " + roll(5) + ")");
      break;
    case 1:
      node.save(page, "DELETE FROM mark" + at);
      break;
    case 2:
      node.save(page, "UPDATE mark SET note = '" + roll(9) + "'" + at);
      break;
    case 3:
      node.save(page, "INSERT OR REPLACE INTO setting (name, content) VALUES ('" + roll(3) + "', " +
                          roll(9) + ")");
      break;
    case 4:
      node.save(page, "INSERT OR REPLACE INTO minutes (id, body) VALUES (" + roll(3) + ", '" +
                          roll(9) + "')");
      break;
    case 5:
      node.save(page, "UPDATE mark SET maker = '" + node.name() + "'" + at);
      break;
    case 6:
      node.save(page, [](Command& run) {
        bool is_there = false;
        for (std::int64_t pupil = 0; pupil < 3 && !is_there; ++pupil) {
          auto query = run.database().prepare("SELECT 1 FROM mark WHERE lesson = 1 AND pupil = ?");
          is_there = query.bind(1, pupil).step();
          if (is_there) run.keep_row("mark", key_of({std::int64_t{1}, pupil}));
        }
      });
      break;
    default:
      node.save(page,
                "UPDATE mark SET value = " + roll(5) + ", comment = '" + node.name() + "'" + at);
  }
  node.now.ms += static_cast<std::int64_t>(dice() % 100'000);
}

}  // namespace

TEST_CASE("law 8: who writes is told where it would be void at once") {
  Node a("a"), b("b");
  const auto is_void = [](Node& node, const char* author) {
    return node->is_void(node.entry(node.page(), {author}));
  };
  CHECK_FALSE(is_void(a, "mallory"));
  a.act(VoidAccount{"mallory", kMorning, {}});
  CHECK(is_void(a, "mallory"));
  CHECK_FALSE(is_void(a, "ann"));
  a.act(Revoke{last_act(a)});
  CHECK_FALSE(is_void(a, "mallory"));
  a.act(VoidAccount{"mallory", {kMorning.ms - 1000}, kMorning});
  CHECK_FALSE(is_void(a, "mallory"));
  b.save(kCreate);
  exchange(a, b);
  a.act(VoidSite{b.id(), 2, 1});
  exchange_what_goes(a, b);
  CHECK_FALSE(is_void(a, "ann"));
  CHECK(is_void(b, "ann"));
}

TEST_CASE_METHOD(ThreeNodes, "law 7: a row whose creation is void is listed and not shown") {
  a.save("INSERT INTO mark (lesson, pupil, maker, value) VALUES (1, 2, 'eve', 1)", kMallory);
  exchange_all({&a, &b, &c});
  b.save("UPDATE mark SET note = 'x' WHERE pupil = 2");
  c.act(VoidAccount{"mallory", kMorning, {}});
  exchange_all({&a, &b, &c});
  const auto key = key_of({std::int64_t{1}, std::int64_t{2}});
  for (auto* node : {&a, &b, &c}) {
    CHECK(node->read("SELECT pupil FROM mark") == "1");
    CHECK(is_listed(*node, Listed::Reason::orphaned));
    CHECK((*node)->state("mark", key) == RowFold::State::orphaned);
    CHECK(statuses(*node, "mark", key, "note") == std::vector{Status::orphaned});
  }
  c.act(Revoke{last_act(c)});
  exchange_all({&a, &b, &c});
  CHECK(a.read("SELECT note FROM mark WHERE pupil = 2") == "x");
  CHECK(a->listed().empty());
}

TEST_CASE_METHOD(ThreeNodes, "law 8: an act voids, and what only void work displaced comes back") {
  b.save("UPDATE mark SET value = 1", kMallory);
  exchange_all({&a, &b, &c});
  REQUIRE(a.read(kGrade) == "1");
  c.act(VoidAccount{"mallory", kMorning, {}});
  exchange_all({&a, &b, &c});
  for (auto* node : {&a, &b, &c}) {
    CHECK(node->read(kGrade) == "5");
    CHECK(statuses(*node, "mark", mark(), "grade") == std::vector{Status::shown, Status::is_void});
  }
}

TEST_CASE_METHOD(ThreeNodes,
                 "law 8: an act voids what arrives after it, and its Revoke undoes it") {
  b.save("UPDATE mark SET value = 1", kMallory);
  c.act(VoidAccount{"mallory", kMorning, {}});
  exchange(a, c);
  exchange(a, b);
  CHECK(a.read(kGrade) == "5");
  CHECK(b.read(kGrade) == "5");
  const auto act = last_act(a);
  a.act(Revoke{act});
  CHECK(a.read(kGrade) == "1");
  exchange_all({&a, &b, &c});
  CHECK(b.read(kGrade) == "1");
  CHECK(c.read(kGrade) == "1");
}

TEST_CASE_METHOD(ThreeNodes, "law 8: what was superseded knowingly stays so") {
  b.save("UPDATE mark SET value = 1", kMallory);
  exchange_all({&a, &b, &c});
  a.save("UPDATE mark SET value = 3");
  a.act(VoidAccount{"mallory", kMorning, {}});
  CHECK(a.read(kGrade) == "3");
  CHECK(a->listed().empty());
}

TEST_CASE_METHOD(ThreeNodes, "law 8: an act of an interval leaves what lies outside of it") {
  b.save("UPDATE mark SET value = 1", kMallory);
  const auto until = Time{b.now.ms + 1};
  b.save("UPDATE mark SET value = 2", kMallory);
  c.act(VoidAccount{"mallory", kMorning, until});
  exchange_all({&a, &b, &c});
  CHECK(a.read(kGrade) == "2");
  c.act(VoidAccount{"mallory", until, {}});
  exchange_all({&a, &b, &c});
  CHECK(a.read(kGrade) == "5");
}

TEST_CASE_METHOD(ThreeNodes, "law 8: a rank too low, or a laptop, has no say") {
  b.save("UPDATE mark SET value = 1", kMallory);
  b.act(VoidAccount{"mallory", kMorning, {}}, rank::kDeputyHead);
  CHECK(b.read(kGrade) == "1");
  Setup portable;
  portable.kind = SiteKind::laptop;
  Node laptop("laptop", portable);
  laptop.act(VoidAccount{"mallory", kMorning, {}});
  exchange(b, laptop);
  CHECK(b.read(kGrade) == "1");
}

TEST_CASE_METHOD(ThreeNodes, "law 8: a revocation of lower rank undoes nothing") {
  Setup region;
  region.kind = SiteKind::hub;
  Node hub("hub", region);
  exchange(a, hub);
  b.save("UPDATE mark SET value = 1", kMallory);
  hub.act(VoidAccount{"mallory", kMorning, {}}, rank::kOperator);
  exchange(a, hub);
  a.act(Revoke{last_act(a)});
  exchange(a, b);
  CHECK(a.read(kGrade) == "5");
}

TEST_CASE_METHOD(ThreeNodes, "law 8: a revoked site's leaves are kept but void, from a seq on") {
  b.save("UPDATE mark SET value = 3");
  b.save("UPDATE mark SET value = 1");
  exchange_all({&a, &b, &c});
  c.act(VoidSite{b.id(), 2, 1});
  exchange_all({&a, &b, &c});
  for (auto* node : {&a, &b, &c}) CHECK(node->read(kGrade) == "3");
  b.save("UPDATE mark SET value = 2");
  b.save("INSERT INTO mark (lesson, pupil, maker, value) VALUES (1, 2, 'ann', 4)");
  CHECK(b.read(kGrade) == "3");
  exchange_all({&a, &b, &c});
  CHECK(a.read(kGrade) == "3");
  CHECK(a.leaves() == b.leaves());
}

TEST_CASE_METHOD(ThreeNodes, "law 8: an act reaches the school's stream too") {
  b.save("INSERT INTO minutes (id, body) VALUES (1, 'forged')", kMallory);
  exchange_all({&a, &b, &c});
  REQUIRE(a.read("SELECT body FROM minutes") == "forged");
  c.act(VoidAccount{"mallory", kMorning, {}});
  exchange_all({&a, &b, &c});
  CHECK(a.read("SELECT body FROM minutes").empty());
}

TEST_CASE_METHOD(ThreeNodes, "law 8: a succession is carried and held like any leaf") {
  const auto key = SigningKey::generate();
  a->vouch(a.entry(a.page(), {}), SiteKeys{key.public_key(), {}}, SiteKind::node);
  exchange(a, b);
  CHECK(b.leaves() == a.leaves());
  CHECK(b->verify().empty());
}

TEST_CASE("law 10: three replicas end with the same tables whatever the order of exchanges") {
  std::string expected;
  std::vector<int> order = {0, 1, 2};
  do {
    Busy nodes[] = {{Node("a")}, {Node("b")}, {Node("c")}};
    std::mt19937 dice(7);
    nodes[0].node.save(kCreate);
    exchange_all({&nodes[0].node, &nodes[1].node, &nodes[2].node});
    for (auto& busy : nodes) {
      for (int i = 0; i < 40; ++i) write_at_random(busy, dice);
    }
    nodes[2].node.act(
        VoidAccount{"teacher", Time{kMorning.ms + 500'000}, Time{kMorning.ms + 700'000}});
    const auto at = [&](int i) -> Node& { return nodes[order[static_cast<std::size_t>(i)]].node; };
    exchange(at(0), at(1));
    exchange(at(1), at(2));
    exchange(at(0), at(2));
    if (expected.empty()) expected = nodes[0].node.everything();
    for (auto& busy : nodes) CHECK(busy.node.everything() == expected);
  } while (std::next_permutation(order.begin(), order.end()));
}

TEST_CASE("law 10: three replicas that write, void and exchange at random end with the same") {
  for (unsigned seed = 1; seed <= 12; ++seed) {
    INFO("seed " << seed);
    std::mt19937 dice(seed);
    Busy nodes[] = {{Node("a")}, {Node("b")}, {Node("c")}};
    for (int i = 0; i < 150; ++i) {
      const auto one = dice() % 3, other = (one + 1 + dice() % 2) % 3;
      auto& node = nodes[one].node;
      switch (dice() % 16) {
        case 0:
        case 1:
          exchange(node, nodes[other].node, 400 + dice() % 4000);
          break;
        case 2:
          send(node, nodes[other].node, 300);
          break;
        case 3: {
          const auto from = kMorning.ms + static_cast<std::int64_t>(dice() % 2'000'000);
          node.act(VoidAccount{"teacher", Time{from}, Time{from + 300'000}});
          break;
        }
        case 4:
          node.act(Revoke{last_act(node)});
          break;
        default:
          write_at_random(nodes[one], dice);
      }
    }
    exchange_all({&nodes[0].node, &nodes[1].node, &nodes[2].node});
    for (auto& busy : nodes) {
      CHECK(busy.node.everything() == nodes[0].node.everything());
      CHECK(busy.node->frontier() == nodes[0].node->frontier());
      CHECK(busy.node->verify().empty());
    }
  }
}
