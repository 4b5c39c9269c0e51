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

std::string rectangle(const char* style, double x, double y, double width, double height) {
  return std::string("<rect class=\"") + style + "\" x=\"" + number(x) + "\" y=\"" + number(y) +
         "\" width=\"" + number(width) + "\" height=\"" + number(height) + "\"/>";
}

std::string label(double x, double y, const char* anchor, const std::string& text) {
  return "<text x=\"" + number(x) + "\" y=\"" + number(y) + "\" text-anchor=\"" + anchor + "\">" +
         escaped(text) + "</text>";
}

double largest(const std::vector<Bar>& bars, double most) {
  for (const auto& bar : bars) most = std::max(most, bar.value);
  return most > 0 ? most : 1;
}

std::string element(const std::string& title, double width, double height,
                    const std::string& content) {
  return "<svg class=\"chart\" role=\"img\" aria-label=\"" + escaped(title) + "\" viewBox=\"0 0 " +
         number(width) + " " + number(height) + "\">" + content + "</svg>";
}

}  // namespace

std::string column_chart(const std::string& title, const std::vector<Bar>& bars, double most) {
  if (bars.empty()) return "";
  constexpr double kStep = 48, kHigh = 140, kAbove = 22, kBelow = 24, kWide = 30;
  const auto top = largest(bars, most);
  std::string content;
  double x = (kStep - kWide) / 2;
  for (const auto& bar : bars) {
    const auto height = bar.value / top * kHigh, part = bar.part / top * kHigh;
    const auto base = kAbove + kHigh;
    content += rectangle("bar", x, base - height, kWide, height);
    if (part > 0) content += rectangle("part", x, base - part, kWide, part);
    content += label(x + kWide / 2, base - height - 6, "middle", bar.text);
    content += label(x + kWide / 2, base + 17, "middle", bar.name);
    x += kStep;
  }
  const auto width = kStep * static_cast<double>(bars.size());
  content += rectangle("axis", 0, kAbove + kHigh, width, 1);
  return element(title, width, kAbove + kHigh + kBelow, content);
}

std::string bar_chart(const std::string& title, const std::vector<Bar>& bars, double most) {
  if (bars.empty()) return "";
  constexpr double kStep = 44, kWide = 420, kRoom = 90, kTall = 14;
  const auto top = largest(bars, most);
  std::string content;
  double y = 0;
  for (const auto& bar : bars) {
    const auto width = bar.value / top * kWide;
    content += label(0, y + 15, "start", bar.name);
    content += rectangle("bar", 0, y + 21, width, kTall);
    content += label(width + 8, y + 33, "start", bar.text);
    y += kStep;
  }
  return element(title, kWide + kRoom, y, content);
}

}  // namespace zimnik::hub
