// What isn't authentic is refused, and then nothing has changed.
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>

#include "tests/sync/store/town.h"

using namespace zimnik::sync;
using namespace zimnik::sync::test;

namespace {

constexpr std::size_t kChecksumBytes = 8;

/// A message of a few leaves to one who met the sender before.
struct Sent {
  Node a{"a"}, b{"b"};
  std::string bytes;
  Sent() {
    exchange(a, b);
    for (int i = 1; i <= 6; ++i) {
      a.save("INSERT INTO mark (lesson, pupil, maker, value) VALUES (1, " + std::to_string(i) +
             ", 'ann', 5)");
    }
    a.save("UPDATE mark SET value = 4 WHERE pupil = 3");
    bytes = a->generate(b.id(), a.now, kWide);
  }
};

bool is_refused(Node& to, const SiteId& from, const std::string& bytes) {
  try {
    to->receive(from, bytes, to.now);
    return false;
  } catch (const Refused&) {
    return true;
  }
}

/// Runs it in a process of its own and gives what it answers.
template <class Work>
bool in_another_process(Work work) {
  const pid_t child = fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    bool answer = false;
    try {
      answer = work();
    } catch (...) {
      answer = false;  // whatever it threw, it answered nothing
    }
    _exit(answer ? 0 : 1);
  }
  int status = 0;
  REQUIRE(waitpid(child, &status, 0) == child);
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

}  // namespace

TEST_CASE_METHOD(Sent, "a flipped bit anywhere is refused, and nothing has changed") {
  const auto tables = b.everything();
  const auto frontier = b->frontier();
  for (int i = 0; i < 200; ++i) {
    auto broken = bytes;
    const auto at = static_cast<std::size_t>(i) * broken.size() / 200;
    broken[at] = static_cast<char>(broken[at] ^ (1 << (i % 8)));
    INFO("byte " << at);
    CHECK(is_refused(b, a.id(), broken));
    CHECK(b.everything() == tables);
    CHECK(b->frontier() == frontier);
  }
  CHECK(b->receive(a.id(), bytes, b.now).leaves == 7);
}

TEST_CASE_METHOD(Sent, "a message cut anywhere is refused, and nothing has changed") {
  const auto tables = b.everything();
  for (std::size_t size = 0; size < bytes.size(); size += 7) {
    CHECK(is_refused(b, a.id(), bytes.substr(0, size)));
  }
  CHECK(b.everything() == tables);
  CHECK(b.leaves() == 0);
}

TEST_CASE_METHOD(Sent,
                 "of a message that was forged with care only what its site signed is taken") {
  int refused = 0;
  for (std::size_t at = 0; at < bytes.size() - kChecksumBytes; ++at) {
    INFO("byte " << at);
    auto forged = bytes.substr(0, bytes.size() - kChecksumBytes);
    forged[at] = static_cast<char>(forged[at] ^ (1 << (at % 8)));
    forged += sha256({"zimnik message", forged}).view().substr(0, kChecksumBytes);
    Node to("b"), met("a");  // as a was before it wrote
    exchange(met, to);
    if (is_refused(to, a.id(), forged)) {
      ++refused;
      CHECK(to.leaves() == 0);
      continue;
    }
    const auto held = to->frontier();
    const auto theirs = a->frontier();
    if (to.leaves() > 0) CHECK(held == theirs);
  }
  // Digests and what the sender says of itself aren't signed by its site.
  CHECK(refused > static_cast<int>(bytes.size()) / 2);
}

