// Results that their parents have to see within 24 hours (R12): those that the region, where
// parents read, still hasn't got, those that it got late, and those of families that read paper.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "schema/deadlines.h"
#include "schema/read/courses.h"
#include "schema/read/people.h"
#include "sync/store/entry_times.h"

namespace zimnik::journal {

struct UnseenPupil {
  std::int64_t id = 0;
  PersonName name;
  std::string value;
};

/// Results of one course and period, of pupils who are now in one class.
struct UnseenFinals {
  std::optional<std::int64_t> school_class;  ///< of the pupils; nothing where they are in none
  std::string class_name;                    ///< empty where they are in none
  CourseTitle course;
  std::string period;                 ///< as final_mark.period has it
  LocalTime entered;                  ///< the first of them
  std::optional<LocalTime> arrived;   ///< the last of them, as the region's receipts say
  std::vector<UnseenPupil> pupils{};  ///< in order of their names
};

struct UnseenReport {
  std::vector<UnseenFinals> waiting;   ///< entered more than 24 hours ago, not known to be there
  std::vector<UnseenFinals> late;      ///< there, and taken in more than 24 hours after their entry
  std::vector<UnseenFinals> on_paper;  ///< of the last two weeks, of families that read on paper

  bool is_empty() const { return waiting.empty() && late.empty() && on_paper.empty(); }
};

/// Of a school year, each list in order of class, subject and period. Judged by the value that
/// stands, when it was entered and by the region's first receipt of it. Whoever reads on paper (see
/// needs_paper) is in the last list alone: when paper was handed out nobody writes down.
/// `times` has caught up with the replica.
UnseenReport unseen_finals(sync::Replica& replica, const sync::EntryTimes& times, int year,
                           sync::Time now);

}  // namespace zimnik::journal
