// What waits to be filed anew after a transfer: marks and absences of the old class or group that
// are dated after the pupil's last day there. They follow the pupil all the same; the teacher
// writes them where the pupil is taught now, and takes them away here.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "schema/dates.h"
#include "schema/lesson_key.h"
#include "schema/read/courses.h"
#include "schema/read/people.h"
#include "sync/store/database.h"

namespace zimnik::journal {

struct WaitingLesson {
  CourseTitle course;
  LessonKey lesson;
  std::int64_t pupil = 0;
  PersonName name;
  std::string entries;                    ///< as cells show them: «5», «4 · н»
  std::optional<CourseTitle> course_now;  ///< of the same subject, where the pupil is on that day
  std::vector<LessonKey> targets;         ///< its lessons of two weeks before and after; by day
};
/// Of a pupil, in courses of this school year; in order of day and number.
std::vector<WaitingLesson> waiting_of_pupil(sync::Database& database, std::int64_t pupil, int year);
/// That a teacher's courses of this school year have, or are to get.
std::vector<WaitingLesson> waiting_of_teacher(sync::Database& database, std::int64_t teacher,
                                              int year);

}  // namespace zimnik::journal
