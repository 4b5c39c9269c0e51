#include "sync/core/policy.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace zimnik::sync {
namespace {

/// Picks the greatest by (score, stamp).
template <class Score>
auto greatest_by(Score score) {
  return [score](std::span<const Candidate> candidates) {
    const auto best = std::max_element(candidates.begin(), candidates.end(),
                                       [&](const Candidate& left, const Candidate& right) {
                                         return std::make_tuple(score(left), left.stamp) <
                                                std::make_tuple(score(right), right.stamp);
                                       });
    return static_cast<std::size_t>(best - candidates.begin());
  };
}

}  // namespace

Policy latest() {
  return {greatest_by([](const Candidate&) { return 0; }), nullptr};
}

Policy authority(std::function<std::int64_t(std::span<const Value>)> basis) {
  auto weight = [basis = std::move(basis)](const Candidate& candidate) {
    return (basis(candidate.values) << 16) + candidate.rank;
  };
  return {greatest_by(weight), weight};
}

Policy revocation_wins(std::function<bool(std::span<const Value>)> is_refusal) {
  return {greatest_by([is_refusal = std::move(is_refusal)](const Candidate& candidate) {
            return is_refusal(candidate.values);
          }),
          nullptr};
}

Policy value_beats_clear() {
  return {greatest_by([](const Candidate& candidate) {
            return !std::all_of(candidate.values.begin(), candidate.values.end(), is_null);
          }),
          nullptr};
}

}  // namespace zimnik::sync
