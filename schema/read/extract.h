// An extract from the journals for one pupil: results by subject and period, absences, and the
// marks of the period at hand. For families that read on paper, and for another school.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "schema/dates.h"
#include "schema/formulas.h"
#include "schema/read/courses.h"
#include "schema/read/entries.h"
#include "schema/read/people.h"
#include "schema/read/periods.h"
#include "schema/read/school_title.h"
#include "sync/store/database.h"

namespace zimnik::journal {

struct ExtractColumn {
  std::string code;   ///< of final_mark.period
  std::string title;  ///< «1 четверть», «год»
};

struct ExtractSubject {
  std::int64_t id = 0;
  std::string name;
  std::vector<std::string> results;  ///< one for each column; empty: none
  std::vector<ShownMark> marks;      ///< of the period at hand, from all classes, in order of days
  Average average;                   ///< of these marks
  int missed = 0;                    ///< lessons of the school year with «н»
};

struct Extract {
  std::int64_t pupil = 0;
  PersonName name;
  std::optional<Date> birth_date;
  SchoolTitle school;
  ClassTitle school_class;                 ///< the last one by today
  PersonName class_teacher;                ///< unreadable where there is none
  std::optional<Period> period;            ///< at hand
  std::vector<ExtractColumn> columns;      ///< periods, the year; exam and total where there is one
  std::vector<ExtractSubject> subjects;    ///< in order of their names
  int missed = 0, missed_with_reason = 0;  ///< lessons, in the school year
};

/// The class that the pupil is in on that day, else the last one before it; nothing where there was
/// none. It says who may read the extract: see may_care_for_class.
std::optional<std::int64_t> last_class_of_pupil(sync::Database& database, std::int64_t pupil,
                                                Date today);

/// Of the school year of the pupil's last class. Nothing where there is no such pupil, or no class.
std::optional<Extract> extract_of(sync::Database& database, std::int64_t pupil, Date today);

}  // namespace zimnik::journal
