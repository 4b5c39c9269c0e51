#include "sync/core/encoding.h"

#include <charconv>
#include <cstdint>

namespace zimnik::sync {
namespace {

constexpr std::string_view kHexDigits = "0123456789abcdef";
constexpr std::string_view kBase32Digits = "abcdefghijklmnopqrstuvwxyz234567";

std::optional<unsigned> digit(char character, std::string_view digits) {
  if (character >= 'A' && character <= 'Z') character = static_cast<char>(character - 'A' + 'a');
  const auto place = digits.find(character);
  if (place == std::string_view::npos) return std::nullopt;
  return static_cast<unsigned>(place);
}

}  // namespace

std::string to_hex(std::string_view bytes) {
  std::string text;
  for (const char byte : bytes) {
    const auto value = static_cast<std::uint8_t>(byte);
    text += {kHexDigits[value >> 4], kHexDigits[value & 15]};
  }
  return text;
}

std::optional<std::string> from_hex(std::string_view text) {
  if (text.size() % 2 != 0) return std::nullopt;
  std::string bytes;
  for (std::size_t i = 0; i < text.size(); i += 2) {
    const auto high = digit(text[i], kHexDigits);
    const auto low = digit(text[i + 1], kHexDigits);
    if (!high || !low) return std::nullopt;
    bytes.push_back(static_cast<char>(*high << 4 | *low));
  }
  return bytes;
}

std::string to_base32(std::string_view bytes) {
  std::string text;
  unsigned bits = 0;
  int count = 0;
  for (const char byte : bytes) {
    bits = bits << 8 | static_cast<std::uint8_t>(byte);
    for (count += 8; count >= 5; count -= 5) text += kBase32Digits[bits >> (count - 5) & 31];
    bits &= (1u << count) - 1;
  }
  if (count > 0) text += kBase32Digits[bits << (5 - count) & 31];
  return text;
}

std::optional<std::string> from_base32(std::string_view text) {
  std::string bytes;
  unsigned bits = 0;
  int count = 0;
  for (const char character : text) {
    const auto value = digit(character, kBase32Digits);
    if (!value) return std::nullopt;
    bits = bits << 5 | *value;
    count += 5;
    if (count >= 8) {
      count -= 8;
      bytes.push_back(static_cast<char>(bits >> count));
      bits &= (1u << count) - 1;
    }
  }
  if (count >= 5 || bits != 0) return std::nullopt;
  return bytes;
}

std::optional<std::uint32_t> from_decimal(std::string_view text) {
  std::uint32_t number = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  if (read.ec != std::errc() || std::to_string(number) != text) return std::nullopt;
  return number;
}

}  // namespace zimnik::sync
