#include "sync/core/printable.h"

namespace zimnik::sync {
namespace {

unsigned char byte_at(const std::string& text, std::size_t at) {
  return at < text.size() ? static_cast<unsigned char>(text[at]) : 0;
}

/// Marks that turn the direction of the text after them: U+202A to U+202E, U+2066 to U+2069.
bool turns_text_at(const std::string& text, std::size_t at) {
  const auto last = byte_at(text, at + 2);
  return (text.compare(at, 2, "\xe2\x80") == 0 && last >= 0xaa && last <= 0xae) ||
         (text.compare(at, 2, "\xe2\x81") == 0 && last >= 0xa6 && last <= 0xa9);
}

/// How many bytes at `at` are one control character; 0 where there is none.
std::size_t control_at(const std::string& text, std::size_t at) {
  const auto byte = byte_at(text, at), next = byte_at(text, at + 1);
  if (byte < ' ' || byte == 0x7f) return 1;
  if (turns_text_at(text, at)) return 3;
  return byte == 0xc2 && next >= 0x80 && next <= 0x9f ? 2 : 0;
}

/// U+2028 and U+2029.
bool ends_line_at(const std::string& text, std::size_t at) {
  return text.compare(at, 3, "\u2028") == 0 || text.compare(at, 3, "\u2029") == 0;
}

}  // namespace

std::string harmless(std::string text) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '\n' || text[at] == '\t') continue;
    const auto size = control_at(text, at);
    text.replace(at, size, size, ' ');
  }
  return text;
}

std::string one_line(std::string text) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    const auto size = ends_line_at(text, at) ? 3 : control_at(text, at);
    text.replace(at, size, size, ' ');
  }
  return text;
}

}  // namespace zimnik::sync
