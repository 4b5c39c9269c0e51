#include "hub/watch/instruments.h"

#include <algorithm>
#include <limits>

namespace zimnik::hub {
namespace {

Labels with_bound(Labels labels, double bound) {
  labels.emplace_back("le", metric_number(bound));
  return labels;
}

}  // namespace

void Counter::add(const Labels& labels, double amount) {
  const std::lock_guard lock(mutex_);
  values_[labels] += amount;
}

MetricFamily Counter::family() const {
  MetricFamily family{name_, help_, MetricFamily::Kind::counter};
  const std::lock_guard lock(mutex_);
  for (const auto& [labels, value] : values_) family.samples.push_back({labels, value});
  return family;
}

void Histogram::observe(const Labels& labels, double value) {
  const auto place = static_cast<std::size_t>(
      std::lower_bound(bounds_.begin(), bounds_.end(), value) - bounds_.begin());
  const std::lock_guard lock(mutex_);
  auto& seen = seen_[labels];
  seen.counts.resize(bounds_.size());
  if (place < bounds_.size()) ++seen.counts[place];
  seen.sum += value;
  ++seen.count;
}

MetricFamily Histogram::family() const {
  MetricFamily family{name_, help_, MetricFamily::Kind::histogram};
  const std::lock_guard lock(mutex_);
  for (const auto& [labels, seen] : seen_) {
    double below = 0;
    for (std::size_t i = 0; i < bounds_.size(); ++i) {
      below += seen.counts[i];
      family.samples.push_back({with_bound(labels, bounds_[i]), below, "_bucket"});
    }
    family.samples.push_back(
        {with_bound(labels, std::numeric_limits<double>::infinity()), seen.count, "_bucket"});
    family.samples.push_back({labels, seen.sum, "_sum"});
    family.samples.push_back({labels, seen.count, "_count"});
  }
  return family;
}

}  // namespace zimnik::hub
