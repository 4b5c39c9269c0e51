// What is news: what stands in the journal, held against what a family was told. Pure; any thread.
#pragma once

#include <map>
#include <string>
#include <vector>

namespace zimnik::hub {

/// What stands in the journal of a pupil, by its place there (places.h).
struct StandingNews {
  std::string value;
  bool is_quiet = false;  ///< not told where it is new; where it was told it isn't taken back
};
using AllStanding = std::map<std::string, StandingNews>;

/// What a family knows of a place.
struct Known {
  std::string value;  ///< empty: that there is nothing any more
  /// By a letter that went, or may have gone; else it stood there when the family began to be told,
  /// or its letter still waits.
  bool is_told = false;
};
using AllKnown = std::map<std::string, Known>;

struct Change {
  std::string place;
  std::string value;       ///< empty: taken back
  std::string former;      ///< what the family was told before; empty: nothing
  bool is_silent = false;  ///< to be noted, and not told

  bool operator==(const Change&) const = default;
};
/// In order of their places; none where the family knows all that stands there.
std::vector<Change> changes_between(const AllKnown& known, const AllStanding& standing);

}  // namespace zimnik::hub
