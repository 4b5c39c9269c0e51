#include "schema/read/entries.h"

#include <map>
#include <tuple>

#include "schema/query.h"
#include "schema/words.h"

namespace zimnik::journal {

using sync::Database;
using sync::Statement;

namespace {

/// The lesson in a row's first columns: date, number. Nothing where the date is none.
std::optional<LessonKey> lesson_at(std::int64_t course, const Statement& row) {
  const auto date = date_at(row, 0);
  if (!date) return std::nullopt;
  return LessonKey{course, *date, row.integer(1)};
}

std::optional<int> small_integer_at(const Statement& row, int column) {
  if (row.is_null(column)) return std::nullopt;
  return static_cast<int>(row.integer(column));
}

}  // namespace

std::vector<ShownMark> marks_between(Database& database, std::int64_t course, Date from, Date to,
                                     std::optional<std::int64_t> pupil) {
  std::vector<ShownMark> marks;
  each_row(
      database,
      // What the column says of itself goes before what a mark does.
      "SELECT date, number, pupil, work, attempt, value, coalesce(w.weight, m.weight), "
      "iif(w.work IS NULL, m.work_type, w.work_type), comment, protocol_number, protocol_date, "
      "EXISTS (SELECT 1 FROM entry_review r WHERE (r.course, r.date, r.number, r.pupil, r.work, "
      "r.attempt) = (m.course, m.date, m.number, m.pupil, m.work, m.attempt) AND r.state = ?) "
      "FROM mark m LEFT JOIN lesson_work w USING (course, date, number, work) "
      "WHERE course = ? AND date BETWEEN ? AND ? AND ifnull(m.pupil = ?, 1) "
      "ORDER BY date, number, pupil, work, attempt",
      {text_value(kRejected), course, date_value(from), date_value(to), optional_value(pupil)},
      [&](const Statement& row) {
        const auto lesson = lesson_at(course, row);
        if (!lesson) return;
        marks.push_back({{*lesson, row.integer(2), row.integer(3), row.integer(4)},
                         small_integer_at(row, 5),
                         row.is_null(6) ? 1 : static_cast<int>(row.integer(6)),
                         integer_at(row, 7),
                         string_at(row, 8),
                         string_at(row, 9),
                         date_at(row, 10),
                         row.integer(11) != 0});
      });
  return marks;
}

std::optional<ShownMark> mark_at(Database& database, const MarkKey& key) {
  const auto date = key.lesson.date;
  for (auto& mark : marks_between(database, key.lesson.course, date, date, key.pupil)) {
    if (mark.key == key) return std::move(mark);
  }
  return std::nullopt;
}

std::vector<ShownWork> works_between(Database& database, std::int64_t course, Date from, Date to) {
  std::vector<ShownWork> works;
  each_row(
      database,
      "SELECT date, number, work, work_type, weight, title FROM lesson_work "
      "WHERE course = ? AND date BETWEEN ? AND ? ORDER BY date, number, work",
      {course, date_value(from), date_value(to)}, [&](const Statement& row) {
        const auto lesson = lesson_at(course, row);
        if (!lesson) return;
        works.push_back({*lesson, row.integer(2), integer_at(row, 3),
                         row.is_null(4) ? 1 : static_cast<int>(row.integer(4)), string_at(row, 5)});
      });
  return works;
}

std::vector<ShownAbsence> absences_between(Database& database, std::int64_t course, Date from,
                                           Date to, std::optional<std::int64_t> pupil) {
  std::vector<ShownAbsence> absences;
  each_row(database,
           "SELECT date, number, pupil, code, late_minutes FROM attendance "
           "WHERE course = ? AND date BETWEEN ? AND ? AND ifnull(pupil = ?, 1) AND code IS NOT "
           "NULL",
           {course, date_value(from), date_value(to), optional_value(pupil)},
           [&](const Statement& row) {
             if (const auto lesson = lesson_at(course, row)) {
               absences.push_back(
                   {*lesson, row.integer(2), string_at(row, 3), small_integer_at(row, 4)});
             }
           });
  return absences;
}

std::vector<Excuse> excuses_of(Database& database, std::int64_t pupil) {
  std::vector<Excuse> excuses;
  each_row(database,
           "SELECT since, until, reason, document FROM excuse WHERE pupil = ? ORDER BY since",
           {pupil}, [&](const Statement& row) {
             const auto since = date_at(row, 0), until = date_at(row, 1);
             if (since && until) {
               excuses.push_back({*since, *until, string_at(row, 2), string_at(row, 3)});
             }
           });
  return excuses;
}

std::string_view reason_on(const std::vector<Excuse>& excuses, Date date) {
  for (auto excuse = excuses.rbegin(); excuse != excuses.rend(); ++excuse) {
    if (excuse->since <= date && date <= excuse->until) return excuse->reason;
  }
  return {};
}

Average average_of(const std::vector<ShownMark>& marks) {
  using Work = std::tuple<LessonKey, std::int64_t>;
  std::map<Work, const ShownMark*> last;
  for (const auto& mark : marks) {
    if (!mark.value || mark.is_rejected) continue;
    auto& found = last[{mark.key.lesson, mark.key.work}];
    if (found == nullptr || found->key.attempt < mark.key.attempt) found = &mark;
  }
  std::vector<WeightedMark> counted;
  for (const auto& mark : marks) {
    const auto found = last.find({mark.key.lesson, mark.key.work});
    if (found == last.end() || found->second != &mark) continue;
    counted.push_back({*mark.value, mark.weight});
  }
  return weighted_average(counted);
}

std::vector<WorkType> work_types(Database& database) {
  std::vector<WorkType> types;
  each_row(
      database,
      "SELECT id, name, short_name, weight, deadline_days FROM work_type ORDER BY weight, name", {},
      [&](const Statement& row) {
        types.push_back({row.integer(0), string_at(row, 1), string_at(row, 2),
                         row.is_null(3) ? 1 : static_cast<int>(row.integer(3)),
                         static_cast<int>(row.integer(4))});
      });
  return types;
}

std::vector<FinalMark> finals_of(Database& database, std::int64_t pupil, std::int64_t course) {
  std::vector<FinalMark> finals;
  each_row(database,
           "SELECT period, year, value, basis FROM final_mark WHERE pupil = ? AND course = ?",
           {pupil, course}, [&](const Statement& row) {
             finals.push_back({string_at(row, 0), static_cast<int>(row.integer(1)),
                               string_at(row, 2), string_at(row, 3)});
           });
  return finals;
}

}  // namespace zimnik::journal
