// What is counted while the program runs. Any thread.
#pragma once

#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "hub/watch/metrics.h"

namespace zimnik::hub {

/// Never goes down; one number for each combination of labels that was ever added to.
class Counter {
 public:
  /// `name` ends with _total.
  Counter(std::string name, std::string help) : name_(std::move(name)), help_(std::move(help)) {}

  void add(const Labels& labels, double amount = 1);
  MetricFamily family() const;

 private:
  const std::string name_, help_;
  mutable std::mutex mutex_;
  std::map<Labels, double> values_;
};

/// How many were at most how large, for each combination of labels.
class Histogram {
 public:
  /// `bounds` go up; one of +Inf is added.
  Histogram(std::string name, std::string help, std::vector<double> bounds)
      : name_(std::move(name)), help_(std::move(help)), bounds_(std::move(bounds)) {}

  void observe(const Labels& labels, double value);
  MetricFamily family() const;

 private:
  struct Seen {
    std::vector<double> counts;  ///< of each bound, those of smaller ones not among them
    double sum = 0, count = 0;
  };
  const std::string name_, help_;
  const std::vector<double> bounds_;
  mutable std::mutex mutex_;
  std::map<Labels, Seen> seen_;
};

}  // namespace zimnik::hub
