// What a property draws: dice, read one after the other. The more zeros, the simpler what is made
// of them, so that RapidCheck's shrinking leads to a simple counterexample.
#pragma once

#include <rapidcheck.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <ostream>
#include <span>

namespace zimnik::property {

/// One step of a random run.
struct Step {
  std::array<std::uint8_t, 40> dice{};
};

inline std::ostream& operator<<(std::ostream& out, const Step& step) {
  for (const int die : step.dice) out << die << ' ';
  return out;
}

/// Reads dice; zeros where there are no more.
class Dice {
 public:
  explicit Dice(std::span<const std::uint8_t> dice) : dice_(dice) {}

  /// One of 0…sides-1.
  std::size_t roll(std::size_t sides) { return next_ < dice_.size() ? dice_[next_++] % sides : 0; }
  /// Once in `rarity` times; not where the die is 0.
  bool rarely(std::size_t rarity) { return roll(rarity) == rarity - 1; }
  /// One element of a container that isn't empty.
  template <class Container>
  const auto& pick(const Container& from) {
    return from[roll(std::size(from))];
  }

 private:
  std::span<const std::uint8_t> dice_;
  std::size_t next_ = 0;
};

}  // namespace zimnik::property

template <>
struct rc::Arbitrary<zimnik::property::Step> {
  static Gen<zimnik::property::Step> arbitrary() {
    using zimnik::property::Step;
    // Every die has its whole range from the first test on.
    const auto die = gen::resize(kNominalSize, gen::inRange<std::uint8_t>(0, 240));
    return gen::build<Step>(gen::set(&Step::dice, gen::container<decltype(Step::dice)>(die)));
  }
};
