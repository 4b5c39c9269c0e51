// A pupil's diary: a week of lessons, and how the pupil stands.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "schema/dates.h"
#include "schema/formulas.h"
#include "schema/read/entries.h"
#include "schema/read/people.h"
#include "schema/read/periods.h"
#include "sync/store/database.h"

namespace zimnik::journal {

/// A lesson of the pupil, held or only planned.
struct DiaryLesson {
  LessonKey key;
  std::string subject;
  std::string group;         ///< empty for the whole class
  std::string starts, ends;  ///< HH:MM; empty where no bell is known
  std::string room;
  bool is_held = false;
  bool is_taken_off = false;            ///< planned here, and not held
  std::optional<LessonKey> moved_to;    ///< planned here, and held there
  std::optional<LessonKey> moved_from;  ///< held here instead of there
  PersonName teacher;
  bool is_substituted = false;  ///< the teacher taught for another, by an order
  PersonName substituted;
  std::string kind;  ///< empty: ordinary
  std::string topic;
  std::string homework;
  bool is_homework_not_assigned = false;
  std::vector<ShownMark> marks;
  std::string attendance;  ///< the derived code, or empty
  std::optional<int> late_minutes;
  std::vector<std::string> remarks;
};

struct DiaryDay {
  Date date;
  bool is_holiday = false;           ///< in no reporting period, a day off, or a Sunday
  std::string day_off;               ///< the day off's name; empty where it is none, or has none
  bool is_frost = false;             ///< the class learns at home for the cold
  std::vector<DiaryLesson> lessons;  ///< in order of their numbers
};

/// How the pupil stands in a subject in the period.
struct SubjectResult {
  std::int64_t subject = 0;
  std::string name;
  std::vector<ShownMark> marks;  ///< of the period, from all classes that the pupil was in
  Average average;
  std::optional<int> forecast;
  std::vector<FinalMark> finals;  ///< of the school year
};

struct DiaryWeek {
  std::int64_t pupil = 0;
  PersonName name;
  std::string class_name;  ///< on the Monday, or later in the week; empty where in none
  PersonName class_teacher;
  Date monday;
  std::vector<DiaryDay> days;  ///< Monday to Sunday
  std::vector<Period> periods;
  std::optional<Period> period;         ///< that of the week, in the holidays the one before
  std::vector<SubjectResult> subjects;  ///< in order of their names
  std::vector<WorkType> work_types;
};

/// `day` is any of the week. Nothing where there is no such pupil. Says nothing of who may read it:
/// see family.h.
std::optional<DiaryWeek> diary_week(sync::Database& database, std::int64_t pupil, Date day);

}  // namespace zimnik::journal
