// A sentence for people, with places for what it is about: it can be translated as it stands. Pure;
// any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace zimnik::sync {

struct Phrase {
  std::string pattern;  ///< «Период с {1} по {2} закрыт»
  std::vector<std::string> arguments{};

  std::string text() const;  ///< with the arguments in their places
};

/// Puts the arguments into the places {1}, {2} …; a place that there is no argument for stays.
std::string fill(std::string_view pattern, const std::vector<std::string>& arguments);

}  // namespace zimnik::sync
