// What of a message is taken, what waits, and what is refused, with messages made by hand.
#include "sync/store/intake.h"

#include <catch2/catch.hpp>

#include "sync/core/limits.h"
#include "tests/sync/store/hand.h"

using namespace zimnik::sync;
using namespace zimnik::sync::test;

namespace {

constexpr const char* kSettings = "SELECT name, content FROM setting ORDER BY name";

RowWrite set(const char* name, int content, std::vector<Over> over = {}) {
  return row(2, text_key(name), std::int64_t{content}, std::move(over));
}

/// Gives why it is refused. Then nothing may have changed.
std::string refusal(const Message& message) {
  Node to("b");
  try {
    send(message, to);
    return {};
  } catch (const Refused& refused) {
    CHECK(to.leaves() == 0);
    CHECK(to->frontier().empty());
    CHECK(to.read(kSettings).empty());
    return refused.what();
  }
}

/// Two leaves of a log, and a message that brings them.
struct TwoLeaves {
  Hand hand{"a"};
  Message message;
  TwoLeaves() {
    hand.edit({set("x", 1)});
    hand.edit({set("y", 1)});
    message = message_of({{&hand, 0}});
  }
  BroughtHead& head() { return *message.lines[0].head; }
};

/// Takes leaves sealed, of which the later one overwrites the earlier, until it gets the key.
struct Keyless {
  TemporaryDirectory directory;
  Setup setup = at(directory.file("c.db"));
  Node c{"c", without_keys()};
  Hand later{"a", Stream::school}, earlier{"x", Stream::school};

  Keyless() {
    const auto key = key_of({std::int64_t{1}});
    const Hash there = earlier.edit({row(4, key, Text{"one"})});
    later.edit({row(4, key, Text{"two"}, {{there}})});
  }
  void get_key() { c.reopen(setup); }

 private:
  Setup without_keys() const {
    auto result = setup;
    result.keys = {};
    return result;
  }
};

}  // namespace

TEST_CASE_METHOD(TwoLeaves, "a message made by hand is taken") { CHECK(refusal(message).empty()); }

TEST_CASE_METHOD(TwoLeaves,
                 "leaves without a head, or with one that is short of them, are refused") {
  SECTION("none") {
    message.lines[0].head.reset();
    CHECK_THAT(refusal(message), Catch::Contains("without a signed head"));
  }
  SECTION("a short one") {
    head().size = 1;
    CHECK_THAT(refusal(message), Catch::Contains("short of its leaves"));
  }
}

TEST_CASE_METHOD(TwoLeaves, "a proof where there is nothing to prove is refused") {
  head().proof = {Hash{}};
  CHECK_THAT(refusal(message), Catch::Contains("nothing to prove"));
}

TEST_CASE_METHOD(TwoLeaves, "a head that another site signed is refused") {
  const Hand other("other");
  auto forged = message_of({{&other, 0}});
  head().signature = forged.lines[0].head->signature;
  CHECK_THAT(refusal(message), Catch::Contains("isn't signed by its site"));
}

TEST_CASE_METHOD(TwoLeaves, "a message that brings a leaf twice is refused") {
  CHECK_THAT(refusal(message_of({{&hand, 0}, {&hand, 0}})), Catch::Contains("stands twice"));
}

TEST_CASE_METHOD(TwoLeaves, "a leaf of the school's stream in the clear is refused") {
  message.lines[0].log.stream = Stream::school;
  CHECK_THAT(refusal(message), Catch::Contains("in the clear"));
}

TEST_CASE_METHOD(TwoLeaves, "a base that isn't all held here is no ground to go on from") {
  Node b("b");
  const auto says_where_it_stands = [&] {
    return decode_message(b->generate(hand.id(), b.now, kWide)).standing.has_value();
  };
  message.base_in_full = Standing{{{{hand.id(), Stream::school}, 1, sha256({"no leaf"})}}, {}};
  send(message, b);
  CHECK(says_where_it_stands());
  message.base_in_full = Standing{{}, {site_record("stranger").keys.id()}};
  send(message, b);
  CHECK(says_where_it_stands());
  message.base_in_full = Standing{};
  send(message, b);
  CHECK_FALSE(says_where_it_stands());
}

TEST_CASE("rows out of order are refused") {
  Hand hand("a");
  hand.add_out_of_order(edit_of({set("y", 1), set("x", 1)}, 1));
  CHECK_THAT(refusal(message_of({{&hand, 0}})), Catch::Contains("out of order"));
}

TEST_CASE("a leaf over the bound is refused, whatever its format") {
  Hand hand("a");
  hand.add_bytes(std::string(limits::kLeafBytes, 'x'), kLeafFormat + 1);
  CHECK_THAT(refusal(message_of({{&hand, 0}})), Catch::Contains("bound"));
}

TEST_CASE("what names a version at a place that nothing stands at is refused") {
  Hand hand("a");
  const Hash x = hand.edit({set("x", 1)});
  hand.edit({set("x", 2, {{x}})});
  for (const std::uint64_t seq : {0, 2, 3}) {
    const auto place = [&](const Over&) { return std::optional(Place{0, seq}); };
    CHECK_THAT(refusal(message_of({{&hand, 0}}, place)), Catch::Contains("which isn't held"));
  }
}

