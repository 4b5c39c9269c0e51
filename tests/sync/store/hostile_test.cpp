// What a site sends that has gone bad: a small message must not cost much, nor harm anything.
#include <catch2/catch.hpp>
#include <deque>

#include "sync/core/limits.h"
#include "sync/core/log_head.h"
#include "tests/sync/store/hand.h"

using namespace zimnik::sync;
using namespace zimnik::sync::test;
using Catch::Contains;

namespace {

RowWrite setting(const std::string& name, Value value, std::vector<Over> over = {}) {
  return row(2, text_key(name.c_str()), std::move(value), std::move(over));
}

Transaction act(decltype(Act::what) what, std::uint64_t number) {
  auto transaction = edit_of({}, number);
  transaction.origin.rank = rank::kPrincipal;
  transaction.body = Act{std::move(what), "", {}};
  return transaction;
}

/// What was added since the last message.
Received deliver(Hand& from, Node& to) { return to->receive(from.id(), from.message(), to.now); }

void check_whole(Node& node) {
  for (const auto& finding : node->verify()) FAIL_CHECK(finding);
}

}  // namespace

TEST_CASE("rows whose key isn't the table's are set aside, and the message is taken") {
  Node b("b");
  Hand mallory("mallory");
  const CellWrite cell{1, Op::set, {Null{}}, {}};
  mallory.edit({{2, key_of({Text{"x"}, Text{"y"}, Text{"z"}}), {cell}}});
  mallory.edit({{2, key_of({}), {cell}}});
  mallory.edit({{2, key_of({Null{}}), {cell}}});
  mallory.edit({{1, key_of({Text{"x"}, 0.5}), {cell}}});
  mallory.edit({setting("x", std::int64_t{1})});
  CHECK(deliver(mallory, b).leaves == 5);
  CHECK(b.read("SELECT * FROM mark").empty());
  CHECK(b.read("SELECT name, content FROM setting") == "x,1");
  check_whole(b);
}

TEST_CASE("times at the ends of what a number can say are flagged where they are odd") {
  Node b("b");
  Hand mallory("mallory");
  for (const auto time : {INT64_MIN, INT64_MAX, INT64_MIN, std::int64_t{0}}) {
    auto edit = edit_of({setting("x", time)}, mallory.size());
    edit.time.ms = time;
    mallory.add(edit);
  }
  CHECK(deliver(mallory, b).leaves == 4);
  CHECK(b->flags().size() == 2);
  check_whole(b);
}

