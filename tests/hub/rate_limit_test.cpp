#include "hub/rate_limit.h"

#include <catch2/catch.hpp>

namespace zimnik::hub::test {

constexpr int kBurst = 5;
constexpr std::int64_t kPerTurnMs = 200;

TEST_CASE("a name has a burst of turns, then one each per_turn_ms; others aren't touched") {
  RateLimit rates(kBurst, kPerTurnMs);
  const sync::Time now{1'000'000};
  for (int i = 0; i < kBurst; ++i) CHECK(rates.take("a", now));
  CHECK_FALSE(rates.take("a", now));
  CHECK(rates.take("b", now));
  const sync::Time later{now.ms + kPerTurnMs};
  CHECK(rates.take("a", later));
  CHECK_FALSE(rates.take("a", later));
}

TEST_CASE("a clock that was set back by years leaves nobody waiting for longer than a burst") {
  RateLimit rates(kBurst, kPerTurnMs);
  CHECK(rates.take("a", {1'000'000'000'000}));
  const sync::Time before{1'000'000};
  CHECK_FALSE(rates.take("a", before));
  CHECK(rates.take("a", {before.ms + kPerTurnMs}));
}

TEST_CASE("who has spent all is held while many others come and go") {
  RateLimit rates(kBurst, kPerTurnMs);
  sync::Time now{1'000'000};
  for (int i = 0; i < kBurst; ++i) CHECK(rates.take("a", now));
  for (int i = 0; i < 3000; ++i) CHECK(rates.take(std::to_string(i), now));
  now.ms += kPerTurnMs;  // the others are at rest again, and make room for more
  for (int i = 3000; i < 6000; ++i) CHECK(rates.take(std::to_string(i), now));
  CHECK(rates.take("a", now));
  CHECK_FALSE(rates.take("a", now));
}

}  // namespace zimnik::hub::test
