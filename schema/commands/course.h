// What is taught to whom, by whom and when: subjects, groups, courses, the timetable, kinds of
// work. Errors as in lesson.h.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "schema/dates.h"
#include "sync/store/command.h"

namespace zimnik::journal {

void set_subject(sync::Command& command, std::int64_t subject, std::string_view name);
/// `deadline_days`: within which marks for such a work are due; 0 is the same day.
void set_work_type(sync::Command& command, std::int64_t work_type, std::string_view name,
                   std::string_view short_name, int weight, int deadline_days);

/// `kind`: subgroup, stream or individual_plan. A subgroup is of a class.
void set_group(sync::Command& command, std::int64_t group, std::string_view name,
               std::string_view kind, std::optional<std::int64_t> school_class);
/// Refuses who isn't a pupil, who is in it already, and, of a subgroup, who isn't in its class on
/// that day.
void join_group(sync::Command& command, std::int64_t group, std::int64_t pupil, Date since);
/// Refuses who isn't in it on that day, the last one.
void leave_group(sync::Command& command, std::int64_t group, std::int64_t pupil, Date last_day);

/// Of a class, of a subgroup (with its class), or of a group over several classes.
void set_course(sync::Command& command, std::int64_t course, std::int64_t subject,
                std::optional<std::int64_t> school_class, std::optional<std::int64_t> group);
void set_course_teacher(sync::Command& command, std::int64_t course,
                        std::optional<std::int64_t> person);

/// Of the school year. Refuses hours outside of 1 to 2000.
void set_course_hours(sync::Command& command, std::int64_t course, int hours);
/// What the curriculum asks of the class, in a school year. Refuses as set_course_hours.
void set_curriculum(sync::Command& command, std::int64_t school_class, std::int64_t subject,
                    int hours);

struct Slot {
  std::int64_t course = 0;
  int weekday = 1;  ///< 1 Monday … 7 Sunday
  int number = 1;
  Date since;
};
void set_slot(sync::Command& command, const Slot& slot, std::string_view room,
              std::optional<Date> last_day = {});
/// Refuses where there is no such slot.
void end_slot(sync::Command& command, const Slot& slot, Date last_day);
/// Takes away a slot that never began. Refuses where there is no such slot.
void remove_slot(sync::Command& command, const Slot& slot);

}  // namespace zimnik::journal
