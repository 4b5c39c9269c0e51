#include "sync/core/phrase.h"

namespace zimnik::sync {

std::string Phrase::text() const { return fill(pattern, arguments); }

std::string fill(std::string_view pattern, const std::vector<std::string>& arguments) {
  std::string text;
  while (!pattern.empty()) {
    const bool is_place = pattern.size() >= 3 && pattern[0] == '{' && pattern[2] == '}' &&
                          pattern[1] >= '1' && pattern[1] <= '9' &&
                          static_cast<std::size_t>(pattern[1] - '1') < arguments.size();
    if (is_place) {
      text += arguments[static_cast<std::size_t>(pattern[1] - '1')];
      pattern.remove_prefix(3);
    } else {
      text += pattern.front();
      pattern.remove_prefix(1);
    }
  }
  return text;
}

}  // namespace zimnik::sync
