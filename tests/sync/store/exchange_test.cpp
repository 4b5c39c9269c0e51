// Messages between real replicas: what is sent, and what isn't sent again.
#include <algorithm>
#include <catch2/catch.hpp>
#include <numeric>
#include <optional>

#include "sync/core/log_head.h"
#include "sync/core/merkle.h"
#include "tests/sync/store/town.h"

using namespace zimnik::sync;
using namespace zimnik::sync::test;

namespace {

void save_marks(Node& node, int lesson, int count) {
  for (int i = 1; i <= count; ++i) {
    node.save("INSERT INTO mark (lesson, pupil, maker, value, comment) VALUES (" +
              std::to_string(lesson) + ", " + std::to_string(i) + ", '" + node.name() +
              "', 5, 'a comment, the " + std::to_string(i * 7919 % 1000) + "th')");
  }
}

std::string message(Node& from, Node& to, std::size_t budget = kWide) {
  return from->generate(to.id(), from.now, budget);
}

Received take(Node& to, Node& from, const std::string& bytes) {
  return to->receive(from.id(), bytes, to.now);
}

/// A message as a site of that name would send it: writes of one setting's content, each over the
/// leaf of that name, which it names by hash.
std::string message_by_hand(const std::string& site,
                            const std::vector<std::optional<Hash>>& overs) {
  Message message;
  message.sites = {site_record(site)};
  const LogId log{message.sites[0].keys.id(), Stream::shared};
  MerkleTree tree;
  LeafPlace place{log, 1, {}};
  std::vector<Transaction> edits;
  for (const auto& over : overs) {
    CellWrite cell{1, Op::set, {static_cast<std::int64_t>(place.seq)}, {}};
    if (over) cell.over.push_back({*over});
    Transaction edit{{"ann", "role", 50, "device"}, kMorning, {7, 1}, {}};
    edit.entry.counter = static_cast<std::uint32_t>(place.seq);
    edit.body = Edit{{{2, key_of({Text{"x"}}), {cell}}}};
    const Hash hash = leaf_hash(encode_leaf(place, edit, {}));
    edits.push_back(std::move(edit));
    tree.append(hash);
    place = {log, place.seq + 1, hash};
  }
  const auto head = LogHead::sign(site_key(site), log, tree.size(), tree.root(), kMorning);
  message.lines = {{log, 0, {}, BroughtHead{head.size, head.time, head.signature, {}}, 0, {}}};
  std::vector<LeafView> leaves;
  for (const auto& edit : edits) leaves.push_back({0, kLeafFormat, &edit, {}});
  const auto nowhere = [](const Over&) { return std::optional<Place>(); };
  message.batch = encode_batch(leaves, {1, {1}}, nowhere, nullptr, Effort::thorough);
  return encode_message(message);
}

/// Two that met, and agree.
struct Met {
  Node a{"a"}, b{"b"};
  Met() { exchange(a, b); }
};

}  // namespace

TEST_CASE_METHOD(Met, "in step, an exchange is two messages without leaves, under 200 bytes") {
  save_marks(a, 1, 20);
  save_marks(b, 2, 20);
  exchange(a, b);
  const auto there = message(a, b);
  CHECK(take(b, a, there).in_step);
  const auto back = message(b, a);
  CHECK(take(a, b, back).in_step);
  CHECK(leaves_in(there) + leaves_in(back) == 0);
  CHECK(there.size() + back.size() < 200);
}

TEST_CASE_METHOD(Met, "one new leaf takes one round trip, and each way one message") {
  a.save("INSERT INTO setting (name, content) VALUES ('x', 1)");
  CHECK(exchange(a, b).size() == 2);
  b.save("INSERT INTO setting (name, content) VALUES ('y', 1)");
  CHECK(exchange(a, b).size() == 2);
  CHECK(a.everything() == b.everything());
}

TEST_CASE_METHOD(Met, "a duplicated message is harmless") {
  save_marks(a, 1, 5);
  const auto bytes = message(a, b);
  CHECK(take(b, a, bytes).leaves == 5);
  const auto before = b.everything();
  CHECK(take(b, a, bytes).leaves == 0);
  CHECK(b.everything() == before);
  CHECK(exchange(a, b).size() == 2);
}

