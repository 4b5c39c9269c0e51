#include "schema/commands/refile.h"

#include <map>
#include <vector>

#include "schema/commands/entry_review.h"
#include "schema/commands/late_entry.h"
#include "schema/commands/mark.h"
#include "schema/commands/put.h"
#include "schema/read/membership.h"
#include "schema/words.h"

namespace zimnik::journal {

using sync::Command;
using sync::Database;
using sync::Statement;

namespace {

constexpr std::string_view kMoved = "перенесено из журнала другого класса";

struct OldMark {
  MarkKey key;
  MarkEntry entry;
  std::optional<std::string> rejected;  ///< why a head decided that it counts for nothing
};

std::optional<Protocol> protocol_at(const Statement& row, int column) {
  const auto date = date_at(row, column + 1);
  if (row.is_null(column) || !date) return std::nullopt;
  return Protocol{string_at(row, column), *date};
}

std::vector<OldMark> marks_at(Database& database, const LessonKey& lesson, std::int64_t pupil) {
  std::vector<OldMark> marks;
  each_row(database,
           "SELECT work, attempt, value, weight, work_type, comment, protocol_number, "
           "protocol_date, state, reason FROM mark LEFT JOIN entry_review "
           "USING (course, date, number, pupil, work, attempt) WHERE course = ? AND date = ? AND "
           "number = ? AND pupil = ? "
           "ORDER BY work, attempt",
           {lesson.course, date_value(lesson.date), lesson.number, pupil},
           [&](const Statement& row) {
             OldMark mark{{lesson, pupil, row.integer(0), row.integer(1)}, {}, {}};
             if (!row.is_null(2)) mark.entry.value = static_cast<int>(row.integer(2));
             if (!row.is_null(3)) mark.entry.weight = static_cast<int>(row.integer(3));
             mark.entry.work_type = integer_at(row, 4);
             mark.entry.comment = string_at(row, 5);
             mark.entry.protocol = protocol_at(row, 6);
             if (string_at(row, 8) == kRejected) mark.rejected = string_at(row, 9);
             marks.push_back(std::move(mark));
           });
  return marks;
}

void move_marks(Command& command, const std::vector<OldMark>& marks, const LessonKey& to) {
  if (marks.empty()) return;
  auto last = one_integer(command.database(),
                          "SELECT max(work) FROM mark WHERE course = ? AND date = ? AND "
                          "number = ? AND pupil = ?",
                          {to.course, date_value(to.date), to.number, marks.front().key.pupil})
                  .value_or(0);
  std::map<std::int64_t, std::int64_t> works;  // new ones by old ones
  for (const auto& mark : marks) {
    const auto [work, is_first] = works.try_emplace(mark.key.work, last + 1);
    if (is_first) ++last;
    const MarkKey moved{to, mark.key.pupil, work->second, mark.key.attempt};
    enter_mark(command, moved, mark.entry);
    if (mark.rejected) reject_entry(command, moved, *mark.rejected);
    clear_mark(command, mark.key);
  }
}

/// Says whether there was one.
bool move_absence(Command& command, const LessonKey& from, std::int64_t pupil,
                  const LessonKey& to) {
  std::optional<Absence> absence;
  std::optional<int> minutes;
  each_row(command.database(),
           "SELECT code, late_minutes FROM attendance WHERE course = ? AND date = ? AND "
           "number = ? AND pupil = ?",
           {from.course, date_value(from.date), from.number, pupil}, [&](const Statement& row) {
             absence = absence_of(string_at(row, 0));
             if (!row.is_null(1)) minutes = static_cast<int>(row.integer(1));
           });
  if (!absence) return false;
  if (!exists(command.database(), "attendance",
              {to.course, date_value(to.date), to.number, pupil})) {
    set_absence(command, to, pupil, *absence, minutes);
  }
  clear_absence(command, from, pupil);
  return true;
}

/// The list of late entries says why it is there: by its time it is entered now.
void explain(Command& command, const LessonKey& lesson, std::string_view matter) {
  if (exists(command.database(), "late_entry",
             {lesson.course, date_value(lesson.date), lesson.number, text_value(matter)})) {
    return;
  }
  explain_late_entry(command, lesson, matter, kMoved);
}

}  // namespace

void refile(Command& command, const LessonKey& from, std::int64_t pupil, const LessonKey& to) {
  auto& database = command.database();
  const auto old_course = course_head(database, from.course);
  const auto new_course = course_head(database, to.course);
  require(old_course && new_course && old_course->subject == new_course->subject,
          "Перенести можно только в журнал того же предмета");
  require(!is_taught(database, from.course, pupil, from.date),
          "Обучающийся в этот день ещё учился здесь: переносить нечего");
  const auto marks = marks_at(database, from, pupil);
  move_marks(command, marks, to);
  const bool was_away = move_absence(command, from, pupil, to);
  require(was_away || !marks.empty(), "Здесь уже нечего переносить");
  if (!marks.empty()) explain(command, to, "marks");
  if (was_away) explain(command, to, "attendance");
}

}  // namespace zimnik::journal
