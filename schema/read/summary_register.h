// The summary register of a class (сводная ведомость): pupils down, subjects across, the results of
// a period or a year. Computed anew at each reading, so it is always current.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "schema/dates.h"
#include "schema/formulas.h"
#include "schema/read/courses.h"
#include "schema/read/people.h"
#include "sync/store/database.h"

namespace zimnik::journal {

struct RegisterSubject {
  std::int64_t id = 0;
  std::string name;
  Results results;  ///< of the pupils who are taught it
};

struct RegisterCell {
  std::string value;       ///< 2 to 5, осв, н/а, безотм; empty: none
  bool is_taught = false;  ///< false: the pupil isn't taught the subject
};

struct RegisterRow {
  std::int64_t pupil = 0;
  PersonName name;
  std::vector<RegisterCell> cells;  ///< one for each subject
  Average average;                  ///< of the results that are marks
  int lessons_missed = 0;           ///< with «н», in the days of the register
  int missed_with_reason = 0;       ///< of them those that an excuse covers
};

struct SummaryRegister {
  ClassTitle school_class;
  PersonName class_teacher;        ///< unreadable where there is none
  std::string school, settlement;  ///< as documents have it
  std::string period;              ///< of final_mark.period
  Date from, to;                   ///< its days; the year's: from its first period to its last
  std::vector<RegisterSubject> subjects;  ///< in order of their names
  std::vector<RegisterRow> rows;  ///< who is in the class at the end of these days, or today

  /// Of the pupils, each by the worst of what the pupil has: who has all fives is a five, who has
  /// a two or «н/а» doesn't progress. A pupil without any result doesn't count, nor does an exempt.
  Results pupils() const;
  int lessons_missed() const;
  int missed_with_reason() const;
};

/// Pupils follow a transfer with their results: those of the same subject, given in another class.
/// `period`: a period's code or «year». Nothing where there is no such class or period.
std::optional<SummaryRegister> summary_register(sync::Database& database, std::int64_t school_class,
                                                const std::string& period, Date today);

}  // namespace zimnik::journal
