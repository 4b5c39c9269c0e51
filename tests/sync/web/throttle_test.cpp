#include "sync/web/throttle.h"

#include <catch2/catch.hpp>

namespace zimnik::web::test {

TEST_CASE("a name is barred after its failures, until ten minutes have passed") {
  Throttle throttle(3);
  sync::Time now{1'000'000'000'000};
  for (int i = 0; i < 3; ++i) {
    CHECK_FALSE(throttle.is_barred("a", now));
    throttle.note_failure("a", now);
  }
  CHECK(throttle.is_barred("a", now));
  CHECK_FALSE(throttle.is_barred("b", now));
  now.ms += 10 * 60 * 1000;
  CHECK_FALSE(throttle.is_barred("a", now));
  throttle.note_failure("a", now);
  CHECK_FALSE(throttle.is_barred("a", now));
}

TEST_CASE("a clock that was wrong for a while bars no name for years") {
  Throttle throttle(1);
  constexpr sync::Time kNow{1'000'000'000'000}, kLater{4'000'000'000'000};
  throttle.note_failure("a", kLater);
  CHECK(throttle.is_barred("a", kLater));
  CHECK_FALSE(throttle.is_barred("a", kNow));
  throttle.note_failure("a", kNow);
  CHECK(throttle.is_barred("a", kNow));
}

}  // namespace zimnik::web::test
