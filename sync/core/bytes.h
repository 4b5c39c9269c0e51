// Writing and reading bytes. The reader trusts nothing: every read is bounded, and what doesn't
// hold is refused with the place and the name of the field.
#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>

#include "sync/core/ids.h"

namespace zimnik::sync {

/// Foreign bytes that don't hold. The text says what, and at which byte of what.
class Refused : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Appends to a string.
class Writer {
 public:
  explicit Writer(std::string& out) : out_(out) {}

  void byte(std::uint8_t value) { out_.push_back(static_cast<char>(value)); }
  /// LEB128, shortest form.
  void varint(std::uint64_t value) {
    while (value >= 0x80) {
      byte(static_cast<std::uint8_t>(value | 0x80));
      value >>= 7;
    }
    byte(static_cast<std::uint8_t>(value));
  }
  /// Zigzag, then LEB128.
  void signed_varint(std::int64_t value) { varint(zigzag(value)); }
  void fixed64(std::uint64_t value);  ///< little-endian
  void raw(std::string_view bytes) { out_.append(bytes); }
  /// A length, then the bytes.
  void sized(std::string_view bytes) {
    varint(bytes.size());
    raw(bytes);
  }
  template <std::size_t Size, class Tag>
  void fixed(const FixedBytes<Size, Tag>& value) {
    raw(value.view());
  }

  static std::uint64_t zigzag(std::int64_t value) {
    return (static_cast<std::uint64_t>(value) << 1) ^ static_cast<std::uint64_t>(value >> 63);
  }
  static std::int64_t unzigzag(std::uint64_t value) {
    return static_cast<std::int64_t>((value >> 1) ^ (~(value & 1) + 1));
  }

 private:
  std::string& out_;
};

/// Reads from bytes that it doesn't own. Each read names its field; throws Refused.
class Reader {
 public:
  /// `what` names the whole in errors ("leaf", "message"); `offset` is where `bytes` starts in it.
  Reader(std::string_view bytes, const char* what, std::size_t offset = 0)
      : bytes_(bytes), what_(what), offset_(offset) {}

  std::uint8_t byte(const char* field);
  /// Refuses a value above `most` and any but the shortest form.
  std::uint64_t varint(const char* field, std::uint64_t most = UINT64_MAX);
  std::int64_t signed_varint(const char* field) { return Writer::unzigzag(varint(field)); }
  std::uint64_t fixed64(const char* field);
  std::string_view raw(std::size_t size, const char* field);
  std::string_view sized(std::size_t most, const char* field);
  template <class Fixed>
  Fixed fixed(const char* field) {
    return Fixed::from(raw(Fixed::kSize, field));
  }
  /// Text: valid UTF-8 without NUL.
  std::string_view text(std::size_t most, const char* field);

  bool done() const { return position_ == bytes_.size(); }
  std::size_t left() const { return bytes_.size() - position_; }
  std::string_view rest() { return raw(left(), "rest"); }
  void expect_end(const char* field) const;
  [[noreturn]] void refuse(const char* field, const std::string& why) const;

 private:
  std::string_view bytes_;
  const char* what_;
  std::size_t offset_;
  std::size_t position_ = 0;
};

/// Whether these bytes are UTF-8 (RFC 3629: no surrogates, no overlong forms) without NUL.
bool is_text(std::string_view bytes);

}  // namespace zimnik::sync
