// Marks and absences: what is typed into a cell of the page. Both may stand in one cell. Errors as
// in lesson.h.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schema/lesson_key.h"
#include "schema/words.h"
#include "sync/store/command.h"

namespace zimnik::journal {

/// By which paper a mark was given after its lesson.
struct Protocol {
  std::string number;
  Date date;
};

struct MarkEntry {
  std::optional<int> value;   ///< 2 to 5; nothing is a point: the work is owed
  std::optional<int> weight;  ///< of the work's type, else 1, where it isn't given
  std::optional<std::int64_t> work_type;
  std::string comment;
  std::optional<Protocol> protocol;  ///< of a retake
};

/// Of the mark's row, and of what is decided about it.
std::vector<sync::Value> key_of(const MarkKey& mark);

/// Writes a mark. Refuses a value outside of 2 to 5, a lesson that isn't there, who isn't taught in
/// the course on that day, and, without a protocol, a period that is closed.
void enter_mark(sync::Command& command, const MarkKey& mark, const MarkEntry& entry);
/// Refuses where there is none, or the period is closed.
void clear_mark(sync::Command& command, const MarkKey& mark);

/// Refuses as enter_mark does, and minutes that aren't of «оп».
void set_absence(sync::Command& command, const LessonKey& lesson, std::int64_t pupil,
                 Absence absence, std::optional<int> late_minutes = {});
/// Refuses where there is none.
void clear_absence(sync::Command& command, const LessonKey& lesson, std::int64_t pupil);

/// Refuses where the lesson's period is closed.
void require_open_period(sync::Database& database, const LessonKey& lesson);
/// What a mark for such a work weighs, where nothing else is said: 1 where there is no such type.
std::int64_t weight_of_type(sync::Database& database, std::optional<std::int64_t> work_type);

/// The attempt that a retake of this work would be; 1 where there is no mark yet.
std::int64_t next_attempt(sync::Database& database, const LessonKey& lesson, std::int64_t pupil,
                          std::int64_t work);

/// The mark that is typed: «2»…«5» or «.» for a point; nothing for anything else.
std::optional<MarkEntry> typed_mark(std::string_view text);

}  // namespace zimnik::journal
