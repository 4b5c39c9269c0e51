#include "hub/waiting.h"

#include <catch2/catch.hpp>

namespace zimnik::hub::test {

constexpr sync::Time kNow{1'000'000};

TEST_CASE("what waits is taken once, and not after its time") {
  Waiting<int> waiting;
  const auto first = waiting.keep(1, 7, kNow), second = waiting.keep(2, 7, kNow);
  CHECK(waiting.take(first, kNow) == 1);
  CHECK_FALSE(waiting.take(first, kNow));
  CHECK_FALSE(waiting.take(second, {kNow.ms + Waiting<int>::kMs + 1}));
  CHECK_FALSE(waiting.take("", kNow));
}

TEST_CASE("what is another's stays for its owner") {
  Waiting<int> waiting;
  const auto token = waiting.keep(1, 7, kNow);
  CHECK_FALSE(waiting.take_own(token, 8, kNow));
  CHECK(waiting.take_own(token, 7, kNow) == 1);
}

TEST_CASE("an owner's new one pushes out its own oldest, and no other's") {
  Waiting<int> waiting;
  const auto other = waiting.keep(0, 8, kNow), first = waiting.keep(1, 7, {kNow.ms + 1});
  const auto second = waiting.keep(2, 7, {kNow.ms + 2});
  for (std::size_t i = 1; i < Waiting<int>::kMostOfOwner; ++i) {
    waiting.keep(3, 7, {kNow.ms + 3});
  }
  CHECK_FALSE(waiting.take(first, kNow));
  CHECK(waiting.take(second, kNow) == 2);
  CHECK(waiting.take(other, kNow) == 0);
}

}  // namespace zimnik::hub::test
