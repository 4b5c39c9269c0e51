// The week's slips of a class: each pupil's diary on paper, for families that don't read it
// electronically.
#pragma once

#include <cstdint>
#include <optional>
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
