// One subject of a pupil in a school year: its marks by period with what they were for, how each
// average is made, results and absences. For the diary.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "schema/dates.h"
#include "schema/formulas.h"
#include "schema/read/absences.h"
#include "schema/read/entries.h"
#include "schema/read/people.h"
#include "schema/read/periods.h"
#include "sync/store/database.h"

namespace zimnik::journal {

struct SubjectMark : ShownMark {
  std::string topic;  ///< of its lesson
  std::string title;  ///< of the work
};

struct SubjectPeriod {
  Period period;
  std::vector<SubjectMark> marks;  ///< from all classes, in order of days; rejected ones too
  Average average;
  std::optional<int> forecast;
  std::vector<PupilAbsence> absences;
  std::string result;  ///< empty: none
  bool is_by_paper = false;
};

/// A result that belongs to no period: year, exam, total.
struct SubjectResultOfYear {
  std::string code;  ///< of final_mark.period
  std::string value;
  bool is_by_paper = false;
};

struct PupilSubject {
  PersonName pupil;
  std::string name;
  std::vector<PersonName> teachers;    ///< of its courses on that day, each once
  std::vector<SubjectPeriod> periods;  ///< those that have begun
  std::vector<SubjectResultOfYear> results;
  std::vector<WorkType> work_types;
};

/// Of the school year of the pupil's last class on that day. Nothing where the pupil isn't taught
/// the subject in it. Says nothing of who may read it: see family.h.
std::optional<PupilSubject> pupil_subject(sync::Database& database, std::int64_t pupil,
                                          std::int64_t subject, Date today);

}  // namespace zimnik::journal
