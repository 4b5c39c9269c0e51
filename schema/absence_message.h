// What a family is told of an absence (R39): the school's own text, or the usual one, with places
// for what it is about. Pure; any thread.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "schema/deadlines.h"
#include "schema/lesson_key.h"

namespace zimnik::journal {

/// The text of a school that has none of its own.
extern const std::string_view kUsualAbsenceMessage;

/// A place in the text, «{ученик}», and what stands there.
struct MessagePlace {
  std::string_view place;
  const char* meaning;
};
std::span<const MessagePlace> absence_places();
/// The first place of the text that isn't one of these; of one that isn't closed, up to the next
/// blank. Nothing where all is well.
std::optional<std::string> unknown_place(std::string_view text);

/// What a message is about.
struct AbsenceNotice {
  std::string pupil;       ///< Иванов Пётр
  std::string class_name;  ///< 7А
  std::string subject;
  LessonKey lesson;
  std::string starts;  ///< the bell, HH:MM; empty where none is known
};
/// The message that goes at that time. Where the text is empty, or has a place that is none (others
/// may have written anything), the usual one is taken. One that goes more than an hour after the
/// bell, or on another day where no bell is known, ends by saying when the lesson was (R23).
std::string absence_message(std::string_view text, const AbsenceNotice& notice, LocalTime sent);

}  // namespace zimnik::journal
