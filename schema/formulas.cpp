#include "schema/formulas.h"

#include <cstdio>

namespace zimnik::journal {
namespace {

constexpr const char* kNone = "—";

std::optional<int> tenths_of_percent(std::int64_t part, std::int64_t whole) {
  if (whole == 0) return std::nullopt;
  return static_cast<int>((part * 2000 + whole) / (2 * whole));
}

}  // namespace

Average weighted_average(std::span<const WeightedMark> marks) {
  Average average;
  for (const auto& mark : marks) {
    if (mark.weight <= 0) continue;
    average.sum += std::int64_t{mark.value} * mark.weight;
    average.weight += mark.weight;
    ++average.count;
    average.terms.push_back(mark);
  }
  return average;
}

std::optional<int> forecast(const Average& average) {
  if (!average.has_value()) return std::nullopt;
  return static_cast<int>((average.sum * 2 + average.weight) / (2 * average.weight));
}

std::string Average::text() const {
  if (!has_value()) return kNone;
  char buffer[48];
  std::snprintf(buffer, sizeof buffer, "%lld,%02lld", static_cast<long long>(hundredths() / 100),
                static_cast<long long>(hundredths() % 100));
  return buffer;
}

std::string Average::arithmetic() const {
  if (!has_value()) return kNone;
  std::string products, weights;
  for (const auto& term : terms) {
    if (!products.empty()) products += " + ", weights += " + ";
    products += std::to_string(term.value) + "·" + std::to_string(term.weight);
    weights += std::to_string(term.weight);
  }
  return "(" + products + ") / (" + weights + ") = " + std::to_string(sum) + " / " +
         std::to_string(weight) + " = " + text();
}

std::string_view attendance_code(std::string_view fact, std::string_view reason) {
  return fact == "н" && !reason.empty() ? reason : fact;
}

void Results::add(std::string_view value) {
  if (value == "5") {
    ++fives;
  } else if (value == "4") {
    ++fours;
  } else if (value == "3") {
    ++threes;
  } else if (value == "2") {
    ++twos;
  } else if (value == "н/а") {
    ++not_assessed;
  } else if (value == "осв") {
    ++exempt;
  } else {
    ++without;
  }
}

std::optional<int> Results::progress() const {
  return tenths_of_percent(fives + fours + threes, n());
}

std::optional<int> Results::quality() const { return tenths_of_percent(fives + fours, n()); }

std::optional<int> Results::learning() const {
  // The weights are already per cent.
  const std::int64_t points =
      100LL * fives + 64LL * fours + 36LL * threes + 16LL * twos + 7LL * not_assessed;
  return tenths_of_percent(points, std::int64_t{n()} * 100);
}

}  // namespace zimnik::journal
