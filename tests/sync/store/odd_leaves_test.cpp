// What arrives and isn't as one would write it here: authentic all the same. Laws 1, 3 and 9.
#include <algorithm>
#include <catch2/catch.hpp>

#include "tests/sync/store/hand.h"

using namespace zimnik::sync;
using namespace zimnik::sync::test;

namespace {

constexpr const char* kSettings = "SELECT name, content FROM setting ORDER BY name";

std::vector<std::uint64_t> flagged(Node& node, Flag::Reason reason) {
  std::vector<std::uint64_t> arrivals;
  for (const auto& flag : node->flags()) {
    if (flag.reason == reason) arrivals.push_back(flag.arrival);
  }
  return arrivals;
}

/// Passes on what the first holds, and looks at both.
void check_passed_on(Node& one, Node& other) {
  exchange(one, other);
  CHECK(other.leaves() == one.leaves());
  CHECK(other.everything() == one.everything());
  CHECK(one->verify().empty());
  CHECK(other->verify().empty());
}

}  // namespace

TEST_CASE("law 1: a time far behind that of the leaf before counts, and is flagged") {
  Node a("a"), b("b");
  a.save("INSERT INTO setting (name, content) VALUES ('x', 1)");
  a.now.ms -= 3'600'000;
  a.save("UPDATE setting SET content = 2");
  exchange(a, b);
  CHECK(b.read(kSettings) == "x,2");
  CHECK(flagged(b, Flag::Reason::clock) == std::vector<std::uint64_t>{2});
}

TEST_CASE("law 3: over that names no version of its cell is passed over, flagged, the leaf taken") {
  Node b("b"), c("c");
  Hand hand("a");
  const Hash first = hand.edit({row(2, text_key("x"), std::int64_t{1})});
  hand.edit({row(2, text_key("y"), std::int64_t{2}, {{first}})});
  CHECK(send(hand, b).leaves == 2);
  CHECK(b.read(kSettings) == "x,1\ny,2");
  CHECK(flagged(b, Flag::Reason::over) == std::vector<std::uint64_t>{2});
  CHECK(statuses(b, "setting", text_key("x"), "content") == std::vector{Status::shown});
  check_passed_on(b, c);
}

TEST_CASE("law 3: over that names no version of its cell is flagged beside one that does, too") {
  Node b("b");
  Hand hand("a");
  const Hash x = hand.edit({row(2, text_key("x"), std::int64_t{1})});
  const Hash y = hand.edit({row(2, text_key("y"), std::int64_t{1})});
  hand.edit({row(2, text_key("x"), std::int64_t{2}, {{x}, {y}})});
  hand.edit({row(2, text_key("y"), std::int64_t{2}, {{x}, {y}})});
  send(hand, b);
  CHECK(b.read(kSettings) == "x,2\ny,2");
  CHECK(flagged(b, Flag::Reason::over) == std::vector<std::uint64_t>{3, 4});
  CHECK(b->listed().empty());
}

TEST_CASE("law 7: what was written to a row that nobody made is listed until somebody does") {
  Node b("b");
  Hand hand("a");
  const auto key = key_of({std::int64_t{1}, std::int64_t{1}});
  auto grade = row(1, key, std::int64_t{5});
  grade.cells[0].group = 2;
  grade.cells[0].values = {std::int64_t{5}, Null{}, Null{}};
  hand.edit({grade});
  send(hand, b);
  CHECK(b.read("SELECT * FROM mark").empty());
  CHECK(is_listed(b, Listed::Reason::orphaned));
  Hand maker("c");
  maker.edit({row(1, key, Text{"ann"})});
  send(maker, b);
  CHECK(b.read("SELECT maker, value FROM mark") == "ann,5");
  CHECK(b->listed().empty());
}

TEST_CASE("law 9: a leaf of a later format is kept and passed on, shows nothing, blocks nothing") {
  Node b("b"), c("c");
  Hand hand("a");
  hand.edit({row(2, text_key("x"), std::int64_t{1})});
  hand.add_raw(edit_of({row(2, text_key("x"), std::int64_t{2})}, 2), kLeafFormat + 1);
  hand.edit({row(2, text_key("y"), std::int64_t{3})});
  CHECK(send(hand, b).leaves == 3);
  CHECK(b.read(kSettings) == "x,1\ny,3");
  CHECK(b->unfolded() == std::vector<Unfolded>{{0, 0}});
  check_passed_on(b, c);
}

TEST_CASE("law 9: what doesn't fit the schema is set aside, and the rest of its leaf counts") {
  Node b("b"), c("c");
  Hand hand("a");
  auto two_values = row(2, text_key("two"), std::int64_t{1});
  two_values.cells[0].values.push_back(std::int64_t{2});
  auto unknown_group = row(1, key_of({std::int64_t{1}, std::int64_t{1}}), Text{"ann"});
  unknown_group.cells.push_back({77, Op::set, {std::int64_t{1}}, {}});
  SECTION("of a leaf alone") {
    hand.edit({unknown_group, row(1, key_of({Text{"1"}, Null{}}), Text{"ann"}),
               row(1, key_of({std::int64_t{1}, std::int64_t{2}}), std::int64_t{5}), two_values,
               row(2, key_of({std::int64_t{1}}), std::int64_t{7}),
               row(2, text_key("x"), std::int64_t{1}),
               row(4, key_of({std::int64_t{1}}), Text{"not in this stream"}),
               row(99, text_key("x"), std::int64_t{1})});
  }
  SECTION("beside a row whose name reads like its key") {
    hand.edit({unknown_group, row(2, text_key("x"), std::int64_t{1})});
    hand.edit({row(2, key_of({std::int64_t{1}}), std::int64_t{7})});
    b.save("INSERT INTO setting (name, content) VALUES ('1', 'one')");
    send(hand, b);
    CHECK(b.read("SELECT content FROM setting WHERE name = '1'") == "one");
    b.act(VoidSite{hand.id(), 2, 1});
    CHECK(b.read("SELECT content FROM setting WHERE name = '1'") == "one");
    b.save("DELETE FROM setting WHERE name = '1'");
  }
  send(hand, b);
  CHECK(b.read("SELECT lesson, pupil, maker FROM mark") == "1,1,ann");
  CHECK(b.read(kSettings) == "x,1");
  CHECK(b.read("SELECT * FROM minutes").empty());
  CHECK(b->listed().empty());
  check_passed_on(b, c);
}

TEST_CASE("law 9: a cell that is set aside doesn't count where another overwrites it either") {
  Node b("b");
  Hand hand("a");
  auto two_values = row(2, text_key("x"), std::int64_t{1});
  two_values.cells[0].values.push_back(std::int64_t{2});
  const Hash odd = hand.edit({two_values});
  hand.edit({row(2, text_key("x"), std::int64_t{3}, {{odd}})});
  send(hand, b);
  CHECK(b.read(kSettings) == "x,3");
  CHECK(statuses(b, "setting", text_key("x"), "content") == std::vector{Status::shown});
  CHECK(flagged(b, Flag::Reason::over) == std::vector<std::uint64_t>{2});
}
