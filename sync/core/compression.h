// zstd, bounded.
#pragma once

#include <string>
#include <string_view>

namespace zimnik::sync {

inline constexpr int kQuickLevel = 3;
inline constexpr int kThoroughLevel = 19;

/// A byte (0 as it is, 1 zstd), the length of what was compressed as a varint, then the bytes:
/// whichever is shorter.
std::string compress(std::string_view plain, int level);
/// Throws Refused where it doesn't hold, is longer than `most`, or isn't as long as it says.
std::string decompress(std::string_view compressed, std::size_t most);

}  // namespace zimnik::sync
