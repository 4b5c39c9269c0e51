// The largest messages, and replicas that hold as much as there may be.
#include <catch2/catch.hpp>
#include <cstring>
#include <random>

#include "sync/core/limits.h"
#include "tests/sync/store/hand.h"

using namespace zimnik::sync;
using namespace zimnik::sync::test;

namespace {

/// What refuses it, or an empty text.
template <class Try>
std::string refusal(Try&& attempt) {
  try {
    attempt();
    return {};
  } catch (const Refused& refused) {
    return refused.what();
  }
}

std::string refusal_of(Node& to, const SiteId& from, const std::string& bytes) {
  return refusal([&] { to->receive(from, bytes, to.now); });
}

std::string noise(std::size_t bytes, unsigned seed) {
  std::mt19937 dice(seed);
  std::string result(bytes, '\0');
  for (std::size_t at = 0; at + 4 <= bytes; at += 4) {
    const auto word = static_cast<std::uint32_t>(dice());
    std::memcpy(&result[at], &word, 4);
  }
  return result;
}

Transaction setting(unsigned number, std::string content) {
  const auto key = std::to_string(number);
  return edit_of({row(2, text_key(key.c_str()), Blob{std::move(content)})}, number);
}

/// A message of a's whole log: a leaf of each of these sizes, about. Nothing compresses what they
/// hold, unless that is alike.
std::string bulk(const std::vector<std::size_t>& sizes, bool is_alike = false) {
  Hand a("a");
  for (const auto size : sizes) {
    const auto number = static_cast<unsigned>(a.size() + 1);
    a.add(setting(number, is_alike ? std::string(size, 'x') : noise(size, number)));
  }
  return a.message();
}

/// Sites of which the hub `to` has a leaf in each stream, from a message of each.
void fill(Node& to, int sites, const std::string& names) {
  for (int i = 0; i < sites; ++i) {
    Node node(names + std::to_string(i));
    node.save("INSERT INTO setting (name, content) VALUES ('" + node.name() + "', 1)");
    node.save("INSERT INTO minutes (id, body) VALUES (" + std::to_string(i) + ", 'x')");
    for (int round = 0;
         to->receive(node.id(), node->generate(to.id(), node.now, kWide), to.now).leaves == 0;
         ++round) {
      REQUIRE(round < 3);
      send(to, node, 1);
    }
  }
}

}  // namespace

