// Who is taught in a course, and when.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "schema/dates.h"
#include "sync/store/database.h"

namespace zimnik::journal {

/// A stay in a class or group; both days belong to it.
struct Stay {
  std::int64_t pupil = 0;
  Date since;
  std::optional<Date> until;

  bool covers(Date date) const { return since <= date && (!until || date <= *until); }
  bool overlaps(Date from, Date to) const { return since <= to && (!until || from <= *until); }
};

/// What a course is about.
struct CourseHead {
  std::int64_t id = 0;
  std::int64_t subject = 0;
  std::optional<std::int64_t> school_class, study_group, teacher;
};
/// Nothing where there is no such course.
std::optional<CourseHead> course_head(sync::Database& database, std::int64_t course);

/// All stays in the course's group, or its class where it has no group; in order of pupil and day.
std::vector<Stay> stays_in_course(sync::Database& database, const CourseHead& course);
bool is_taught(sync::Database& database, std::int64_t course, std::int64_t pupil, Date date);

/// The courses that a pupil is, or was, taught in in a school year, each with its stays.
struct TaughtCourse {
  CourseHead course;
  std::vector<Stay> stays;
};
std::vector<TaughtCourse> courses_of_pupil(sync::Database& database, std::int64_t pupil,
                                           int school_year);
/// The class of a pupil on that day.
std::optional<std::int64_t> class_of_pupil(sync::Database& database, std::int64_t pupil, Date date);
/// The same, or the next one that the pupil comes to in the day's school year.
std::optional<std::int64_t> class_at_hand(sync::Database& database, std::int64_t pupil, Date date);

}  // namespace zimnik::journal
