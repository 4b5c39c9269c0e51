#include "schema/commands/late_entry.h"

#include <algorithm>

#include "schema/commands/lesson.h"
#include "schema/commands/put.h"
#include "schema/limits.h"

namespace zimnik::journal {

namespace {

constexpr std::string_view kMatters[] = {"lesson", "attendance", "marks", "homework"};

}  // namespace

void explain_late_entry(sync::Command& command, const LessonKey& lesson, std::string_view matter,
                        std::string_view reason) {
  require_lesson(command.database(), lesson);
  require(std::ranges::find(kMatters, matter) != std::end(kMatters), "Нет такой записи");
  require_text(reason, limits::kCommentBytes, "Причина");
  put(command, "late_entry",
      {lesson.course, date_value(lesson.date), lesson.number, text_value(matter)}, "reason",
      {text_value(trimmed(reason))});
}

}  // namespace zimnik::journal
