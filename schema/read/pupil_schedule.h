// What lies before a pupil: the timetable and what changes in it, the period's control works, who
// teaches what, days without lessons. For the diary.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "schema/dates.h"
#include "schema/lesson_key.h"
#include "schema/read/people.h"
#include "schema/read/periods.h"
#include "schema/read/scheduled_lessons.h"
#include "sync/store/database.h"

namespace zimnik::journal {

/// A lesson of every week.
struct WeeklyLesson {
  int weekday = 1;  ///< 1 Monday … 7 Sunday
  std::int64_t number = 1;
  std::string starts, ends;  ///< HH:MM; empty where no bell is known
  std::string subject;
  std::string group;  ///< empty for the whole class
  std::string room;
  PersonName teacher;
};

/// A written work that is checked and marked in the period.
struct ControlWork {
  std::string subject;
  LessonKey lesson;
  std::string kind;   ///< the work type's name; empty where none is said
  std::string topic;  ///< the work's title, else the lesson's topic
  /// By the lesson plan and the timetable: no lesson says so yet, so the day may change.
  bool is_forecast = false;
};

struct SubjectTeacher {
  std::string subject, group;
  PersonName teacher;
};

struct FreeDays {
  Date from, to;
  std::string name;  ///< empty: holidays
};

struct PupilSchedule {
  Date today;  ///< as of which it is
  PersonName name;
  std::string class_name;
  PersonName class_teacher;
  std::optional<Period> period;            ///< at hand
  std::vector<WeeklyLesson> lessons;       ///< in order of weekday and number
  std::vector<ScheduledLesson> changes;    ///< of the next kDaysAhead days, in order
  std::vector<ControlWork> control_works;  ///< of the period, in order
  std::vector<SubjectTeacher> teachers;    ///< in order of subjects
  std::vector<FreeDays> free_days;         ///< those that aren't over, of the school year
};
inline constexpr int kDaysAhead = 14;

/// Of the school year of the pupil's last class on that day; nothing where there was none. Says
/// nothing of who may read it: see family.h.
std::optional<PupilSchedule> pupil_schedule(sync::Database& database, std::int64_t pupil,
                                            Date today);

}  // namespace zimnik::journal
