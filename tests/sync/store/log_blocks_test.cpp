// Logs of more than a block: in small messages, forked, rolled back, and left out in the middle.
#include <catch2/catch.hpp>
#include <filesystem>
#include <stdexcept>

#include "tests/sync/store/town.h"

using namespace zimnik::sync;
using namespace zimnik::sync::test;

namespace {

/// So many leaves in one SQLite transaction.
void put(Node& node, const std::string& names, int count) {
  node->batch([&] {
    for (int i = 1; i <= count; ++i) {
      node.save("INSERT INTO setting (name, content) VALUES ('" + names + std::to_string(i) +
                "', 1)");
    }
  });
}

std::string blocks(Node& node) {
  return node.read("SELECT line, group_concat(block, ' ') FROM zimnik_block GROUP BY line");
}

void check_equal(std::initializer_list<Node*> nodes) {
  for (auto* node : nodes) {
    CHECK((*node)->verify().empty());
    CHECK((*node)->frontier() == (*nodes.begin())[0]->frontier());
  }
}

struct Twins : TwinNodes {
  Twins() : TwinNodes(1500) {}
};

}  // namespace

TEST_CASE("a long log goes through in small messages, and is relayed in small messages") {
  Node a("a"), b("b"), c("c");
  exchange(a, b);
  put(a, "x", 3100);
  CHECK(exchange(a, b, 4096).size() > 10);
  CHECK(exchange(b, c, 4096).size() > 10);
  for (auto* node : {&a, &b, &c}) CHECK(blocks(*node) == "1,0 1 2");
  check_equal({&a, &b, &c});
}

TEST_CASE("a log that is held in part is relayed from within a block, and grows on") {
  Node a("a"), b("b"), c("c");
  exchange(a, b);
  put(a, "x", 3100);
  while (b.leaves() < 1300) {
    send(a, b, 4096);
    send(b, a, 4096);
  }
  REQUIRE(b.leaves() < 2048);
  exchange(b, c, 2048);
  CHECK(c.leaves() == b.leaves());
  check_equal({&b, &c});
  exchange(a, c, 4096);
  exchange(c, b, 4096);
  check_equal({&a, &b, &c});
}

TEST_CASE("a replica that rested tells and takes the same as before") {
  const TemporaryDirectory directory;
  Node a("a", at(directory.file("a.db"))), b("b", at(directory.file("b.db")));
  exchange(a, b);
  put(a, "x", 3100);
  const auto history = [&] { return a->history("setting", key_of({Text{"x1"}}), "content"); };
  REQUIRE(history().size() == 1);
  a->rest();
  CHECK(history().size() == 1);
  exchange(a, b, 4096);
  b->rest();
  put(b, "y", 10);
  exchange(a, b, 4096);
  check_equal({&a, &b});
}

TEST_CASE("blocks are there when a file is opened again, and those that the tail completes") {
  const TemporaryDirectory directory;
  Node a("a", at(directory.file("a.db"))), b("b");
  exchange(a, b);
  for (const int count : {1000, 23, 1, 1023, 2, 1500}) {
    put(a, "n" + std::to_string(count) + " ", count);
    a.close();
    a.open();
  }
  CHECK(blocks(a) == "1,0 1 2");
  exchange(a, b, 4096);
  check_equal({&a, &b});
}

TEST_CASE("what was rolled back leaves no block") {
  Node a("a"), b("b");
  exchange(a, b);
  put(a, "x", 1000);
  const auto fails = [&] {
    a->batch([&] {
      put(a, "gone", 1100);
      throw std::runtime_error("no");
    });
  };
  CHECK_THROWS_WITH(fails(), "no");
  CHECK(blocks(a).empty());
  CHECK(a->verify().empty());
  put(a, "y", 1100);
  CHECK_THROWS_WITH(fails(), "no");
  CHECK(blocks(a) == "1,0 1");
  put(a, "z", 1100);
  CHECK(blocks(a) == "1,0 1 2");
  exchange(a, b, 4096);
  check_equal({&a, &b});
}

TEST_CASE_METHOD(Twins, "a fork inside a block has the blocks before it from its parent") {
  put(one, "one", 1000);
  auto twin = this->twin();
  put(*twin, "other", 1700);
  exchange(one, c, 4096);
  exchange(*twin, c, 4096);
  exchange(one, c, 4096);
  CHECK(blocks(c) == "1,0 1\n2,1 2");
  put(one, "more", 600);
  put(*twin, "more", 900);
  exchange(one, c, 4096);
  exchange(*twin, c, 4096);
  exchange(one, c, 4096);
  CHECK(blocks(c) == "1,0 1 2\n2,1 2 3");
  Node wide("wide"), narrow("narrow");
  exchange(c, wide);
  exchange(wide, narrow, 4096);
  check_equal({&one, twin.get(), &c, &wide, &narrow});
}

TEST_CASE_METHOD(Twins, "a fork at the end of a block, and one of a fork") {
  put(one, "one", 548);  // 2,048
  one.close();
  std::filesystem::copy(directory.file("one.db"), directory.file("third.db"));
  one.open();
  Node third("a", at(directory.file("third.db")));
  third.now.ms = one.now.ms + 250;
  auto twin = this->twin();
  put(one, "more", 1100);
  put(third, "third", 1200);
  put(*twin, "other", 1700);
  for (int round = 0; round < 2; ++round) {
    for (auto* node : {&one, &third, twin.get()}) exchange(*node, c, 4096);
  }
  CHECK(blocks(c) == "1,0 1 2\n2,2\n3,1 2");
  Node wide("wide"), narrow("narrow");
  exchange(c, wide);
  exchange(wide, narrow, 4096);
  check_equal({&one, &third, twin.get(), &c, &wide, &narrow});
}

TEST_CASE("a log of which the rest waits is relayed up to there, and goes on") {
  Node a("a"), b("b"), c("c"), d("d");
  a.save("INSERT INTO minutes (id, body) VALUES (1, 'of a')");
  exchange(a, b);
  exchange(b, c);
  Node lacking("c");  // c as it was before, but that b takes it to hold a's leaf
  for (auto* node : {&a, &b}) lacking->add_site(node->record());
  b->batch([&] {
    for (int i = 2; i <= 2500; ++i) {
      b.save("INSERT INTO minutes (id, body) VALUES (" + std::to_string(i) + ", 'of b')");
    }
    b.save("UPDATE minutes SET body = 'of b' WHERE id = 1");
    for (int i = 2501; i <= 3000; ++i) {
      b.save("INSERT INTO minutes (id, body) VALUES (" + std::to_string(i) + ", 'of b')");
    }
  });
  const auto bytes = b->generate(c.id(), b.now, kWide);
  REQUIRE(leaves_in(bytes) == 3000);
  const auto received = lacking->receive(b.id(), bytes, lacking.now);
  CHECK(received.leaves == 2499);
  CHECK(received.waiting == 501);
  CHECK(blocks(lacking) == "1,0 1");
  CHECK(lacking->verify().empty());
  exchange(lacking, d, 4096);
  CHECK(d.leaves() == 2499);
  CHECK(d->verify().empty());
  exchange(b, d, 4096);
  exchange(d, lacking, 4096);
  check_equal({&b, &d, &lacking});
}
