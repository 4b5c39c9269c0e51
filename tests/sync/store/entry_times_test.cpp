#include "sync/store/entry_times.h"

#include <catch2/catch.hpp>

#include "tests/sync/store/town.h"

namespace zimnik::sync::test {

TEST_CASE("the time of entry is had by arrival, of what came from elsewhere too, slice by slice") {
  Node a("a"), b("b");
  for (int i = 1; i <= 5; ++i) {
    a.save("INSERT INTO setting (name, content) VALUES ('x" + std::to_string(i) + "', 1)");
  }
  exchange(a, b);
  b.save("INSERT INTO setting (name, content) VALUES ('y', 1)");
  EntryTimes times;
  CHECK_FALSE(times.of(1));
  CHECK_FALSE(times.catch_up(*b, 4));
  CHECK(times.of(4));
  CHECK_FALSE(times.of(5));
  CHECK(times.catch_up(*b, 4));
  for (std::uint64_t arrival = 1; arrival <= 6; ++arrival) {
    REQUIRE(times.of(arrival));
    CHECK(*times.of(arrival) == b->transaction(arrival)->time);
  }
  CHECK_FALSE(times.of(0));
  CHECK_FALSE(times.of(7));
  CHECK(times.catch_up(*b, 4));
}

TEST_CASE("what can't be read has no time of entry, and what comes after it has its own") {
  Setup hub;
  hub.kind = SiteKind::hub;
  hub.keys = {};
  Node a("a"), c("c", hub);
  a.save("INSERT INTO minutes (id, body) VALUES (1, 'secret')");
  a.save("INSERT INTO setting (name, content) VALUES ('x', 1)");
  exchange(a, c);
  EntryTimes times;
  CHECK(times.catch_up(*c, 10));
  int known = 0;
  for (std::uint64_t arrival = 1; arrival <= c->seen().arrival; ++arrival) {
    CHECK(times.of(arrival).has_value() == c->transaction(arrival).has_value());
    known += times.of(arrival).has_value();
  }
  CHECK(known == 1);
}

}  // namespace zimnik::sync::test
