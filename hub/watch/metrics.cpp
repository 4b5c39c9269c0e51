#include "hub/watch/metrics.h"

#include <array>
#include <charconv>
#include <cmath>
#include <string_view>

namespace zimnik::hub {
namespace {

const char* word_of(MetricFamily::Kind kind) {
  switch (kind) {
    case MetricFamily::Kind::counter:
      return "counter";
    case MetricFamily::Kind::gauge:
      return "gauge";
    case MetricFamily::Kind::histogram:
      return "histogram";
  }
  return "untyped";
}

/// Quotes are escaped in labels alone.
std::string escaped(std::string_view text, bool is_label) {
  std::string result;
  for (const char letter : text) {
    if (letter == '\\') {
      result += "\\\\";
    } else if (letter == '\n') {
      result += "\\n";
    } else if (letter == '"' && is_label) {
      result += "\\\"";
    } else {
      result += letter;
    }
  }
  return result;
}

std::string labels_text(const Labels& labels) {
  if (labels.empty()) return "";
  std::string text = "{";
  for (const auto& [name, value] : labels) {
    text += (text.size() > 1 ? "," : "") + name + "=\"" + escaped(value, true) + "\"";
  }
  return text + "}";
}

}  // namespace

std::string metric_number(double value) {
  if (std::isnan(value)) return "NaN";
  if (std::isinf(value)) return value > 0 ? "+Inf" : "-Inf";
  std::array<char, 32> text{};
  const auto end = std::to_chars(text.data(), text.data() + text.size(), value).ptr;
  return {text.data(), end};
}

std::string metrics_text(const std::vector<MetricFamily>& families) {
  std::string text;
  for (const auto& family : families) {
    if (family.samples.empty()) continue;
    text += "# HELP " + family.name + " " + escaped(family.help, false) + "\n";
    text += "# TYPE " + family.name + " " + word_of(family.kind) + "\n";
    for (const auto& sample : family.samples) {
      text += family.name + sample.suffix + labels_text(sample.labels) + " " +
              metric_number(sample.value) + "\n";
    }
  }
  return text;
}

}  // namespace zimnik::hub
