// Figures for whoever watches the program, in the text format of Prometheus, version 0.0.4
// (prometheus.io/docs/instrumenting/exposition_formats). Pure.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace zimnik::hub {

/// Names and values, in the order in which they are written.
using Labels = std::vector<std::pair<std::string, std::string>>;

struct Sample {
  Labels labels;
  double value = 0;
  std::string suffix{};  ///< of a histogram's: _bucket, _sum, _count
};

struct MetricFamily {
  enum class Kind : std::uint8_t { counter, gauge, histogram };
  std::string name;
  std::string help;
  Kind kind = Kind::gauge;
  std::vector<Sample> samples{};
};

/// The format's content type.
inline constexpr const char* kMetricsType = "text/plain; version=0.0.4; charset=utf-8";

/// Families without a sample are left out.
std::string metrics_text(const std::vector<MetricFamily>& families);
/// As the format has it: the shortest text that gives the same number; NaN, +Inf, -Inf.
std::string metric_number(double value);

}  // namespace zimnik::hub
