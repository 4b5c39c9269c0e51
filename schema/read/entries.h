// What stands in the cells of pages and diaries: marks, absences, excuses.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schema/dates.h"
#include "schema/formulas.h"
#include "schema/lesson_key.h"
#include "sync/store/database.h"

namespace zimnik::journal {

struct ShownMark {
  MarkKey key;
  std::optional<int> value;  ///< nothing: a point, the work is owed
  int weight = 1;
  std::optional<std::int64_t> work_type;
  std::string comment;
  std::string protocol_number;  ///< of a retake; empty where there is none
  std::optional<Date> protocol_date;
  bool is_rejected = false;  ///< it came after its period was closed: it stays, and doesn't count
};

/// A column of marks in a lesson, as far as it says what it is for.
struct ShownWork {
  LessonKey lesson;
  std::int64_t work = 1;
  std::optional<std::int64_t> work_type;
  int weight = 1;
  std::string title;
};

struct ShownAbsence {
  LessonKey lesson;
  std::int64_t pupil = 0;
  std::string fact;  ///< «н», «оп»
  std::optional<int> late_minutes;
};

struct Excuse {
  Date since, until;
  std::string reason;  ///< «б», «у»
  std::string document;
};

/// In order of day, lesson, pupil, work and attempt. Of one pupil where it is given.
std::vector<ShownMark> marks_between(sync::Database& database, std::int64_t course, Date from,
                                     Date to, std::optional<std::int64_t> pupil = {});
/// The mark itself; nothing where there is none.
std::optional<ShownMark> mark_at(sync::Database& database, const MarkKey& key);
std::vector<ShownWork> works_between(sync::Database& database, std::int64_t course, Date from,
                                     Date to);
std::vector<ShownAbsence> absences_between(sync::Database& database, std::int64_t course, Date from,
                                           Date to, std::optional<std::int64_t> pupil = {});
/// In order of their first days.
std::vector<Excuse> excuses_of(sync::Database& database, std::int64_t pupil);
/// The reason of the excuse that began last; empty where none covers the day.
std::string_view reason_on(const std::vector<Excuse>& excuses, Date date);

/// The average of one pupil's marks. Of several attempts at one work the last that has a value
/// counts; points don't count, nor do rejected ones.
Average average_of(const std::vector<ShownMark>& marks);

struct WorkType {
  std::int64_t id = 0;
  std::string name, short_name;
  int weight = 1;
  int deadline_days = 0;
};
std::vector<WorkType> work_types(sync::Database& database);  ///< in order of weight and name

struct FinalMark {
  std::string period;
  int year = 0;
  std::string value;
  std::string basis;  ///< empty: the teacher; «protocol», «order»
};
std::vector<FinalMark> finals_of(sync::Database& database, std::int64_t pupil, std::int64_t course);

}  // namespace zimnik::journal
