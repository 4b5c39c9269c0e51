// Real messages between two replicas, changed: as bytes, in their fields, in the two parts of their
// batch, in the transactions in it; some signed anew by the site that they are of, as one would
// that has gone bad. Whatever arrives, a replica takes it or refuses it, and what it refuses
// changes nothing.
#pragma once

#include <cstdint>

namespace zimnik::property {

/// What became of the messages.
struct FuzzCount {
  int taken = 0, refused = 0, holes = 0;
};

/// ZIMNIK_FUZZ_SEED where that is set, to repeat a run; else `otherwise`.
std::uint64_t fuzz_seed(std::uint64_t otherwise);

/// Gives a replica so many changed messages, in worlds of some dozens. Fails the test case that it
/// runs in where one does harm, and names the seed of its world.
FuzzCount fuzz_messages(std::uint64_t seed, int messages);

}  // namespace zimnik::property
