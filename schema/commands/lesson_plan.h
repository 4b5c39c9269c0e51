// A course's lesson plan (КТП), and which of its lines a lesson was. Errors as in lesson.h.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "schema/lesson_key.h"
#include "sync/store/command.h"

namespace zimnik::journal {

struct PlanLine {
  std::string section, topic;
  int hours = 1;  ///< lessons that it takes
  std::optional<std::int64_t> work_type;
  std::string homework;
};

/// `position` from 1. Refuses a line without a topic, hours outside of 1 to 100, and a course or a
/// work type that isn't there.
void set_plan_line(sync::Command& command, std::int64_t course, std::int64_t position,
                   const PlanLine& line);
/// Refuses where there is no such line.
void remove_plan_line(sync::Command& command, std::int64_t course, std::int64_t position);
/// The lesson is this line of the plan: its topic becomes the lesson's.
void take_plan_line(sync::Command& command, const LessonKey& lesson, std::int64_t position,
                    std::string_view order_number = {});

}  // namespace zimnik::journal
