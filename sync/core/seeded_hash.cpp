#include "sync/core/seeded_hash.h"

#include <cstring>
#include <random>

namespace zimnik::sync {
namespace {

__extension__ using Wide = unsigned __int128;

/// Both halves of the product: every bit of either factor tells on every bit of the result.
std::uint64_t fold(std::uint64_t left, std::uint64_t right) {
  const Wide product = static_cast<Wide>(left) * right;
  return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}

struct Seed {
  std::uint64_t first, second;

  Seed() {
    std::random_device device;
    const auto draw = [&] { return (std::uint64_t{device()} << 32) | device(); };
    first = draw();
    second = draw() | 1;
  }
};

const Seed& seed() {
  static const Seed kSeed;
  return kSeed;
}

}  // namespace

std::size_t seeded_hash(std::uint64_t number) { return fold(number ^ seed().first, seed().second); }

std::size_t seeded_hash(std::string_view bytes) {
  std::uint64_t hash = fold(bytes.size() ^ seed().second, seed().first | 1);
  while (!bytes.empty()) {
    std::uint64_t word = 0;
    const auto size = bytes.size() < sizeof word ? bytes.size() : sizeof word;
    std::memcpy(&word, bytes.data(), size);
    hash = fold(hash ^ word, seed().second) + seed().first;
    bytes.remove_prefix(size);
  }
  return hash;
}

}  // namespace zimnik::sync
