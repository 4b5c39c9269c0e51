// Files that go on as a new site, sites that nobody has certified, copies under one site id: what
// of them is handed on, and that all else is.
#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>

#include "tests/sync/store/town.h"

using namespace zimnik::sync;
using namespace zimnik::sync::test;

namespace {

void put(Node& node, const std::string& name, int content) {
  node.save("INSERT OR REPLACE INTO setting (name, content) VALUES ('" + name + "', " +
            std::to_string(content) + ")");
}

std::string settings(Node& node) {
  return node.read("SELECT name, content FROM setting ORDER BY name");
}

Setup uncertified() {
  Setup setup;
  setup.is_certified = false;
  return setup;
}

bool names(const std::vector<std::string>& findings, const std::string& text) {
  for (const auto& finding : findings) UNSCOPED_INFO(finding);
  return std::any_of(findings.begin(), findings.end(), [&](const std::string& finding) {
    return finding.find(text) != std::string::npos;
  });
}

/// A node that never met anybody, in a file.
struct Recluse {
  TemporaryDirectory directory;
  Node a{"a", at(directory.file("a.db"))}, b{"b"};
};

}  // namespace

TEST_CASE_METHOD(Recluse, "a file that goes on as a new site hands on all that a head covers") {
  put(a, "x", 1);
  put(a, "y", 1);
  a->sign_heads(a.now);
  put(a, "z", 1);
  CHECK(a->verify().empty());
  a.become("a2");
  put(a, "w", 2);
  put(b, "v", 3);
  exchange_what_goes(a, b);
  CHECK(settings(b) == "v,3\nw,2\nx,1\ny,1");
  CHECK(settings(a) == "v,3\nw,2\nx,1\ny,1\nz,1");
  CHECK(b->verify().empty());
  const auto found = a->verify();
  CHECK(found.size() == 1);
  CHECK(names(found, "no head that its site signed covers the last 1 leaves"));
}

TEST_CASE_METHOD(Recluse, "what overwrites an unproven leaf stays with it, all else goes out") {
  put(a, "x", 1);
  put(b, "y", 1);
  a.become("a2");
  exchange_what_goes(a, b);
  put(a, "y", 2);
  put(a, "x", 2);  // over what no head covers
  put(a, "z", 2);  // behind it in the same log
  put(b, "w", 3);
  exchange_what_goes(a, b);
  CHECK(settings(b) == "w,3\ny,2");
  CHECK(settings(a) == "w,3\nx,2\ny,2\nz,2");
  a->sign_heads(a.now);
  a.become("a");  // the key turned up
  exchange(a, b);
  CHECK(settings(b) == settings(a));
  CHECK(a->verify().empty());
}

TEST_CASE_METHOD(Recluse,
                 "what goes out is told by the leaves that are there, not by what failed") {
  Node c("c");
  put(a, "x", 1);
  a.become("a2");
  exchange_what_goes(a, b);
  exchange_what_goes(a, c);
  CHECK_THROWS_AS(a->batch([&] {
    put(a, "y", 1);
    a->generate(b.id(), a.now, kWide);
    throw CommandRefused("no");
  }),
                  CommandRefused);
  put(a, "x", 2);  // over what no head covers
  put(c, "z", 3);
  exchange_what_goes(a, c);
  exchange_what_goes(a, b);
  CHECK(settings(b) == "z,3");
  CHECK(settings(c) == "z,3");
}

TEST_CASE_METHOD(Recluse, "heads signed before the key is gone let everything out") {
  for (int i = 0; i < 5; ++i) put(a, "x" + std::to_string(i), i);
  a.save("INSERT INTO minutes (id, body) VALUES (1, 'words')");
  a->sign_heads(a.now);
  a.become("a2");
  put(a, "x0", 7);
  exchange(a, b);
  CHECK(a.everything() == b.everything());
  CHECK(a->verify().empty());
  CHECK(b->verify().empty());
}

TEST_CASE_METHOD(Recluse, "a long log is never far ahead of its head, whoever asks for it or not") {
  a->batch([&] {
    for (int i = 0; i < 1100; ++i) put(a, "x" + std::to_string(i), i);
  });
  a.become("a2");
  exchange_what_goes(a, b);
  CHECK(b.leaves() == 1024);
}

