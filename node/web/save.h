// One entry from the grid, as the browser sends it, and what becomes of it.
//
//   { page: "…", counter, seen: {site: "…", arrival}, course, date, number, kind, text, pupil?,
//     work?, work_type?, weight?, minutes?, protocol?: {number, date}, login? }
//
// kind     text                  what it does
// mark     2 to 5, or "."        the mark of a work (the first where none is said), or a point
// retake   the same              a further attempt at a work, by a protocol
// comment  words                 to the last attempt at a work
// absence  «н», «оп»             «оп» with minutes, where they are known
// clear                          the work's last attempt; where there is none the absence
// present                        the absence goes
// topic, homework, no_homework   of the lesson
// plan     a position            the lesson is this line of the lesson plan
// lesson   a kind of words.h     of the lesson; empty for an ordinary one
// work     a title               what a column is for: work_type, weight
// no_work                        the column goes
//
// login: whose page it was typed on; another may have signed in there since.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "node/web/door.h"
#include "schema/commands/mark.h"
#include "schema/lesson_key.h"
#include "sync/store/replica.h"

namespace zimnik::node {

struct SaveRequest {
  sync::EntryId entry;
  sync::Seen seen;
  journal::LessonKey lesson;
  std::int64_t pupil = 0;  ///< 0 where it is about the lesson
  std::int64_t work = 1;
  std::optional<std::int64_t> work_type;
  std::optional<int> weight, minutes;
  std::optional<journal::Protocol> protocol;
  std::string kind, text;
  std::string login;  ///< empty where it isn't said
};

/// Throws std::invalid_argument, naming the member, where it isn't one.
SaveRequest read_save(const std::string& body);

/// Writes it in the journal, and the lesson before it where that was only planned. Throws
/// sync::CommandRefused.
void apply_save(sync::Command& command, const SaveRequest& save, const Visitor& visitor,
                journal::Date today);

}  // namespace zimnik::node
