// Receipts: what a hub has taken in, it countersigns; who wrote it keeps that word.
#include "sync/store/receipts.h"

#include <catch2/catch.hpp>
#include <filesystem>

#include "sync/core/limits.h"
#include "tests/sync/store/hand.h"

using namespace zimnik::sync;
using namespace zimnik::sync::test;
using Catch::Contains;

namespace {

Setup hub_at(const std::string& path = ":memory:") {
  Setup setup = at(path);
  setup.kind = SiteKind::hub;
  setup.keys = {};
  return setup;
}

/// A node and a hub that know of each other, and that both read notes.
struct Road {
  TemporaryDirectory directory;
  Node a{"a", at(directory.file("a.db"))};
  Node hub{"hub", hub_at(directory.file("hub.db"))};

  Road() {
    a->add_site(hub.record());
    hub->add_site(a.record());
    a->note_reader(hub.id());
    hub->note_reader(a.id());
  }
  void mark(int pupil) {
    a.save("INSERT INTO mark (lesson, pupil, maker, value) VALUES (1, " + std::to_string(pupil) +
           ", 'ann', 5)");
  }
  std::string ask() { return a->generate(hub.id(), a.now, kWide); }
  std::string reply() { return hub->generate(a.id(), hub.now, kWide); }
  void take_at_hub(const std::string& message) { hub->receive(a.id(), message, hub.now); }
  void take_at_a(const std::string& message) { a->receive(hub.id(), message, a.now); }
};

std::vector<BroughtReceipt> receipts_in(const std::string& message) {
  const auto decoded = decode_message(message);
  return decoded.notes ? decoded.notes->receipts : std::vector<BroughtReceipt>{};
}

/// The sizes of the receipts that are kept of a site's shared log.
std::string kept(Node& node, const Node& of) {
  return node.read(
      "SELECT size FROM zimnik_receipt NATURAL JOIN (SELECT line, site AS writer FROM "
      "zimnik_line WHERE stream = 1) WHERE hex(writer) = upper('" +
      of.id().hex() + "') ORDER BY size");
}

void check_whole(Node& node) {
  for (const auto& finding : node->verify()) FAIL_CHECK(finding);
}

}  // namespace

TEST_CASE_METHOD(Road, "a hub's reply has a receipt of each log that it took, of the newest leaf") {
  exchange(a, hub);
  mark(1);
  a.save("INSERT INTO minutes (id, body) VALUES (1, 'x')");
  take_at_hub(ask());
  const auto answer = reply();
  const auto receipts = receipts_in(answer);
  REQUIRE(receipts.size() == 2);
  for (const auto& receipt : receipts) {
    CHECK(receipt.log.site == a.id());
    CHECK(receipt.size == 1);
    CHECK(receipt.time == hub.now);
  }
  take_at_a(answer);
  CHECK(kept(a, a) == "1");
  CHECK(kept(hub, a) == "1");
  check_whole(a);
  check_whole(hub);
}

TEST_CASE_METHOD(Road, "only logs that have grown get receipts; a reply without news has none") {
  exchange(a, hub);
  mark(1);
  a.save("INSERT INTO minutes (id, body) VALUES (1, 'x')");
  exchange(a, hub);
  take_at_hub(ask());
  CHECK(receipts_in(reply()).empty());
  mark(2);
  take_at_hub(ask());
  REQUIRE(receipts_in(reply()).size() == 1);
  CHECK(receipts_in(reply())[0].size == 2);
}

TEST_CASE_METHOD(Road, "what is brought twice is answered with the receipt that is kept") {
  exchange(a, hub);
  mark(1);
  const auto message = ask();
  take_at_hub(message);
  const auto first = receipts_in(reply());
  REQUIRE(first.size() == 1);
  hub.now.ms += 60'000;
  take_at_hub(message);
  CHECK(receipts_in(reply()) == first);
  hub.close();
  hub.open();
  take_at_hub(message);
  CHECK(receipts_in(reply()) == first);
}

TEST_CASE_METHOD(Road, "a node that reads a hub's leaves of others gets receipts of them too") {
  Node b("b");
  b->add_site(hub.record());
  b->note_reader(hub.id());
  hub->add_site(b.record());
  hub->note_reader(b.id());
  mark(1);
  exchange(a, hub);
  exchange(b, hub);
  CHECK(kept(b, a) == "1");
  check_whole(b);
}

TEST_CASE("who doesn't read notes gets none, and who isn't a hub gives no receipts") {
  Node a("a"), hub("hub", hub_at()), b("b");
  a->add_site(hub.record());
  a.save(kCreateMark);
  exchange(a, hub);
  CHECK_FALSE(decode_message(hub->generate(a.id(), hub.now, kWide)).notes.has_value());
  CHECK_FALSE(decode_message(a->generate(hub.id(), a.now, kWide)).notes.has_value());
  CHECK(kept(a, a).empty());
  b->note_reader(a.id());
  a->note_reader(b.id());
  exchange(a, b);
  CHECK(kept(a, a).empty());
  CHECK(kept(b, a).empty());
  CHECK(decode_message(b->generate(a.id(), b.now, kWide)).notes == Notes{2, {}});
}

TEST_CASE_METHOD(Road, "who gets notes answers with notes, from then on and in later runs") {
  Node c("c", at(directory.file("c.db")));
  Node d("d");
  c->note_reader(d.id());
  exchange(c, d);
  CHECK(decode_message(d->generate(c.id(), d.now, kWide)).notes.has_value());
  c.close();
  c.open();
  CHECK(decode_message(c->generate(d.id(), c.now, kWide)).notes.has_value());
}

