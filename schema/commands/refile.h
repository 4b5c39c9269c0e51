// What a transfer left in the old class's journal, written where the pupil is taught now. Errors as
// in lesson.h.
#pragma once

#include <cstdint>

#include "schema/lesson_key.h"
#include "sync/store/command.h"

namespace zimnik::journal {

/// Takes all marks of a pupil at the lesson `from`, and the absence, to the lesson `to` of the same
/// subject: marks keep value, weight, work type, comment and protocol, and stand after those that
/// are there; an absence that is there stays. Refuses a pupil who is taught in `from` on that day,
/// or isn't in `to` on its day, and a closed period.
void refile(sync::Command& command, const LessonKey& from, std::int64_t pupil, const LessonKey& to);

}  // namespace zimnik::journal