TEST_CASE_METHOD(Recluse, "a node restored without its key works at once, and hands on all else") {
  put(a, "x", 1);
  a->sign_heads(a.now);
  a.become("restored", false);
  put(a, "y", 2);
  put(a, "x", 3);
  CHECK(settings(a) == "x,3\ny,2");
  CHECK(a->verify().empty());
  put(b, "z", 4);
  exchange_what_goes(a, b);
  CHECK(settings(a) == "x,3\ny,2\nz,4");
  CHECK(settings(b) == "x,1\nz,4");
  Node c("c");
  exchange_what_goes(a, c);
  CHECK(settings(c) == settings(b));
  SECTION("its log goes out once its record is there") {
    a->add_site(site_record("restored"));
    exchange(a, b);
    CHECK(settings(b) == settings(a));
  }
  SECTION("or once it was opened with it") {
    a.become("restored");
    exchange(a, b);
    CHECK(settings(b) == settings(a));
  }
  SECTION("or once another has heard of it") {
    b->add_site(site_record("restored"));
    exchange(a, b);
    CHECK(settings(b) == settings(a));
  }
}

TEST_CASE("a site that is only vouched for checks its own logs with its own keys") {
  Node a("a"), successor("s", uncertified()), b("b");
  put(successor, "x", 1);
  successor->sign_heads(successor.now);
  CHECK(successor->verify().empty());  // nobody has vouched yet
  a.vouch(successor);
  exchange(a, successor);
  put(successor, "y", 1);
  exchange(a, successor);
  exchange(b, a);
  for (auto* node : {&a, &b, &successor}) CHECK((*node)->verify().empty());
  CHECK(settings(b) == "x,1\ny,1");
}

TEST_CASE_METHOD(Recluse, "verify tells of a log whose site nobody knows") {
  a.become("restored", false);
  put(a, "x", 1);
  a->sign_heads(a.now);
  CHECK(a->verify().empty());
  a.become("again");
  CHECK(names(a->verify(), "its site isn't known, so its head can't be checked"));
}

TEST_CASE("a site that wrote before it was vouched for comes through in small messages") {
  Node a("a"), successor("s", uncertified()), b("b");
  for (int i = 0; i < 40; ++i) put(successor, "x" + std::to_string(i), i);
  for (int i = 0; i < 40; ++i) put(a, "y" + std::to_string(i), i);
  a.vouch(successor);
  exchange(a, successor, 300);
  put(successor, "x1", 7);
  exchange(successor, b, 300);
  CHECK(b.everything() == successor.everything());
  CHECK(b->verify().empty());
}

TEST_CASE_METHOD(Recluse, "a site that a stranger vouched for waits for it, and holds up nothing") {
  a.become("restored", false);
  put(a, "x", 1);
  a.vouch(Node("s", uncertified()));
  a->sign_heads(a.now);
  a.become("s", false);
  put(a, "y", 2);
  put(b, "z", 3);
  exchange_what_goes(a, b);
  CHECK(settings(a) == "x,1\nz,3");  // what a stranger vouches for doesn't stand
  CHECK(settings(b) == "z,3");
  b->add_site(site_record("restored"));
  exchange(a, b);
  CHECK(settings(a) == "x,1\ny,2\nz,3");
  CHECK(settings(b) == settings(a));
}

TEST_CASE(
    "a site that was enrolled meanwhile is opened with its record and a newer schema at once") {
  const TemporaryDirectory directory;
  Setup setup = at(directory.file("s.db"));
  setup.is_certified = false;
  setup.schema = older_journal();
  Node a("a"), s("s", setup);
  a.vouch(s);
  exchange(a, s);
  s.save("INSERT INTO mark (lesson, pupil, maker, value) VALUES (1, 1, 'ann', 5)");
  a.act(VoidSite{a.id(), 9, 9});
  exchange(a, s);
  REQUIRE(s.read("SELECT * FROM mark").empty());  // it fell with its voucher
  setup.is_certified = true;
  setup.schema = journal();
  s.close();
  Node again("s", setup);
  CHECK(again.read("SELECT value, note FROM mark") == "5,-");
  CHECK(again->verify().empty());
}

TEST_CASE("a copy that lacks a site which its twin had told of says so, and the peers heal") {
  const TemporaryDirectory directory;
  Node one("a", at(directory.file("one.db"))), c("c"), x("x");
  put(one, "1", 1);
  exchange(one, c);
  one.close();
  std::filesystem::copy(directory.file("one.db"), directory.file("other.db"));
  one.open();
  put(x, "2", 1);
  exchange(x, one);
  exchange(one, c);
  put(x, "3", 1);
  exchange(x, c);
  Node twin("a", at(directory.file("other.db")));
  const auto received = send(c, twin);
  CHECK(received.hole);
  CHECK(received.leaves == 0);
  CHECK(received.reason.find(x.id().hex()) != std::string::npos);
  exchange(c, twin);
  CHECK(twin.everything() == c.everything());
  CHECK(twin->verify().empty());
}