TEST_CASE("a log signed with another's key is refused") {
  Setup setup;
  setup.signs_as = "mallory";
  Node thief("a", setup), b("b");
  thief.save("INSERT INTO setting (name, content) VALUES ('x', 1)");
  b->receive(thief.id(), thief->generate(b.id(), thief.now, kWide), b.now);
  thief->receive(b.id(), b->generate(thief.id(), b.now, kWide), thief.now);
  const auto bytes = thief->generate(b.id(), thief.now, kWide);
  REQUIRE(leaves_in(bytes) == 1);
  CHECK_THROWS_WITH(b->receive(thief.id(), bytes, b.now),
                    Catch::Contains("isn't signed by its site"));
  CHECK(b.leaves() == 0);
  CHECK(b.read("SELECT * FROM setting").empty());
}

TEST_CASE("a site whom another authority certified is refused") {
  Setup setup;
  setup.certified_by = "another region";
  Node stranger("stranger", setup), b("b");
  stranger.save("INSERT INTO setting (name, content) VALUES ('x', 1)");
  b->receive(stranger.id(), stranger->generate(b.id(), stranger.now, kWide), b.now);
  const auto reply = b->generate(stranger.id(), b.now, kWide);
  CHECK_THROWS_AS(stranger->receive(b.id(), reply, stranger.now), Refused);
  b->generate(stranger.id(), b.now, kWide);
  const auto& record = b.record();
  CHECK_THROWS_WITH(b->add_site(stranger.record()),
                    Catch::Contains("isn't signed by the authority"));
  CHECK_NOTHROW(b->add_site(record));
}

TEST_CASE("a site of another school is refused, whoever signed its record, and so is its file") {
  const TemporaryDirectory directory;
  Setup setup;
  setup.path = directory.file("b.db");
  Node b("b", setup);
  auto record = site_record("stranger");
  record.school.bytes[0] ^= 1;
  record.signature = site_key("authority").sign(record.signed_bytes());
  CHECK_THROWS_WITH(b->add_site(record), Catch::Contains("is another school's"));
  b.close();
  const auto authority = site_key("authority").public_key();
  CHECK_THROWS_WITH(Replica(setup.path, journal(), record.school, authority,
                            {record, site_key("stranger")}, school_keyring()),
                    Catch::Contains("is another school's"));
  CHECK_NOTHROW(b.open());
}

TEST_CASE("an act of a forged site has no effect") {
  Setup setup;
  setup.signs_as = "mallory";
  Node thief("a", setup), b("b");
  b.save("INSERT INTO setting (name, content) VALUES ('x', 1)");
  exchange(b, *std::make_unique<Node>("c"));
  thief.act(VoidAccount{"teacher", kMorning, {}});
  b->receive(thief.id(), thief->generate(b.id(), thief.now, kWide), b.now);
  thief->receive(b.id(), b->generate(thief.id(), b.now, kWide), thief.now);
  CHECK(is_refused(b, thief.id(), thief->generate(b.id(), thief.now, kWide)));
  CHECK(b.read("SELECT content FROM setting") == "1");
  b.save("UPDATE setting SET content = 2");
  CHECK(b.read("SELECT content FROM setting") == "2");
}

TEST_CASE("a database that is open is refused to a second one, until it is closed") {
  const TemporaryDirectory directory;
  Setup setup;
  setup.path = directory.file("school.db");
  Node first("a", setup);
  CHECK_THROWS_WITH(Node("a", setup), Catch::Contains("is open in another process"));
  first.close();
  CHECK_NOTHROW(Node("a", setup));
}

TEST_CASE("a database that is open is refused to another process, until it is closed") {
  const TemporaryDirectory directory;
  Setup setup;
  setup.path = directory.file("school.db");
  Node first("a", setup);
  first.save("INSERT INTO setting (name, content) VALUES ('x', 1)");
  CHECK(in_another_process([&] {
    try {
      Node second("a", setup);
      return false;
    } catch (const std::runtime_error& error) {
      return std::string(error.what()).find("is open in another process") != std::string::npos;
    }
  }));
  first.close();
  CHECK(in_another_process([&] {
    Node second("a", setup);
    return second.read("SELECT content FROM setting") == "1";
  }));
  CHECK_NOTHROW(first.open());
}
