// What a check found that doesn't hold.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace zimnik::sync {

/// Lines of text: the first ones, and how many more there are.
class Findings {
 public:
  void add(std::string line) {
    if (is_full()) {
      ++more_;
    } else {
      lines_.push_back(std::move(line));
    }
  }
  bool empty() const { return lines_.empty(); }
  /// No more are kept: who goes through what is damaged all over may stop.
  bool is_full() const { return lines_.size() >= kMost; }
  const std::vector<std::string>& lines() const { return lines_; }
  std::uint64_t more() const { return more_; }
  std::uint64_t count() const { return lines_.size() + more_; }

  static constexpr std::size_t kMost = 1000;

 private:
  std::vector<std::string> lines_;
  std::uint64_t more_ = 0;
};

}  // namespace zimnik::sync
