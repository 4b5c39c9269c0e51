#include "sync/core/bytes.h"

namespace zimnik::sync {

void Writer::fixed64(std::uint64_t value) {
  for (int shift = 0; shift < 64; shift += 8) byte(static_cast<std::uint8_t>(value >> shift));
}

void Reader::refuse(const char* field, const std::string& why) const {
  throw Refused(std::string(what_) + ", byte " + std::to_string(offset_ + position_) + ": " +
                field + ": " + why);
}

std::uint8_t Reader::byte(const char* field) {
  if (done()) refuse(field, "the bytes end here");
  return static_cast<std::uint8_t>(bytes_[position_++]);
}

std::uint64_t Reader::varint(const char* field, std::uint64_t most) {
  std::uint64_t value = 0;
  for (int shift = 0;; shift += 7) {
    const std::uint8_t next = byte(field);
    if (shift == 63 && next > 1) refuse(field, "a number of more than 64 bits");
    value |= static_cast<std::uint64_t>(next & 0x7f) << shift;
    if (next & 0x80) continue;
    if (next == 0 && shift > 0) refuse(field, "a number that isn't in its shortest form");
    break;
  }
  if (value > most) {
    refuse(field, std::to_string(value) + " is over the bound of " + std::to_string(most));
  }
  return value;
}

std::uint64_t Reader::fixed64(const char* field) {
  std::uint64_t value = 0;
  const auto bytes = raw(8, field);
  for (std::size_t i = 0; i < 8; ++i) {
    value |= static_cast<std::uint64_t>(static_cast<std::uint8_t>(bytes[i])) << (8 * i);
  }
  return value;
}

std::string_view Reader::raw(std::size_t size, const char* field) {
  if (size > left()) {
    refuse(field, std::to_string(size) + " bytes are wanted, " + std::to_string(left()) + " left");
  }
  const auto result = bytes_.substr(position_, size);
  position_ += size;
  return result;
}

std::string_view Reader::sized(std::size_t most, const char* field) {
  return raw(varint(field, most), field);
}

std::string_view Reader::text(std::size_t most, const char* field) {
  const auto bytes = sized(most, field);
  if (!is_text(bytes)) refuse(field, "not UTF-8 text without NUL");
  return bytes;
}

void Reader::expect_end(const char* field) const {
  if (!done()) refuse(field, std::to_string(left()) + " bytes too many");
}

bool is_text(std::string_view bytes) {
  const auto* at = reinterpret_cast<const unsigned char*>(bytes.data());
  const auto* const end = at + bytes.size();
  while (at < end) {
    const unsigned char lead = *at++;
    if (lead == 0) return false;
    if (lead < 0x80) continue;
    const int more = lead >= 0xf0 ? 3 : lead >= 0xe0 ? 2 : 1;
    if (lead < 0xc2 || lead > 0xf4 || end - at < more) return false;
    // The second byte's range keeps out overlong forms, surrogates and what lies past U+10FFFF.
    const unsigned char low = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
    const unsigned char high = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
    if (*at < low || *at > high) return false;
    for (int i = 1; i < more; ++i) {
      if ((at[i] & 0xc0) != 0x80) return false;
    }
    at += more;
  }
  return true;
}

}  // namespace zimnik::sync
