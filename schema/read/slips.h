// The week's slips of a class: each pupil's diary on paper, for families that don't read it
// electronically.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "schema/dates.h"
#include "schema/read/courses.h"
#include "schema/read/diary_week.h"
#include "schema/read/school_title.h"
#include "sync/store/database.h"

namespace zimnik::journal {

/// Whether nobody of the pupil's family reads the diary electronically on that day: no guardian who
/// has consented has a code.
bool needs_paper(sync::Database& database, std::int64_t pupil, Date today);

/// A pupil's results of the school year, as a table: what there is of periods, the year, exams.
struct SlipResults {
  struct Subject {
    std::string name;
    std::vector<std::string> values;  ///< one for each column; empty: none
  };
  std::vector<std::string> columns;  ///< of final_mark.period, those in which there is a result
  std::vector<Subject> subjects;     ///< those that have a result, in order of their names
};
SlipResults slip_results(const DiaryWeek& week);

struct ClassSlips {
  SchoolTitle school;
  ClassTitle school_class;
  Date monday;
  std::vector<DiaryWeek> weeks;  ///< in order of the pupils' names
};

/// Of the week that `day` is in, for who was in the class on its Saturday; where `only_paper`,
/// those who need it. Nothing where there is no such class.
std::optional<ClassSlips> class_slips(sync::Database& database, std::int64_t school_class, Date day,
                                      bool only_paper, Date today);

}  // namespace zimnik::journal
