// What was entered after its deadline. A late entry is accepted, and asks for a reason.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "schema/deadlines.h"
#include "schema/lesson_key.h"
#include "schema/read/courses.h"
#include "sync/store/entry_times.h"

namespace zimnik::journal {

/// Entries of one lesson and one matter.
struct LateEntries {
  LessonKey lesson;
  std::string matter;  ///< as late_entry.matter has it
  LocalTime deadline;
  LocalTime entered;  ///< the last of them
  int count = 0;
  std::string reason;  ///< empty where none was given
};

/// Of lessons between the days, of one course where it is given; in order of day, course and
/// lesson. A correction of what had been entered in time isn't late, nor is a mark by a protocol.
/// `times` has caught up with the replica.
std::vector<LateEntries> late_entries(sync::Replica& replica, const sync::EntryTimes& times,
                                      Date from, Date to, std::optional<std::int64_t> course = {});

}  // namespace zimnik::journal
