// A course's lesson plan (КТП), and how far its lessons have come in it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "schema/commands/lesson_plan.h"
#include "schema/lesson_key.h"
#include "sync/store/database.h"

namespace zimnik::journal {

struct PlannedLine : PlanLine {
  std::int64_t position = 0;
};
/// In the order in which it is taught.
std::vector<PlannedLine> plan_of_course(sync::Database& database, std::int64_t course);

/// Which line is a lesson's turn: the one after the last that a lesson before it was, or that one
/// again while it has hours left. Nothing at the plan's end.
std::optional<PlannedLine> line_for(sync::Database& database, const std::vector<PlannedLine>& plan,
                                    const LessonKey& lesson);

}  // namespace zimnik::journal
