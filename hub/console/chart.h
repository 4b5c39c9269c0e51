// Charts as elements for a page, in SVG: no script, no colours but the page's own, so that they are
// right in both schemes and on paper. They are as wide as there is room, and their texts as large
// as the page's. Their numbers stand in a table beside. Pure.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace zimnik::hub {

struct Bar {
  std::string name;  ///< of a day, in a few letters
  double value = 0;
  std::string text;  ///< the value as people read it
  double part = 0;   ///< of the value, shown darker; at most it
};

/// Columns side by side, from 0 up to the largest value (or `most`, if that is larger). `title` is
/// for who can't see it. Texts that there is no room for on a phone have the class «spare». Empty
/// text where there are no bars.
std::string column_chart(const std::string& title, const std::vector<Bar>& bars, double most = 0);
/// Bars below each other, each with its name; for up to some twenty.
std::string bar_chart(const std::string& title, const std::vector<Bar>& bars, double most = 0);

}  // namespace zimnik::hub
