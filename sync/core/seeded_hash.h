// A hash for tables in memory whose keys others choose. It is another one in every process: whoever
// knew it could choose keys that all fall into one bucket, and a small message would take hours.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>

namespace zimnik::sync {

/// Equal within a process for equal bytes.
std::size_t seeded_hash(std::string_view bytes);
std::size_t seeded_hash(std::uint64_t number);

/// For std::unordered_map and std::unordered_set.
struct SeededHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view bytes) const { return seeded_hash(bytes); }
  template <class Number>
  requires std::is_integral_v<Number> std::size_t operator()(Number number) const {
    return seeded_hash(static_cast<std::uint64_t>(number));
  }
};

}  // namespace zimnik::sync
