// The names of things: hashes, sites, streams, logs, entries, times. Plain values, any thread.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace zimnik::sync {

/// A fixed number of bytes that names something. Ordered by its bytes.
template <std::size_t Size, class Tag>
struct FixedBytes {
  static constexpr std::size_t kSize = Size;
  std::array<std::uint8_t, Size> bytes{};

  auto operator<=>(const FixedBytes&) const = default;
  bool is_zero() const { return *this == FixedBytes{}; }
  std::string_view view() const { return {reinterpret_cast<const char*>(bytes.data()), Size}; }
  std::string hex() const {
    static constexpr char kDigits[] = "0123456789abcdef";
    std::string text;
    for (auto byte : bytes) text += {kDigits[byte >> 4], kDigits[byte & 15]};
    return text;
  }
  /// REQUIRES: view.size() == Size.
  static FixedBytes from(std::string_view view) {
    FixedBytes result;
    std::memcpy(result.bytes.data(), view.data(), Size);
    return result;
  }
};

/// SHA-256. A leaf's hash is the transaction's name.
using Hash = FixedBytes<32, struct HashTag>;
/// The first half of the hash of a site's public keys.
using SiteId = FixedBytes<16, struct SiteTag>;
using SchoolId = FixedBytes<16, struct SchoolTag>;
/// The first bytes of the hash of a symmetric key.
using KeyId = FixedBytes<8, struct KeyTag>;

/// A scope of whole tables with logs of its own. Persisted and sent: do not change.
enum class Stream : std::uint8_t {
  shared = 1,  ///< the hub reads it
  school = 2,  ///< sealed under a key that only the school's own nodes hold
};

/// A site's leaves of one stream.
struct LogId {
  SiteId site;
  Stream stream = Stream::shared;
  auto operator<=>(const LogId&) const = default;
};

/// Milliseconds since 1970-01-01T00:00:00Z, as the writing site's clock said.
struct Time {
  std::int64_t ms = 0;
  auto operator<=>(const Time&) const = default;
};

/// What makes a save happen once: the page's random id and its own counter.
struct EntryId {
  std::uint64_t page = 0;
  std::uint32_t counter = 0;
  auto operator<=>(const EntryId&) const = default;
};

}  // namespace zimnik::sync
