#include "schema/import/folding.h"

#include <charconv>
#include <map>

#include "schema/limits.h"

namespace zimnik::journal {

namespace {

constexpr std::string_view kHardBlank = "\xc2\xa0";

/// The bytes of the next code point. What is no UTF-8 never gets here.
std::string_view next(std::string_view& text) {
  const auto byte = static_cast<unsigned char>(text.front());
  const std::size_t length = byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
  const auto letter = text.substr(0, length);
  text.remove_prefix(letter.size());
  return letter;
}

std::string small(std::string_view letter) {
  if (letter == "Ё" || letter == "ё") return "е";
  if (letter.size() == 1 && letter[0] >= 'A' && letter[0] <= 'Z') {
    return std::string(1, static_cast<char>(letter[0] - 'A' + 'a'));
  }
  if (letter.size() != 2 || letter[0] != '\xd0') return std::string(letter);
  const auto low = static_cast<unsigned char>(letter[1]);
  if (low >= 0x90 && low <= 0x9f) return {'\xd0', static_cast<char>(low + 0x20)};
  if (low >= 0xa0 && low <= 0xaf) return {'\xd1', static_cast<char>(low - 0x20)};
  return std::string(letter);
}

std::string capital(std::string_view letter) {
  if (letter.size() != 2) return std::string(letter);
  const auto low = static_cast<unsigned char>(letter[1]);
  if (letter[0] == '\xd0' && low >= 0xb0) return {'\xd0', static_cast<char>(low - 0x20)};
  if (letter[0] == '\xd1' && low <= 0x8f) return {'\xd0', static_cast<char>(low + 0x20)};
  return std::string(letter);
}

bool is_blank(std::string_view letter) {
  return letter == " " || letter == "\t" || letter == "\n" || letter == "\r" ||
         letter == kHardBlank;
}

bool is_mark(std::string_view letter) {
  for (const auto* mark : {".", ",", "\"", "'", "«", "»", "“", "”", "„", "-", "_"}) {
    if (letter == mark) return true;
  }
  return false;
}

/// The Russian letter that a Latin one looks like.
std::string russian(const std::string& letter) {
  static const std::map<std::string, std::string> kAlike = {
      {"a", "а"}, {"b", "в"}, {"c", "с"}, {"e", "е"}, {"h", "н"}, {"k", "к"},
      {"m", "м"}, {"o", "о"}, {"p", "р"}, {"t", "т"}, {"x", "х"}};
  const auto found = kAlike.find(letter);
  return found == kAlike.end() ? letter : found->second;
}

std::optional<int> number_from(std::string_view text) {
  int number = 0;
  const auto* end = text.data() + text.size();
  const auto [at, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc() || at != end) return std::nullopt;
  return number;
}

}  // namespace

std::string folded(std::string_view text) {
  std::string result;
  bool is_parted = false;
  while (!text.empty()) {
    const auto letter = next(text);
    if (is_blank(letter)) {
      is_parted = !result.empty();
      continue;
    }
    if (is_parted) result += ' ';
    is_parted = false;
    result += small(letter);
  }
  return result;
}

std::string bare(std::string_view text) {
  std::string result;
  while (!text.empty()) {
    const auto letter = next(text);
    if (!is_blank(letter) && !is_mark(letter)) result += small(letter);
  }
  return result;
}

std::optional<ClassText> class_from(std::string_view text) {
  const auto letters = bare(text);
  const auto digits = letters.find_first_not_of("0123456789");
  const auto grade = number_from(std::string_view(letters).substr(0, digits));
  if (!grade || *grade < 1 || *grade > limits::kGradeLevels) return std::nullopt;
  ClassText result{*grade, {}};
  std::string_view rest(letters);
  rest.remove_prefix(std::min(digits, letters.size()));
  while (!rest.empty()) result.letter += capital(russian(std::string(next(rest))));
  return result;
}

std::optional<Date> day_from(std::string_view text) {
  const auto dot = text.find('.');
  if (dot == std::string_view::npos) return Date::parse(text);
  const auto second = text.find('.', dot + 1);
  if (second == std::string_view::npos || text.size() - second != 5) return std::nullopt;
  const auto day = number_from(text.substr(0, dot));
  const auto month = number_from(text.substr(dot + 1, second - dot - 1));
  const auto year = number_from(text.substr(second + 1));
  if (!day || !month || !year || *year < 1900 || *year > 2199) return std::nullopt;
  return Date::from(*year, *month, *day);
}

std::optional<int> whole_number_from(std::string_view text) {
  const auto point = text.find_first_of(",.");
  if (point != std::string_view::npos) {
    const auto fraction = text.substr(point + 1);
    if (fraction.empty() || fraction.find_first_not_of('0') != std::string_view::npos) {
      return std::nullopt;
    }
  }
  return number_from(text.substr(0, point));
}

}  // namespace zimnik::journal
