#include "hub/delivery/changes.h"

#include <algorithm>

namespace zimnik::hub {

std::vector<Change> changes_between(const AllKnown& known, const AllStanding& standing) {
  std::vector<Change> changes;
  for (const auto& [place, stands] : standing) {
    const auto found = known.find(place);
    if (found == known.end() || found->second.value.empty()) {
      if (!stands.is_quiet) changes.push_back({place, stands.value, "", false});
    } else if (found->second.value != stands.value) {
      const auto& before = found->second;
      changes.push_back({place, stands.value, before.is_told ? before.value : "", false});
    }
  }
  for (const auto& [place, before] : known) {
    if (before.value.empty() || standing.contains(place)) continue;
    changes.push_back({place, "", before.is_told ? before.value : "", !before.is_told});
  }
  std::sort(changes.begin(), changes.end(),
            [](const Change& left, const Change& right) { return left.place < right.place; });
  return changes;
}

}  // namespace zimnik::hub
