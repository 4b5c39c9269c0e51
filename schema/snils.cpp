#include "schema/snils.h"

namespace zimnik::journal {

namespace {

constexpr std::size_t kDigits = 11, kCounted = 9;
/// Numbers up to this one were given before there were check digits.
constexpr std::string_view kLastUnchecked = "001001998";

/// Each of the nine digits times its place from the end, modulo 101; 100 is written 00.
int check_number(std::string_view digits) {
  int sum = 0;
  for (std::size_t i = 0; i < kCounted; ++i) {
    sum += (digits[i] - '0') * static_cast<int>(kCounted - i);
  }
  return sum % 101 % 100;
}

}  // namespace

std::optional<std::string> snils_from(std::string_view text) {
  std::string digits;
  for (const char c : text) {
    if (c >= '0' && c <= '9') {
      digits += c;
    } else if (c != ' ' && c != '-') {
      return std::nullopt;
    }
  }
  if (digits.size() != kDigits) return std::nullopt;
  const auto number = std::string_view(digits).substr(0, kCounted);
  const auto check = digits.substr(kCounted);
  if (number > kLastUnchecked && std::stoi(check) != check_number(number)) return std::nullopt;
  return digits.substr(0, 3) + "-" + digits.substr(3, 3) + "-" + digits.substr(6, 3) + " " + check;
}

}  // namespace zimnik::journal