TEST_CASE("a cell with tens of thousands of heads is folded once for a message") {
  Node b("b");
  Hand mallory("mallory");
  for (std::int64_t i = 0; i < 10'000; ++i) {
    mallory.edit({setting("x", i)});
  }
  CHECK(deliver(mallory, b).leaves == 10'000);
  CHECK(b.read("SELECT content FROM setting") == "9999");
  CHECK(is_listed(b, Listed::Reason::conflict));
}

TEST_CASE("a write over more heads than a leaf may overwrite covers the newest, and can be read") {
  Node b("b"), c("c");
  Hand mallory("mallory");
  for (std::int64_t i = 0; i < 600; ++i) {
    mallory.edit({setting("x", i)});
  }
  deliver(mallory, b);
  b.now.ms += 3'600'000;
  for (const bool is_left : {true, true, false}) {
    b.save("UPDATE setting SET content = " + std::to_string(b.leaves()));
    CHECK(b.read("SELECT content FROM setting") == std::to_string(b.leaves() - 1));
    CHECK(is_listed(b, Listed::Reason::conflict) == is_left);
  }
  exchange(b, c);
  CHECK(c.everything() == b.everything());
  check_whole(c);
}

TEST_CASE("versions that overwrite hundreds of others, all over the log, are read once each") {
  Node b("b");
  Hand mallory("mallory");
  for (std::uint64_t i = 0; i < 3000; ++i) {
    std::vector<Over> over;
    for (std::uint64_t j = 0; j < std::min<std::uint64_t>(i, 64); ++j) {
      over.push_back({{}, i - j * (i / 64 + (i < 64))});
    }
    mallory.edit({setting("x", static_cast<std::int64_t>(i), over)});
    if (i % 1500 == 1499) CHECK(deliver(mallory, b).leaves == 1500);
  }
  CHECK(b.read("SELECT content FROM setting") == "2999");
  check_whole(b);
}

TEST_CASE("a chain of revocations is judged however long it is") {
  Node b("b");
  Hand mallory("mallory");
  b.save("INSERT INTO setting (name, content) VALUES ('x', 1)", {"mallory"});
  auto last = mallory.add_raw(act(VoidAccount{"mallory", {0}, {}}, 0));
  for (std::uint64_t i = 1; i <= 12'000; ++i) last = mallory.add_raw(act(Revoke{last}, i));
  CHECK(deliver(mallory, b).leaves == 12'001);
  CHECK(b.read("SELECT content FROM setting").empty());
  mallory.add_raw(act(Revoke{last}, 12'001));
  CHECK(deliver(mallory, b).leaves == 1);
  CHECK(b.read("SELECT content FROM setting") == "1");
}

TEST_CASE("thousands of acts of two sites on each other are judged") {
  Node b("b");
  Hand mallory("mallory"), eve("eve");
  for (std::uint64_t i = 1; i <= 1000; ++i) {
    mallory.add_raw(act(VoidSite{eve.id(), i * 7919 % 1001, i}, i));
    eve.add_raw(act(VoidSite{mallory.id(), i * 104'729 % 1001, i}, i));
  }
  CHECK(deliver(mallory, b).leaves == 1000);
  CHECK(deliver(eve, b).leaves == 1000);
  check_whole(b);
}

TEST_CASE("tens of thousands of vouched sites and of voided intervals are judged") {
  Node b("b");
  Hand mallory("mallory");
  b.save("INSERT INTO setting (name, content) VALUES ('x', 1)");
  for (std::int64_t i = 0; i < 4'000; ++i) {
    auto vouch = edit_of({}, static_cast<std::uint64_t>(i));
    SiteKeys keys = site_record("x").keys;
    keys.signing = PublicKey::from(sha256({std::to_string(i)}).view());
    vouch.body = Succession{keys, SiteKind::node};
    mallory.add_raw(vouch);
    mallory.add_raw(
        act(VoidAccount{"teacher", {i * 10}, Time{i * 10 + 5}}, static_cast<std::uint64_t>(i)));
  }
  CHECK(deliver(mallory, b).leaves == 8'000);
  CHECK(b.read("SELECT content FROM setting") == "1");
}

TEST_CASE("a clear edit that isn't in columns is refused: its values would go uncounted") {
  Node b("b");
  Hand mallory("mallory");
  mallory.add_raw(edit_of({setting("x", Null{})}, 1));
  CHECK_THROWS_WITH(deliver(mallory, b), Contains("a clear edit that isn't in columns"));
  CHECK(b.leaves() == 0);
}

TEST_CASE("what overwrites a version of the other stream waits, whether that is held or not") {
  Node a("a"), b("b");
  a.save("INSERT INTO minutes (id, body) VALUES (1, 'x')");
  Hash sealed;
  a->for_each_leaf([&](auto, const Hash& name, auto&, auto*) { sealed = name; });
  Hand mallory("mallory");
  mallory.edit({setting("x", Null{})});
  mallory.edit({setting("y", Null{}, {{sealed}})});
  const auto bytes = mallory.message();
  for (auto* node : {&a, &b}) {
    const auto received = (*node)->receive(mallory.id(), bytes, node->now);
    CHECK(received.leaves == 1);
    CHECK(received.waiting == 1);
  }
  exchange(a, b);
  CHECK(a.everything() == b.everything());
}

TEST_CASE("leaves of a site are a stranger's where what vouches for it has to wait") {
  Node b("b");
  Hand mallory("mallory"), heir("heir");
  mallory.edit({setting("x", Null{}, {{sha256({"nothing"})}})});
  auto vouch = edit_of({}, 2);
  vouch.body = Succession{site_record("heir").keys, SiteKind::node};
  mallory.add_raw(vouch);
  heir.edit({setting("y", Null{})});
  auto message = message_of({{&mallory, 0}, {&heir, 0}});
  message.sites.pop_back();
  const auto received = send(message, b);
  CHECK(received.hole);
  CHECK_THAT(received.reason, Contains("what vouches for it waits"));
  CHECK(b.leaves() == 0);
}

TEST_CASE("hundreds of branches of a log, each from the one before, go through quickly") {
  Node b("b"), peer("peer");
  Hand mallory("mallory");
  const auto add = [&](std::uint64_t number) {
    mallory.add(edit_of({setting("x", static_cast<std::int64_t>(number))}, number));
  };
  add(0);
  const auto relay = [&] { b->receive(Node("relay").id(), mallory.message(), b.now); };
  relay();
  for (std::uint64_t i = 1; i <= 300; ++i) {
    mallory.fork(i);
    add(2 * i);
    add(2 * i);
    relay();
    mallory.fork(i);
    add(2 * i + 1);
  }
  relay();
  exchange(b, peer);
  CHECK(peer->frontier() == b->frontier());
  CHECK(peer.everything() == b.everything());
}

TEST_CASE("a site that gives everybody other branches of its log keeps nobody from anybody") {
  constexpr std::uint64_t kNodes = 20;
  Node hub("hub");
  Hand mallory("mallory");
  std::deque<Node> nodes;
  for (std::uint64_t i = 0; i < kNodes; ++i) {
    auto& node = nodes.emplace_back("node " + std::to_string(i));
    const auto bring_branch = [&](std::uint64_t number) {
      mallory.fork(0);
      mallory.add(edit_of({setting("x", static_cast<std::int64_t>(number))}, number));
      return deliver(mallory, node).leaves;
    };
    const auto first = i * limits::kOwnBranches;
    for (auto j = first; j < first + limits::kOwnBranches; ++j) CHECK(bring_branch(j) == 1);
    CHECK_THROWS_WITH(bring_branch(9999), Contains("more branches of it than the bound of 8"));
    node.save("UPDATE setting SET content = 'honest'");
    node.save("INSERT INTO minutes (id, body) VALUES (" + std::to_string(i) + ", 'x')");
  }
  for (int round = 0; round < 2; ++round) {
    for (auto& node : nodes) exchange(node, hub);
  }
  CHECK(hub->frontier().size() == kNodes * (limits::kOwnBranches + 2));
  hub.act(VoidSite{mallory.id(), 1, 1});
  for (auto& node : nodes) {
    exchange(hub, node);
    CHECK(node.everything() == hub.everything());
  }
  CHECK(hub.read("SELECT count(*) FROM minutes") == std::to_string(kNodes));
}

TEST_CASE("entry ids with gaps, of one page, are kept and found") {
  Node b("b");
  Hand mallory("mallory");
  for (std::uint32_t i = 10'000; i > 0; --i) {
    auto edit = edit_of({setting("x", Null{})}, i);
    edit.entry.counter = 2 * i;
    mallory.add(edit);
  }
  CHECK(deliver(mallory, b).leaves == 10'000);
  const auto save = [&](std::uint32_t counter) {
    const Entry entry{{"t", "role", 50, "device"}, b.now, {77, counter}, b->seen()};
    return b->write(entry, [](Command& run) {
      run.database().execute("INSERT OR REPLACE INTO setting (name, content) VALUES ('y', 1)");
    });
  };
  CHECK(save(2) == Saved::held);
  CHECK(save(20'000) == Saved::held);
  CHECK(save(4001) == Saved::written);
  CHECK(save(4001) == Saved::held);
}

TEST_CASE("plain text isn't had by repeating what the other says of its keys") {
  Setup with_key;
  with_key.keys.add_person_key(std::int64_t{1}, some_key("person 1"));
  Node a("a", with_key), b("b");
  a.save("INSERT INTO person (id, phone, class) VALUES (1, '+7 913 0000000', '7a')");
  std::string said = b->generate(a.id(), b.now, kWide);
  for (int i = 0; i < 4; ++i) {
    a->receive(b.id(), said, a.now);
    const auto bytes = a->generate(b.id(), a.now, kWide);
    CHECK(bytes.find("+7 913 0000000") == std::string::npos);
    b->receive(a.id(), bytes, b.now);
    auto message = decode_message(b->generate(a.id(), b.now, kWide));
    message.keyring_digest = decode_message(bytes).keyring_digest;
    said = encode_message(message);
  }
  CHECK(b.leaves() == 1);
}
