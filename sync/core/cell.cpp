#include "sync/core/cell.h"

#include <algorithm>
#include <unordered_map>

namespace zimnik::sync {
namespace {

/// Who overwrites whom, as indexes.
class Reach {
 public:
  explicit Reach(std::span<const Version> versions) : versions_(versions) {
    for (std::size_t i = 0; i < versions.size(); ++i) index_.emplace(versions[i].at, i);
  }

  /// Marks all that the given one reaches, itself aside.
  void mark_from(std::size_t from, std::vector<bool>& reached) {
    std::vector<std::size_t> open{from};
    while (!open.empty()) {
      const auto& over = versions_[open.back()].over;
      open.pop_back();
      for (auto at : over) {
        const auto found = index_.find(at);
        if (found == index_.end() || reached[found->second]) continue;
        reached[found->second] = true;
        open.push_back(found->second);
      }
    }
  }

 private:
  std::span<const Version> versions_;
  std::unordered_map<std::uint64_t, std::size_t> index_;
};

/// The members of a class that no other member reaches, by any way.
template <class Member>
std::vector<std::size_t> maximal(std::span<const Version> versions, Reach& reach, Member member) {
  std::vector<bool> reached(versions.size());
  for (std::size_t i = 0; i < versions.size(); ++i) {
    if (member(versions[i])) reach.mark_from(i, reached);
  }
  std::vector<std::size_t> result;
  for (std::size_t i = 0; i < versions.size(); ++i) {
    if (member(versions[i]) && !reached[i]) result.push_back(i);
  }
  return result;
}

}  // namespace

CellFold fold_cell(std::span<const Version> versions) {
  Reach reach(versions);
  CellFold fold;
  fold.heads = maximal(versions, reach, [](const Version& v) { return !v.is_void; });
  for (auto top : maximal(versions, reach, [](const Version&) { return true; })) {
    if (versions[top].is_void) fold.void_tops.push_back(top);
  }
  for (auto head : fold.heads) {
    if (!versions[head].is_tombstone) fold.candidates.push_back(head);
  }
  if (fold.candidates.empty()) {
    fold.candidates =
        maximal(versions, reach, [](const Version& v) { return !v.is_void && !v.is_tombstone; });
  }
  return fold;
}

std::size_t shown(std::span<const Version> versions, const CellFold& fold, const Policy& policy) {
  std::vector<Candidate> candidates;
  for (auto index : fold.candidates) candidates.push_back(versions[index].candidate());
  return fold.candidates[policy.pick(candidates)];
}

bool is_conflict(std::span<const Version> versions, const CellFold& fold) {
  return std::any_of(fold.candidates.begin(), fold.candidates.end(), [&](std::size_t index) {
    return versions[index].values != versions[fold.candidates.front()].values;
  });
}

}  // namespace zimnik::sync