TEST_CASE("what overwrites a leaf that waits, in whatever log, waits with it") {
  Node b("b");
  Hand a("a"), c("c"), x("x");
  const Hash there = x.edit({set("x", 1)});
  const Hash waits = a.edit({set("x", 2, {{there}})});
  c.edit({set("y", 1)});
  c.edit({set("x", 3, {{waits}})});
  auto message = message_of({{&a, 0}, {&c, 0}});
  message.base_in_full = Standing{};
  const auto received = send(message, b);
  CHECK(received.leaves == 1);
  CHECK(received.waiting == 2);
  CHECK(b.read(kSettings) == "y,1");
  // The sender has to hear where this side stands: it takes all for held.
  CHECK(decode_message(b->generate(a.id(), b.now, kWide)).standing);
  send(x, b);
  CHECK(send(message, b).leaves == 2);
  CHECK(b.read(kSettings) == "x,3\ny,1");
  CHECK(b->listed().empty());
  CHECK(b->verify().empty());
}

TEST_CASE("what parts from a branch behind a leaf that waits, waits with it") {
  Node b("b");
  Hand a("a"), x("x");
  const Hash there = x.edit({set("x", 1)});
  a.edit({set("y", 1)});
  a.edit({set("x", 2, {{there}})});
  Hand twin = a;
  a.edit({set("y", 2)});
  twin.edit({set("z", 3)});
  const auto message = message_of({{&a, 0}, {&twin, 2}});
  const auto received = send(message, b);
  CHECK(received.leaves == 1);
  CHECK(received.waiting == 3);
  CHECK(b->verify().empty());
  send(x, b);
  CHECK(send(message, b).leaves == 3);
  CHECK(b->verify().empty());
}

TEST_CASE("both branches of a fork that come again are known") {
  Node b("b");
  Hand a("a");
  a.edit({set("x", 1)});
  Hand twin = a;
  a.edit({set("y", 2)});
  twin.edit({set("z", 3)});
  const auto message = message_of({{&a, 0}, {&twin, 1}});
  const auto received = send(message, b);
  CHECK(received.leaves == 3);
  CHECK(received.forked == std::vector{LogId{a.id(), Stream::shared}});
  CHECK(send(message, b).leaves == 0);
  CHECK(b->frontier().size() == 2);
  CHECK(b->verify().empty());
}

TEST_CASE("what stands in a message before what it overwrites waits for it") {
  Node b("b"), c("c");
  Hand early("a"), late("x");
  const Hash there = late.edit({row(2, text_key("x"), std::int64_t{1})});
  early.edit({row(2, text_key("x"), std::int64_t{2}, {{there}})});
  const auto message = message_of({{&early, 0}, {&late, 0}});
  const auto received = send(message, b);
  CHECK(received.leaves == 1);
  CHECK(received.waiting == 1);
  CHECK(b.read(kSettings) == "x,1");
  CHECK(send(message, b).leaves == 1);
  CHECK(b.read(kSettings) == "x,2");
  CHECK(b->listed().empty());
  CHECK(b->flags().empty());
  exchange(b, c);
  CHECK(c.everything() == b.everything());
  CHECK(c->verify().empty());
}

TEST_CASE_METHOD(Keyless,
                 "what was sealed to who took it is folded like anywhere once the key is there") {
  Node b("b");
  SECTION("in order") { CHECK(send(message_of({{&earlier, 0}, {&later, 0}}), c).leaves == 2); }
  SECTION("out of order, which it can't see") {
    CHECK(send(message_of({{&later, 0}, {&earlier, 0}}), c).leaves == 2);
  }
  exchange(c, b);
  CHECK(b.read("SELECT body FROM minutes") == "two");
  CHECK(b->listed().empty());
  get_key();
  CHECK(c.everything() == b.everything());
  CHECK(c->flags().empty());
  CHECK(c->verify().empty());
  c.close();
  c.open();
  CHECK(c.everything() == b.everything());
  CHECK(c->verify().empty());
}

TEST_CASE_METHOD(
    Keyless, "what overwrites a leaf that never came counts without it where it was taken sealed") {
  CHECK(send(later, c).leaves == 1);
  get_key();
  CHECK(c.read("SELECT body FROM minutes") == "two");
  CHECK(c->listed().empty());
  CHECK(c->flags().size() == 1);
  CHECK(c->verify().empty());
}

TEST_CASE_METHOD(
    Keyless, "what a leaf overwrites counts though it came after the key of a leaf taken sealed") {
  Node b("b");
  CHECK(send(later, c).leaves == 1);
  get_key();
  SECTION("at once") {}
  SECTION("in a stretch, after a restart") {
    c->batch([&] {
      for (int i = 0; i < 300; ++i)
        c.save("INSERT OR REPLACE INTO setting (name, content) VALUES ('x', 1)");
    });
    c.close();
    c.open();
  }
  CHECK(send(earlier, c).leaves == 1);
  CHECK(c.read("SELECT body FROM minutes") == "two");
  CHECK(c->listed().empty());
  CHECK(c->verify().empty());
  CHECK(send(message_of({{&earlier, 0}, {&later, 0}}), b).leaves == 2);
  CHECK(b.read("SELECT body FROM minutes") == c.read("SELECT body FROM minutes"));
}
