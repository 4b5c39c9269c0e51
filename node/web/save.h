// One entry from the grid, as the browser sends it, and what becomes of it.
//
//   { page: "…", counter, seen: {site: "…", arrival}, course, date, number, kind, text, pupil?,
//     login? }
//
// kind: mark (2 to 5, or "." for a point), absence («н», «оп»), clear, topic, homework,
// no_homework. login: whose page it was typed on; another may have signed in there since.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "node/web/door.h"
#include "schema/lesson_key.h"
#include "sync/store/replica.h"

namespace zimnik::node {

struct SaveRequest {
  sync::EntryId entry;
  sync::Seen seen;
  journal::LessonKey lesson;
  std::int64_t pupil = 0;  ///< 0 where it is about the lesson
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