TEST_CASE_METHOD(Road, "a message with a receipt that isn't the hub's word is refused as a whole") {
  exchange(a, hub);
  mark(1);
  take_at_hub(ask());
  hub.save("INSERT INTO setting (name, content) VALUES ('x', 1)");
  const auto answer = decode_message(reply());
  REQUIRE(answer.notes->receipts.size() == 1);
  auto forged = answer;
  auto& receipt = forged.notes->receipts[0];
  SECTION("another signature") { receipt.signature.bytes[5] ^= 1; }
  SECTION("another time") { receipt.time.ms += 1; }
  CHECK_THROWS_WITH(take_at_a(encode_message(forged)), Contains("isn't signed by the hub"));
  CHECK(kept(a, a).empty());
  CHECK(a.read("SELECT * FROM setting").empty());
  take_at_a(encode_message(answer));
  CHECK(kept(a, a) == "1");
}

TEST_CASE_METHOD(Road, "a receipt of leaves that aren't held is passed over") {
  exchange(a, hub);
  mark(1);
  take_at_hub(ask());
  auto answer = decode_message(reply());
  auto& receipt = answer.notes->receipts.at(0);
  SECTION("of another branch") { receipt.mark.bytes[0] ^= 1; }
  SECTION("of a longer log") { receipt.size = 2; }
  SECTION("of a log that isn't here") { receipt.log.site.bytes[0] ^= 1; }
  take_at_a(encode_message(answer));
  CHECK(kept(a, a).empty());
}

TEST_CASE("receipts of who isn't a certified hub are refused") {
  Node a("a"), b("b");
  a.save(kCreateMark);
  exchange(a, b);
  auto message = decode_message(b->generate(a.id(), b.now, kWide));
  const auto tip = a->frontier().at(0);
  message.notes = Notes{2, {{tip.log, tip.size, mark_of(tip.leaf), b.now, {}}}};
  CHECK_THROWS_WITH(a->receive(b.id(), encode_message(message), a.now),
                    Contains("isn't a certified hub"));
}

TEST_CASE_METHOD(Road, "a receipt covers its branch alone, and no leaf of the other") {
  exchange(a, hub);
  mark(1);
  exchange(a, hub);
  a.close();
  std::filesystem::copy(directory.file("a.db"), directory.file("twin.db"));
  a.open();
  Node twin("a", at(directory.file("twin.db")));
  twin.now.ms = a.now.ms + 500;
  mark(2);
  twin.save("INSERT INTO mark (lesson, pupil, maker, value) VALUES (1, 3, 'bob', 4)");
  take_at_hub(ask());
  take_at_a(reply());
  exchange(twin, hub);
  CHECK(hub.read("SELECT count(*) FROM zimnik_line WHERE fork > 0") == "1");
  check_whole(hub);
  check_whole(a);
  check_whole(twin);
  exchange(a, hub);
  check_whole(a);
}

TEST_CASE_METHOD(Road, "of many receipts of one log the newest is kept, and one for each spacing") {
  exchange(a, hub);
  constexpr int kMinutes = 60;
  for (int minute = 1; minute <= kMinutes; ++minute) {
    mark(minute);
    hub.now.ms += 60'000;
    take_at_hub(ask());
    take_at_a(reply());
  }
  const auto sizes = kept(hub, a);
  CHECK(kept(a, a) == sizes);
  CHECK_THAT(sizes, Catch::StartsWith("1\n") && Catch::EndsWith("\n60"));
  const auto count = std::count(sizes.begin(), sizes.end(), '\n') + 1;
  CHECK(count >= kMinutes * 60'000 / limits::kReceiptSpacingMs);
  CHECK(count <= 2 + 2 * kMinutes * 60'000 / limits::kReceiptSpacingMs);
  check_whole(a);
}

TEST_CASE_METHOD(Road, "of each entry it is known whether the region has it, and since when") {
  using List = std::vector<AtRegion>;
  mark(1);
  CHECK(a->at_region({1}) == List{{}});
  exchange(a, hub);
  const auto first = hub.now;
  CHECK(a->at_region({1}) == List{{true, first}});
  hub.now.ms += limits::kReceiptSpacingMs;
  mark(2);
  mark(3);
  CHECK(a->at_region({3, 1}) == List{{}, {true, first}});
  exchange(a, hub);
  CHECK(a->at_region({3, 2, 1}) == List{{true, hub.now}, {true, hub.now}, {true, first}});
  a.close();
  a.open();
  CHECK(a->at_region({2}) == List{{true, hub.now}});
}

TEST_CASE_METHOD(Road, "verify names a receipt that was changed") {
  mark(1);
  exchange(a, hub);
  REQUIRE(a->verify().empty());
  a.read("UPDATE zimnik_receipt SET time = time + 1");
  const auto findings = a->verify();
  REQUIRE(findings.size() == 1);
  CHECK_THAT(findings[0], Contains("the receipt of size 1 isn't signed by a hub"));
  a.read("UPDATE zimnik_receipt SET size = 5");
  CHECK_THAT(a->verify().at(0), Contains("more than are held"));
}

TEST_CASE_METHOD(Road, "a receipt and the leaves that it is of are written together, or neither") {
  exchange(a, hub);
  mark(1);
  const auto message = ask();
  hub.read(
      "CREATE TRIGGER fails BEFORE INSERT ON zimnik_receipt BEGIN SELECT RAISE(ABORT, 'no'); "
      "END");
  CHECK_THROWS(take_at_hub(message));
  CHECK(hub.leaves() == 0);
  CHECK(receipts_in(reply()).empty());
  hub.read("DROP TRIGGER fails");
  take_at_hub(message);
  CHECK(receipts_in(reply()).size() == 1);
  check_whole(hub);
}
