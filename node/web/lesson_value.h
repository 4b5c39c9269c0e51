// A lesson as the value of a form's field.
#pragma once

#include <string>

#include "schema/lesson_key.h"
#include "sync/net/http_message.h"

namespace zimnik::node {

/// «course date number».
std::string text_of(const journal::LessonKey& lesson);
/// The one that the field names; refused where it names none.
journal::LessonKey lesson_in(const net::Fields& form, const char* field);

}  // namespace zimnik::node
