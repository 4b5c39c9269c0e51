// Changed messages for about two minutes, others in every run: ZIMNIK_FUZZ_SEED=n repeats one.
#include "tests/property/message_fuzz.h"

#include <catch2/catch.hpp>
#include <iostream>
#include <random>

using namespace zimnik::property;

TEST_CASE("whatever many changed messages say, they are taken or refused, and do no harm") {
  const auto seed = fuzz_seed(std::random_device()());
  std::cout << "ZIMNIK_FUZZ_SEED=" << seed << std::endl;
  const auto count = fuzz_messages(seed, 40'000);
  std::cout << count.taken << " taken, " << count.refused << " refused, " << count.holes
            << " holes\n";
}
