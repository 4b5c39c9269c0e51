// Chance that is the same in every run and on every machine.
#pragma once

#include <cstdint>

namespace zimnik::journal::sample {

/// SplitMix64.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed) {}

  std::uint64_t next() {
    state_ += 0x9E3779B97F4A7C15U;
    return mixed(state_);
  }
  /// 0 … count - 1. REQUIRES: count > 0.
  std::size_t below(std::size_t count) { return static_cast<std::size_t>(next() % count); }
  int between(int low, int high) {
    return low + static_cast<int>(below(static_cast<std::size_t>(high - low + 1)));
  }
  bool happens(double probability) {
    return static_cast<double>(next() >> 11) < probability * 9007199254740992.0;
  }
  template <class List>
  const auto& pick(const List& list) {
    return list[below(list.size())];
  }

  /// A number that follows from these alone, in whatever order they are asked for.
  static std::uint64_t of(std::uint64_t seed, std::uint64_t what, std::uint64_t index) {
    return mixed(mixed(mixed(seed + 1) + what) + index);
  }

 private:
  static std::uint64_t mixed(std::uint64_t x) {
    x = (x ^ x >> 30) * 0xBF58476D1CE4E5B9U;
    x = (x ^ x >> 27) * 0x94D049BB133111EBU;
    return x ^ x >> 31;
  }
  std::uint64_t state_;
};

}  // namespace zimnik::journal::sample
