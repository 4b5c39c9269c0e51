#include "hub/console/chart.h"

#include <algorithm>
#include <cmath>

namespace zimnik::hub {
namespace {

std::string escaped(const std::string& text) {
  std::string result;
  for (const char letter : text) {
    switch (letter) {
      case '&':
        result += "&amp;";
        break;
      case '<':
        result += "&lt;";
        break;
      case '"':
        result += "&quot;";
        break;
      default:
        result += letter;
    }
  }
  return result;
}

/// In tenths of a unit, which is more than a screen shows.
std::string number(double value) {
  const auto tenths = std::llround(value * 10);
  const auto text = std::to_string(tenths / 10);
  return tenths % 10 == 0 ? text : text + "." + std::to_string(tenths % 10);
}

/// Of the chart's width, in per cent.
std::string across(double share) { return number(share) + "%"; }

std::string rectangle(const char* style, const std::string& x, double y, const std::string& width,
                      double height) {
  return std::string("<rect class=\"") + style + "\" x=\"" + x + "\" y=\"" + number(y) +
         "\" width=\"" + width + "\" height=\"" + number(height) + "\"/>";
}

/// In the middle above or below x; `is_spare` where it goes when there is little room.
std::string label(double x, double y, const std::string& text, bool is_spare) {
  return "<text" + std::string(is_spare ? " class=\"spare\"" : "") + " x=\"" + across(x) +
         "\" y=\"" + number(y) + "\" text-anchor=\"middle\">" + escaped(text) + "</text>";
}

double largest(const std::vector<Bar>& bars, double most) {
  for (const auto& bar : bars) most = std::max(most, bar.value);
  return most > 0 ? most : 1;
}

/// Content is placed across in per cent and down in pixels: texts keep their size on each screen.
std::string element(const std::string& attributes, double height, const std::string& content) {
  return "<svg class=\"chart\"" + attributes + " height=\"" + number(height) + "\">" + content +
         "</svg>";
}

std::string as_picture(const std::string& title) {
  return " role=\"img\" aria-label=\"" + escaped(title) + "\"";
}

bool has_long_text(const std::vector<Bar>& bars) {
  constexpr std::size_t kShort = 2;  // digits above a column, however narrow
  return std::any_of(bars.begin(), bars.end(),
                     [](const Bar& bar) { return bar.text.size() > kShort; });
}

}  // namespace

std::string column_chart(const std::string& title, const std::vector<Bar>& bars, double most) {
  if (bars.empty()) return "";
  constexpr double kHigh = 140, kAbove = 22, kBelow = 24, kWide = 0.62, kBase = kAbove + kHigh;
  constexpr std::size_t kNames = 7;  // on a phone
  const auto top = largest(bars, most);
  const auto step = 100.0 / static_cast<double>(bars.size());
  const auto stride = (bars.size() + kNames - 1) / kNames;
  const bool are_texts_long = has_long_text(bars);
  std::string content;
  for (std::size_t i = 0; i < bars.size(); ++i) {
    const auto& bar = bars[i];
    const auto left = step * (static_cast<double>(i) + (1 - kWide) / 2);
    const auto middle = left + step * kWide / 2;
    const auto height = bar.value / top * kHigh, part = bar.part / top * kHigh;
    const bool is_spare = (bars.size() - 1 - i) % stride != 0;  // the last stays
    content += rectangle("bar", across(left), kBase - height, across(step * kWide), height);
    if (part > 0) {
      content += rectangle("part", across(left), kBase - part, across(step * kWide), part);
    }
    content += label(middle, kBase - height - 6, bar.text, is_spare && are_texts_long);
    content += label(middle, kBase + 17, bar.name, is_spare);
  }
  content += rectangle("axis", "0", kBase, "100%", 1);
  return element(as_picture(title), kBase + kBelow, content);
}

std::string bar_chart(const std::string& title, const std::vector<Bar>& bars, double most) {
  if (bars.empty()) return "";
  constexpr double kWide = 80, kTall = 16;  // per cent: the rest is the value's
  const auto top = largest(bars, most);
  std::string content;
  for (const auto& bar : bars) {
    const auto width = across(bar.value / top * kWide);
    content += "<p>" + escaped(bar.name) + "</p>" +
               element("", kTall,
                       rectangle("bar", "0", 1, width, kTall - 2) + "<text x=\"" + width +
                           "\" dx=\"8\" y=\"13\">" + escaped(bar.text) + "</text>");
  }
  return "<div class=\"bars\"" + as_picture(title) + ">" + content + "</div>";
}

}  // namespace zimnik::hub
