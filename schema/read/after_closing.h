// Marks that came after their period was closed: entered before that on a node that the closing
// didn't hear of, or after it by who didn't know. They count until a deputy head rejects them;
// results that were posted don't move.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "schema/deadlines.h"
#include "schema/lesson_key.h"
#include "schema/read/periods.h"
#include "sync/store/entry_times.h"

namespace zimnik::journal {

struct LateArrival {
  MarkKey mark;
  std::optional<int> value;
  std::string period;  ///< its title
  LocalTime entered;
  bool is_entered_before = false;  ///< before the closing
  std::string state;               ///< as entry_review.state has it; empty while nobody has decided
  std::string reason;
};

/// Of the periods of a school year that are closed now, in the courses of a teacher where one is
/// given; in order of day. Marks by a protocol aren't among them. Of a period whose closing doesn't
/// say what it knew, those entered after it. `times` has caught up with the replica.
std::vector<LateArrival> marks_after_closing(sync::Replica& replica, const sync::EntryTimes& times,
                                             int year, std::optional<std::int64_t> teacher = {});

}  // namespace zimnik::journal
