// A page of the journal: lessons across, pupils down.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "schema/dates.h"
#include "schema/formulas.h"
#include "schema/read/courses.h"
#include "schema/read/entries.h"
#include "schema/read/membership.h"
#include "schema/read/people.h"
#include "schema/read/periods.h"
#include "sync/store/database.h"

namespace zimnik::journal {

/// A column of the page.
struct LessonColumn {
  LessonKey key;
  std::int64_t teacher = 0;
  PersonName teacher_name;
  std::optional<std::int64_t> substitutes;  ///< for whom the teacher taught
  PersonName substituted_name;
  std::string order_number;  ///< of the substitution
  std::string kind;          ///< empty: ordinary
  std::string topic;
  std::string homework;
  bool is_homework_not_assigned = false;      ///< «не задано»
  std::vector<ShownWork> works;               ///< its columns that say what they are for, in order
  std::optional<std::int64_t> plan_position;  ///< the line of the lesson plan that it was
  bool is_off_timetable = false;              ///< the course has a timetable, and this isn't in it
  bool is_frost = false;                      ///< remote for the cold
  bool is_listed = false;                     ///< someone should look at it: see review.h
};

/// What a pupil has in a lesson.
struct PageCell {
  std::vector<ShownMark> marks;  ///< in order of work and attempt
  std::string attendance;        ///< the derived code «н», «оп», «б», «у», or empty
  std::string fact;              ///< «н», «оп» as the teacher entered it
  std::optional<int> late_minutes;
  bool is_taught = true;   ///< false: the pupil wasn't in the class on that day
  bool is_listed = false;  ///< someone should look at it: see review.h

  bool is_misfiled() const { return !is_taught && (!marks.empty() || !fact.empty()); }
};

/// A row of the page.
struct PupilRow {
  std::int64_t pupil = 0;
  PersonName name;
  std::vector<Stay> stays;              ///< in the class or group; none: only marks are here
  std::vector<PageCell> cells;          ///< one for each lesson of the page
  std::vector<ShownMark> carried;       ///< of these days, in the same subject of another class
  Average average;                      ///< of all marks of these days, the carried ones too
  std::optional<int> forecast;          ///< what the average comes to
  int absences = 0;                     ///< lessons with «н», «б», «у»
  std::vector<FinalMark> finals;        ///< one for each period of the page; value empty: none
  std::vector<FinalMark> other_finals;  ///< year, exam, total of this school year
};

struct JournalPage {
  CourseTitle course;
  Date from, to;
  std::vector<LessonColumn> lessons;  ///< in order of day and number
  std::vector<PupilRow> pupils;       ///< in order of their names
  std::vector<Period> periods;        ///< of the course's school year
  std::vector<WorkType> work_types;
};

/// All of a course's days from `from` to `to`; they lie in one school year, that of `from`. Nothing
/// where there is no such course. Pupils are those who are taught on one of these days, and those
/// who have marks or absences there all the same.
std::optional<JournalPage> journal_page(sync::Database& database, std::int64_t course, Date from,
                                        Date to);

}  // namespace zimnik::journal
