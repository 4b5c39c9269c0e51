// The journal's formulas. Pure; any thread. What is computed here is never stored.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace zimnik::journal {

/// A mark as the average sees it.
struct WeightedMark {
  int value = 0;   ///< 2 to 5
  int weight = 1;  ///< ≥ 0; 0 counts for nothing
};

/// A weighted average with its arithmetic: Σ(mark·weight) / Σweight.
struct Average {
  std::int64_t sum = 0;                  ///< Σ(mark·weight)
  std::int64_t weight = 0;               ///< Σweight
  int count = 0;                         ///< marks that have a weight
  std::vector<WeightedMark> terms = {};  ///< in the order given, those of weight 0 left out

  bool has_value() const { return weight > 0; }
  /// REQUIRES: has_value().
  double value() const { return static_cast<double>(sum) / static_cast<double>(weight); }
  /// In hundredths, rounded half up: 4.125 is 413. REQUIRES: has_value().
  std::int64_t hundredths() const { return (sum * 200 + weight) / (2 * weight); }
  /// «4,13»; «—» where there is none.
  std::string text() const;
  /// «(5·2 + 4·1) / (2 + 1) = 14 / 3 = 4,67»; «—» where there is none.
  std::string arithmetic() const;
};
Average weighted_average(std::span<const WeightedMark> marks);
/// The mark that an average comes to, rounded half up; nothing where there is none.
std::optional<int> forecast(const Average& average);

/// The code that a page shows, from the fact («н», «оп», or empty) and the reason of an excuse
/// («б», «у», or empty): a reason takes the place of «н» only.
std::string_view attendance_code(std::string_view fact, std::string_view reason);

/// How many pupils have which result, those who left not counted.
struct Results {
  int fives = 0, fours = 0, threes = 0, twos = 0;
  int not_assessed = 0;  ///< н/а: they stay in N
  int exempt = 0;        ///< осв
  int without = 0;       ///< without any mark, безотм among them

  void add(std::string_view final_value);  ///< empty for none
  int n() const { return fives + fours + threes + twos + not_assessed; }
  /// All three in tenths of a per cent, rounded half up; nothing where N is 0.
  std::optional<int> progress() const;  ///< успеваемость = (n5 + n4 + n3) / N
  std::optional<int> quality() const;   ///< качество = (n5 + n4) / N
  std::optional<int> learning() const;  ///< СОУ = (100·n5 + 64·n4 + 36·n3 + 16·n2 + 7·n_н/а) / N
};

}  // namespace zimnik::journal
