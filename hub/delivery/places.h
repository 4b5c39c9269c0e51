// Places of the journal as texts that sort by day: «2026-11-23/901/1» a lesson (day, course,
// number), with a mark's work and attempt behind it «2026-11-23/901/1/1/1». Pure; any thread.
#pragma once

#include <optional>
#include <string>

#include "schema/lesson_key.h"

namespace zimnik::hub {

std::string place_of(const journal::LessonKey& lesson);
std::string place_of(const journal::MarkKey& mark);
/// Of either; nothing where it is none.
std::optional<journal::LessonKey> lesson_at(const std::string& place);
/// A mark's, of that pupil.
std::optional<journal::MarkKey> mark_at(const std::string& place, std::int64_t pupil);

}  // namespace zimnik::hub
