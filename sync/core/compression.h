// zstd, bounded.
#pragma once

#include <string>
#include <string_view>

namespace zimnik::sync {

inline constexpr int kQuickLevel = 3;
inline constexpr int kThoroughLevel = 19;

/// A byte (0 as it is, 1 zstd), the length of what was compressed as a varint, then the bytes:
/// whichever is shorter. `like` is what the plain bytes may be like; who decompresses needs the
/// same.
std::string compress(std::string_view plain, int level, std::string_view like = {});
/// Throws Refused where it doesn't hold, is longer than `most`, or isn't as long as it says.
std::string decompress(std::string_view compressed, std::size_t most, std::string_view like = {});

}  // namespace zimnik::sync