TEST_CASE_METHOD(Met, "messages that come out of order do no harm") {
  save_marks(a, 1, 60);
  const auto first = message(a, b, 300);
  take(b, a, first);
  take(a, b, message(b, a));
  const auto second = message(a, b, 300);
  take(b, a, second);
  CHECK(take(b, a, first).leaves == 0);
  exchange(a, b);
  CHECK(a.everything() == b.everything());
  CHECK(b->verify().empty());
}

TEST_CASE_METHOD(Met, "after a lost reply nothing is sent again once the other has spoken") {
  save_marks(a, 1, 100);
  CHECK(take(b, a, message(a, b)).leaves == 100);
  message(b, a);  // lost
  take(a, b, message(b, a));
  const auto next = message(a, b);
  CHECK(leaves_in(next) == 0);
  CHECK(take(b, a, next).in_step);
}

TEST_CASE_METHOD(Met, "a lost reply costs at most the message that broke") {
  save_marks(a, 1, 100);
  std::size_t sent = 0;
  for (int round = 0; a->frontier() != b->frontier(); ++round) {
    REQUIRE(round < 200);
    const auto there = message(a, b, 300);
    sent += leaves_in(there);
    take(b, a, there);
    const auto back = message(b, a, 300);
    if (round == 3) {
      sent -= leaves_in(there);  // it may come again
      continue;
    }
    take(a, b, back);
  }
  CHECK(sent == 100);
}

TEST_CASE_METHOD(Met, "a request that was lost is made again, whole") {
  save_marks(a, 1, 30);
  message(a, b);  // lost
  CHECK(leaves_in(message(a, b)) == 30);
  exchange(a, b);
  CHECK(a.everything() == b.everything());
}

TEST_CASE_METHOD(Met, "a budget of 300 bytes gets everything through in many messages") {
  save_marks(a, 1, 100);
  save_marks(b, 2, 100);
  const auto sizes = exchange(a, b, 300);
  CHECK(sizes.size() > 10);
  CHECK(*std::max_element(sizes.begin(), sizes.end()) < 1000);
  CHECK(b.read("SELECT count(*) FROM mark") == "200");
  CHECK(a.everything() == b.everything());
}

TEST_CASE("what a message brings says whether there is more") {
  Node a("a"), b("b");
  exchange(a, b);
  save_marks(a, 1, 100);
  CHECK(send(a, b, 300).more);
  send(b, a);
  CHECK_FALSE(send(a, b).more);
}

TEST_CASE("a relay passes on a log that it holds in part") {
  Node a("a"), b("b"), c("c");
  exchange(a, b);
  save_marks(a, 1, 100);
  for (int i = 0; i < 3; ++i) {
    send(a, b, 300);
    send(b, a, 300);
  }
  const auto held = b.leaves();
  REQUIRE(held > 0);
  REQUIRE(held < 100);
  exchange(b, c);
  CHECK(c.leaves() == held);
  CHECK(c.everything() == b.everything());
  CHECK(c->verify().empty());
  SECTION("a reaches c with the rest") {
    exchange(a, c);
    exchange(c, b, 300);
  }
  SECTION("b gets the rest, and passes it on in part") {
    exchange(a, b, 300);
    send(b, c, 300);
    send(c, b, 300);
    CHECK(c->verify().empty());
    exchange(c, b);
  }
  for (auto* node : {&b, &c}) CHECK(node->everything() == a.everything());
}

TEST_CASE("two who hold the same set send no leaves when they first meet") {
  Node a("a"), b("b"), c("c");
  save_marks(a, 1, 50);
  exchange(a, b);
  exchange(a, c);
  for (int i = 0; i < 2; ++i) {
    const auto there = message(b, c);
    take(c, b, there);
    const auto back = message(c, b);
    take(b, c, back);
    CHECK(leaves_in(there) + leaves_in(back) == 0);
  }
  CHECK(send(b, c).in_step);
}

