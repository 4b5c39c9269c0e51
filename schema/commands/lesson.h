// A lesson, its topic and its homework. Commands run inside Replica::write; each throws
// sync::CommandRefused, with a Russian sentence, where it can't be done.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "schema/lesson_key.h"
#include "sync/store/command.h"

namespace zimnik::journal {

/// Who taught a lesson; of a substitution also for whom, and by which order.
struct Assignment {
  std::int64_t teacher = 0;
  std::optional<std::int64_t> substitutes;
  std::string order_number;  ///< empty unless a substitution was ordered
};

/// Makes the lesson, or writes anew who taught it. Refuses an unknown course or person, and a
/// substitution without an order.
void open_lesson(sync::Command& command, const LessonKey& lesson, const Assignment& assignment);
/// Refuses where there are marks or absences in it.
void remove_lesson(sync::Command& command, const LessonKey& lesson);
/// Who will teach the lesson for the course's teacher, by an order. Refuses where it is begun (see
/// scheduled_lessons.h), and a course without a teacher.
void assign_substitute(sync::Command& command, const LessonKey& lesson, std::int64_t teacher,
                       std::string_view order_number);
/// The lesson is the course's teacher's again, by the same order. Refuses where there is no
/// substitute, and where it is begun.
void withdraw_substitution(sync::Command& command, const LessonKey& lesson);
/// One of words.h; empty for an ordinary lesson.
void set_lesson_kind(sync::Command& command, const LessonKey& lesson, std::string_view kind);

/// An empty topic clears it. `order_number`: the order by which a substitute writes, else empty.
void set_topic(sync::Command& command, const LessonKey& lesson, std::string_view topic,
               std::string_view order_number = {});
/// Refuses an empty text: see set_no_homework and clear_homework.
void set_homework(sync::Command& command, const LessonKey& lesson, std::string_view homework,
                  std::string_view order_number = {});
/// «Не задано», said on purpose.
void set_no_homework(sync::Command& command, const LessonKey& lesson,
                     std::string_view order_number = {});
/// As if nothing had been said yet.
void clear_homework(sync::Command& command, const LessonKey& lesson,
                    std::string_view order_number = {});

/// The order by which the lesson's teacher substitutes; empty where it isn't a substitution. What
/// the substitute writes to the lesson should carry it.
std::string order_of_lesson(sync::Database& database, const LessonKey& lesson);

/// Refuses what is no lesson of a day.
void require_lesson_number(std::int64_t number);
/// Whether the journal has it.
bool has_lesson(sync::Database& database, const LessonKey& lesson);
/// Refuses where there is no such lesson.
void require_lesson(sync::Database& database, const LessonKey& lesson);

}  // namespace zimnik::journal
