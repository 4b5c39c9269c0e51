// What happens in the made-up school on a day, as far as it follows from chance alone.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "schema/sample/plan.h"

namespace zimnik::journal::sample {

/// A reporting period by the days of the school year, and whether lessons are held on a day.
bool is_school_day(const SampleSchool::Plan& plan, Date day);
/// Whether a period of the quarters, or the half-years, ends on that day; its code.
std::optional<std::string> quarter_ending(const SampleSchool::Plan& plan, Date day);
std::optional<std::string> half_year_ending(const SampleSchool::Plan& plan, Date day);

/// A pupil's illness that covers the day.
struct Illness {
  Date since, until;
};
std::optional<Illness> illness_on(const SampleSchool::Plan& plan, std::size_t pupil, Date day);

/// How many lessons the course had before this one.
std::size_t lesson_index(const SampleSchool::Plan& plan, const PlannedCourse& course, Date day,
                         int number);
bool is_control_lesson(const PlannedCourse& course, std::size_t index);
/// Who teaches in place of a teacher who is away; nothing where the teacher is there.
std::optional<std::size_t> substitute_for(const SampleSchool::Plan& plan,
                                          const PlannedCourse& course, Date day, int number);
/// A value that the pupil's skill makes likely.
int mark_value(const PlannedPupil& pupil, Dice& dice);

}  // namespace zimnik::journal::sample