TEST_CASE("two who first meet send only what the other lacks") {
  Node a("a"), b("b"), c("c");
  save_marks(a, 1, 50);
  exchange(a, b);
  exchange(a, c);
  save_marks(b, 2, 3);
  save_marks(c, 3, 4);
  std::size_t sent = 0;
  for (int i = 0; i < 4; ++i) {
    const auto there = message(b, c);
    take(c, b, there);
    const auto back = message(c, b);
    take(b, c, back);
    sent += leaves_in(there) + leaves_in(back);
  }
  CHECK(sent == 7);
  CHECK(b.everything() == c.everything());
}

TEST_CASE_METHOD(Met, "a log that grew far is compared without sending it again") {
  save_marks(a, 1, 300);
  exchange(a, b);
  Node c("c");
  exchange(b, c);
  save_marks(a, 2, 5);
  exchange(a, b);
  std::size_t sent = 0;
  for (int i = 0; i < 4; ++i) {
    const auto there = message(a, c);
    take(c, a, there);
    const auto back = message(c, a);
    take(a, c, back);
    sent += leaves_in(there) + leaves_in(back);
  }
  CHECK(sent == 5);
}

TEST_CASE("a node that was wiped has a hole, and the next exchange heals it") {
  Node a("a"), b("b");
  save_marks(a, 1, 10);
  save_marks(b, 2, 10);
  exchange(a, b);
  Node wiped("b");
  a.save("INSERT INTO setting (name, content) VALUES ('x', 1)");
  const auto received = send(a, wiped);
  CHECK(received.hole);
  CHECK(received.leaves == 0);
  CHECK(wiped.leaves() == 0);
  exchange(wiped, a);
  CHECK(wiped.everything() == a.everything());
  CHECK(wiped.read("SELECT count(*) FROM mark") == "20");
  CHECK(wiped->verify().empty());
}

TEST_CASE("a log advances to what overwrites only what is held, and the rest waits") {
  Node b("b"), c("c"), x("x");
  x.save("INSERT INTO setting (name, content) VALUES ('x', 0)");
  const Hash there = x->frontier().front().leaf;
  const auto bytes = message_by_hand("a", {{}, there, {}});
  const auto sender = site_record("a").keys.id();
  const auto received = b->receive(sender, bytes, b.now);
  CHECK(received.leaves == 1);
  CHECK(received.waiting == 2);
  CHECK_FALSE(received.hole);
  CHECK(b.read("SELECT content FROM setting") == "1");
  CHECK(b->verify().empty());
  exchange(b, c);  // what is held in part is passed on in part
  CHECK(c.leaves() == 1);
  CHECK(c->verify().empty());
  exchange(b, x);
  const auto again = b->receive(sender, bytes, b.now);
  CHECK(again.leaves == 2);
  CHECK(again.waiting == 0);
  exchange(b, c);
  exchange(b, x);
  for (auto* node : {&b, &c, &x}) {
    CHECK(node->leaves() == 4);
    CHECK(statuses(*node, "setting", key_of({Text{"x"}}), "content").size() == 4);
    CHECK((*node)->verify().empty());
  }
}

TEST_CASE("a time a year ahead counts, is flagged, and moves nobody's clock") {
  Node a("a"), b("b");
  a.save("INSERT INTO setting (name, content) VALUES ('x', 1)");
  exchange(a, b);
  CHECK(b->flags().empty());
  const auto right = b.now;
  a.now.ms += std::int64_t{365} * 86'400'000;
  a.save("UPDATE setting SET content = 2");
  const auto bytes = message(a, b);
  b->receive(a.id(), bytes, right);
  CHECK(b.read("SELECT content FROM setting") == "2");
  const auto flags = b->flags();
  REQUIRE(flags.size() == 1);
  CHECK(flags[0].reason == Flag::Reason::clock);
  CHECK(flags[0].arrival == 2);
  b.save("UPDATE setting SET content = 3");
  exchange(a, b);
  const auto history = a->history("setting", key_of({Text{"x"}}), "content");
  REQUIRE(history.size() == 3);
  CHECK(history[2].stamp.time.ms == right.ms + 1000);
  CHECK(history[2].status == Status::shown);
  CHECK(a.read("SELECT content FROM setting") == "3");
}
