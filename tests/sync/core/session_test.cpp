#include "sync/core/session.h"

#include <catch2/catch.hpp>

#include "sync/core/limits.h"
#include "tests/sync/core/samples.h"

using namespace zimnik::sync;
using namespace zimnik::sync::test;

namespace {

Standing standing(std::uint64_t size) { return {{{log_of(1), size, hash_of(size)}}, {}}; }
Cargo cargo(std::uint64_t from, std::uint64_t to) {
  return {{{{log_of(1), from, hash_of(from)}, {log_of(1), to, hash_of(to)}}}, {}};
}
bool holds(const Standing&) { return true; }
bool lacks(const Standing&) { return false; }

Message naming(const Session& session) {
  Message message;
  session.name_ground(message);
  return message;
}

}  // namespace

TEST_CASE("with a peer that was never met there is no ground") {
  Session session;
  CHECK_FALSE(session.ground().has_value());
  CHECK_FALSE(session.hear({}, holds));
}

TEST_CASE("a ground is said in full until the peer can know it by name") {
  Session here, there;
  here.met(standing(3));
  const auto first = naming(here);
  CHECK(first.base_in_full == standing(3));
  CHECK(there.hear(first, holds));
  const auto answer = naming(there);
  CHECK_FALSE(answer.base_in_full.has_value());
  CHECK(answer.base == id_of(standing(3)));
  CHECK(here.hear(answer, holds));
  CHECK_FALSE(naming(here).base_in_full.has_value());
}

TEST_CASE("a base in full that isn't held here leaves no ground") {
  Session here, there;
  here.met(standing(3));
  CHECK_FALSE(there.hear(naming(here), lacks));
  CHECK_FALSE(there.ground().has_value());
}

TEST_CASE("what a message brought is the new ground of who took it, and known to who sent it") {
  Session here, there;
  here.met(standing(3));
  there.hear(naming(here), holds);
  here.offered(cargo(3, 5), standing(5));
  there.took(cargo(3, 5));
  CHECK(there.ground() == standing(5));
  CHECK(here.hear(naming(there), holds));
  CHECK(here.ground() == standing(5));
}

TEST_CASE("a lost answer does no harm: the next message may still name the old ground") {
  Session here, there;
  here.met(standing(3));
  there.hear(naming(here), holds);
  there.took(cargo(3, 5));
  here.offered(cargo(3, 5), standing(5));
  CHECK(there.hear(naming(here), holds));
  CHECK(there.ground() == standing(3));
}

TEST_CASE("a ground that is remembered no more is unknown") {
  Session here, there;
  here.met(standing(1));
  there.hear(naming(here), holds);
  here.hear(naming(there), holds);
  for (std::uint64_t size = 1; size < 9; ++size) there.took(cargo(size, size + 1));
  CHECK_FALSE(there.hear(naming(here), holds));
  CHECK_FALSE(there.ground().has_value());
}

TEST_CASE("a session reads back what it saved") {
  Session session;
  CHECK_FALSE(Session::load(session.save()).ground().has_value());
  session.met(standing(3));
  session.took(cargo(3, 5));
  const auto again = Session::load(session.save());
  CHECK(again.ground() == session.ground());
  CHECK(again.save() == session.save());
  CHECK(naming(again).base_in_full == naming(session).base_in_full);
}

TEST_CASE("every truncation of a saved session is refused") {
  Session session;
  session.met(standing(3));
  const auto bytes = session.save();
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    CHECK_FALSE(refusal([&] { Session::load(bytes.substr(0, size)); }).empty());
  }
  CHECK_FALSE(refusal([&] { Session::load(bytes + "x"); }).empty());
}

TEST_CASE("a ground of as many tips as there may be is kept; one of more is given up") {
  Session session;
  Standing full;
  for (std::uint64_t i = 1; i <= limits::kTips; ++i) {
    advance(full, {{}, {log_of(1), i, hash_of(i)}});
  }
  session.met(full);
  session.offered({{{{log_of(2), 0, {}}, {log_of(2), 1, hash_of(1)}}}, {}}, full);
  CHECK(Session::load(session.save()).ground() == full);
  session.took({{{{log_of(2), 0, {}}, {log_of(2), 1, hash_of(1)}}}, {}});
  CHECK_FALSE(session.ground().has_value());
  CHECK_FALSE(Session::load(session.save()).ground().has_value());
}
