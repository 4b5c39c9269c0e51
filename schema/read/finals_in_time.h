// Results of a period against the days in which they are given: its last week, before the holidays
// (R27).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "schema/deadlines.h"
#include "schema/read/courses.h"
#include "schema/read/people.h"
#include "schema/read/periods.h"
#include "sync/store/entry_times.h"

namespace zimnik::journal {

struct UntimelyFinal {
  std::int64_t pupil = 0;
  PersonName name;
  std::string value;
  LocalTime entered;  ///< the value that stands
};

/// What isn't in order in one course; each list in order of the pupils' names.
struct CourseFinals {
  CourseTitle course;
  Period period;                     ///< of the course's own kind
  std::vector<NamedPerson> missing;  ///< taught on the period's last day, and without a result
  std::vector<UntimelyFinal> early;  ///< entered before the last week
  std::vector<UntimelyFinal> late;   ///< entered after the period's end

  bool is_in_order() const { return missing.empty() && early.empty() && late.empty(); }
};

/// Of the courses whose period that ends with the chosen one (see own_period_ending) has come to
/// its last week by `today`, and that had lessons in it; those that are in order are left out. In
/// order of class and subject. Judged by the time of entry at the node; a correction of what was
/// entered in time is in time. Results by a protocol or an order are always in order, a deferred
/// one too, until its day has passed. `times` has caught up with the replica.
std::vector<CourseFinals> untimely_finals(sync::Replica& replica, const sync::EntryTimes& times,
                                          const Period& chosen, Date today);

}  // namespace zimnik::journal
