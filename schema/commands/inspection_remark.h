// What a head asks a teacher to put right in a journal, and what came of it: open → corrected by
// the teacher → accepted by the head, or open again. Needs the school's key. Errors as in lesson.h.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "schema/dates.h"
#include "sync/store/command.h"

namespace zimnik::journal {

struct InspectionRemark {
  std::int64_t course = 0;
  std::optional<Date> date;  ///< of a lesson; nothing where it is about the whole
  std::string_view text;
  std::optional<Date> due;
};

/// Writes it, open. Refuses an empty text, and an unknown course.
void add_inspection_remark(sync::Command& command, std::int64_t id, const InspectionRemark& remark);
/// By the teacher, saying what was done. Refuses one that isn't open, and an empty note.
void correct_inspection_remark(sync::Command& command, std::int64_t id, std::string_view note);
/// By the head. Refuses one that isn't corrected.
void accept_inspection_remark(sync::Command& command, std::int64_t id);
/// By the head, saying why; refuses one that is open, and an empty note.
void reopen_inspection_remark(sync::Command& command, std::int64_t id, std::string_view note);

}  // namespace zimnik::journal
