// A few hundred changed messages, always the same. message_fuzz_long_test.cpp gives many more.
#include "tests/property/message_fuzz.h"

#include <catch2/catch.hpp>

using namespace zimnik::property;

TEST_CASE("whatever a changed message says, it is taken or refused, and does no harm") {
  const auto count = fuzz_messages(1, 500);
  CHECK(count.taken > 50);
  CHECK(count.refused > 50);
}