TEST_CASE("a message of nearly the largest size is taken; one that is over it is refused") {
  std::vector<std::size_t> sizes(261, 32'100);
  sizes.push_back(9000);
  // Compression saves a few bytes, of one size some more than of another.
  std::string bytes = bulk(sizes);
  for (int i = 0; i < 3; ++i) {
    sizes.back() += limits::kMessageBytes - bytes.size();
    bytes = bulk(sizes);
  }
  sizes.back() += 32;
  const auto larger = bulk(sizes);
  REQUIRE(larger.size() > limits::kMessageBytes);
  REQUIRE(larger.size() < limits::kMessageBytes + 64);
  sizes.back() -= 64;
  bytes = bulk(sizes);
  REQUIRE(bytes.size() <= limits::kMessageBytes);
  REQUIRE(bytes.size() > limits::kMessageBytes - 128);
  Node b("b");
  CHECK_THAT(refusal_of(b, Node("a").id(), larger), Catch::Contains("length: over the bound"));
  auto padded = bytes + std::string(limits::kMessageBytes - bytes.size(), '\0');
  CHECK_THAT(refusal_of(b, Node("a").id(), padded), Catch::Contains("checksum"));
  CHECK_THAT(refusal_of(b, Node("a").id(), padded + '\0'), Catch::Contains("over the bound"));
  CHECK(b.leaves() == 0);
  CHECK(b->receive(Node("a").id(), bytes, b.now).leaves == sizes.size());
  CHECK(b.read("SELECT count(*), sum(length(content)) FROM setting") ==
        std::to_string(sizes.size()) + "," + std::to_string(261 * 32'100 + sizes.back()));
  CHECK(b->verify().empty());
  Node c("c");
  exchange(b, c, limits::kMessageBytes);
  CHECK(c.everything() == b.everything());
}

TEST_CASE(
    "a batch whose leaves come to just the bound is taken; one with another leaf is refused") {
  constexpr std::size_t kLongest = limits::kLeafBytes - 109;  // beside the rest of a leaf
  constexpr std::size_t kMost = limits::kBatchBytes / limits::kLeafBytes;
  Node a("a"), b("b");
  const auto larger = bulk(std::vector<std::size_t>(kMost + 1, kLongest), true);
  CHECK(larger.size() < 20'000);
  CHECK_THAT(refusal_of(b, a.id(), larger),
             Catch::Contains("log " + a.id().hex() + "/shared, seq 2049: ") &&
                 Catch::Contains("over the bound of 67108864"));
  CHECK(b.leaves() == 0);
  CHECK(b->frontier().empty());
  CHECK(b.read("SELECT * FROM setting").empty());
  CHECK(b->receive(a.id(), bulk(std::vector<std::size_t>(kMost, kLongest), true), b.now).leaves ==
        kMost);
}

TEST_CASE("a large message cut at any multiple of 4 KiB is refused, and nothing has changed") {
  const auto bytes = bulk(std::vector<std::size_t>(30, 32'000));
  REQUIRE(bytes.size() > 900'000);
  Node a("a"), b("b");
  for (std::size_t size = 0; size < bytes.size(); size += 4096) {
    CHECK_FALSE(refusal_of(b, a.id(), bytes.substr(0, size)).empty());
    CHECK_FALSE(refusal_of(b, a.id(), bytes.substr(size + 1)).empty());
  }
  CHECK(b.leaves() == 0);
  CHECK(b->receive(a.id(), bytes, b.now).leaves == 30);
}

TEST_CASE("a replica takes branches up to the bound, passes all on, and refuses one more") {
  Node hub("hub");
  hub.save("INSERT INTO setting (name, content) VALUES ('hub', 1)");
  fill(hub, 253, "site ");
  REQUIRE(hub->frontier().size() == 507);
  Node other("other");
  const auto sizes = exchange(hub, other, 4096);
  CHECK(sizes.size() > 5);
  CHECK(other->frontier() == hub->frontier());
  Node wide("wide");
  exchange(other, wide);
  CHECK(wide.everything() == hub.everything());

  // The hub's own two logs count, though one hasn't begun: there is room for four more.
  fill(hub, 2, "last ");
  CHECK(hub->frontier().size() == 511);
  hub.save("INSERT INTO minutes (id, body) VALUES (9999, 'x')");
  REQUIRE(hub->frontier().size() == limits::kTips);
  CHECK_THAT(refusal([&] { fill(hub, 1, "one more "); }),
             Catch::Contains("514 branches, over the bound of 512"));
  CHECK(hub->frontier().size() == limits::kTips);
  CHECK(hub->verify().empty());

  // The other keeps room for its own logs, and goes on writing.
  CHECK_THAT(refusal([&] { exchange(hub, other); }), Catch::Contains("over the bound of 512"));
  other.save("INSERT INTO setting (name, content) VALUES ('other', 1)");
  other.save("INSERT INTO minutes (id, body) VALUES (8888, 'x')");
  CHECK(other->frontier().size() == 509);
  exchange(other, wide);
  CHECK(wide.everything() == other.everything());
}

TEST_CASE("a replica knows certified sites up to the bound, and refuses one more") {
  Node a("a"), b("b");
  for (std::size_t i = 1; i < limits::kSiteRecords; ++i) {
    a->add_site(Node("site " + std::to_string(i)).record());
  }
  CHECK_THAT(refusal([&] { a->add_site(Node("one more").record()); }),
             Catch::Contains("no more than 1024 certified sites"));
  CHECK_THAT(refusal([&] { exchange(a, b); }),
             Catch::Contains("no more than 1024 certified sites"));
}

TEST_CASE("records of many sites go through in small messages, with leaves and without") {
  Node a("a"), b("b");
  for (int i = 1; i <= 100; ++i) a->add_site(Node("site " + std::to_string(i)).record());
  if (GENERATE(false, true)) a.save("INSERT INTO setting (name, content) VALUES ('x', 1)");
  const auto sizes = exchange(a, b, 300);
  CHECK(sizes.size() > 20);
  // But the first after they met: it says the ground in full.
  CHECK(std::count_if(sizes.begin(), sizes.end(), [](auto size) { return size > 1000; }) <= 1);
  CHECK(a.everything() == b.everything());
}

TEST_CASE("many branches that both have go through in small messages") {
  Node a("a"), b("b"), c("c");
  fill(a, 60, "site ");
  exchange(a, b);
  exchange(a, c);
  fill(b, 60, "other ");
  fill(c, 60, "third ");
  exchange(b, a);
  exchange(c, a);
  exchange(b, c, 600);
  CHECK(b.everything() == c.everything());
}
