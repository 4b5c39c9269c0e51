#include "hub/api/rate_limit.h"

#include <catch2/catch.hpp>

namespace zimnik::hub::test {

TEST_CASE("a key has a burst of requests, then one each kPerRequestMs; others aren't touched") {
  RateLimit rates;
  const sync::Time now{1'000'000};
  for (int i = 0; i < RateLimit::kBurst; ++i) CHECK(rates.take(1, now));
  CHECK_FALSE(rates.take(1, now));
  CHECK(rates.take(2, now));
  const sync::Time later{now.ms + RateLimit::kPerRequestMs};
  CHECK(rates.take(1, later));
  CHECK_FALSE(rates.take(1, later));
}

TEST_CASE("a clock that was set back by years leaves nobody waiting for longer than a burst") {
  RateLimit rates;
  CHECK(rates.take(1, {1'000'000'000'000}));
  const sync::Time before{1'000'000};
  CHECK_FALSE(rates.take(1, before));
  CHECK(rates.take(1, {before.ms + RateLimit::kPerRequestMs}));
}

}  // namespace zimnik::hub::test
