#include "schema/read/refiling.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "schema/query.h"
#include "schema/read/membership.h"

namespace zimnik::journal {

using sync::Database;
using sync::Statement;

namespace {

/// Stays in classes and groups that ended, with the courses that go with them: few, so what is
/// entered after them is found without looking through all marks.
std::string entries_after(const char* table, const char* entry, const char* condition) {
  const auto select = [&](const std::string& stay, const std::string& course_is) {
    return "SELECT x.date, x.number, c.id, x.pupil, " + std::string(entry) + " FROM " + stay +
           " s JOIN course c ON " + course_is + " JOIN " + table +
           " x ON x.course = c.id AND x.date > s.until AND x.pupil = s.pupil "
           "WHERE s.until >= ?2 AND x.date BETWEEN ?2 AND ?3 AND " +
           condition;
  };
  return select("enrolment", "c.school_class = s.school_class AND c.study_group IS NULL") +
         " UNION " + select("group_member", "c.study_group = s.study_group");
}

void add_targets(Database& database, WaitingLesson& waiting, int year) {
  constexpr int kDays = 14;
  const auto date = waiting.lesson.date;
  for (const auto& taught : courses_of_pupil(database, waiting.pupil, year)) {
    const bool is_here = std::any_of(taught.stays.begin(), taught.stays.end(),
                                     [&](const Stay& stay) { return stay.covers(date); });
    if (!is_here || taught.course.subject != waiting.course.subject) continue;
    waiting.course_now = course_title(database, taught.course.id);
    each_row(database,
             "SELECT date, number FROM lesson WHERE course = ? AND date BETWEEN ? AND ? "
             "ORDER BY date, number",
             {taught.course.id, date_value(date.plus(-kDays)), date_value(date.plus(kDays))},
             [&](const Statement& row) {
               const auto day = date_at(row, 0);
               if (!day) return;
               for (const auto& stay : taught.stays) {
                 if (!stay.covers(*day)) continue;
                 waiting.targets.push_back({taught.course.id, *day, row.integer(1)});
                 return;
               }
             });
    return;
  }
}

std::vector<WaitingLesson> waiting(Database& database, const char* condition, std::int64_t whose,
                                   int year) {
  const Snapshot snapshot(database);
  using Cell = std::tuple<Date, std::int64_t, std::int64_t, std::int64_t>;
  std::map<Cell, std::string> cells;
  const auto add = [&](const Statement& row) {
    const auto date = date_at(row, 0);
    if (!date) return;
    auto& entries = cells[{*date, row.integer(1), row.integer(2), row.integer(3)}];
    entries += (entries.empty() ? "" : " · ") + string_at(row, 4);
  };
  const auto first = Date::from(year, 8, 1), last = Date::from(year + 1, 7, 31);
  if (!first || !last) return {};
  each_row(
      database,
      entries_after("mark", "coalesce(CAST(x.value AS TEXT), '.'), x.work, x.attempt", condition),
      {whose, date_value(*first), date_value(*last)}, add);
  each_row(database, entries_after("attendance", "x.code", condition),
           {whose, date_value(*first), date_value(*last)}, add);
  std::vector<WaitingLesson> found;
  for (const auto& [cell, entries] : cells) {
    const auto& [date, number, course, pupil] = cell;
    const auto title = course_title(database, course);
    if (!title || is_taught(database, course, pupil, date)) continue;
    found.push_back(
        {*title, {course, date, number}, pupil, name_of(database, pupil), entries, {}, {}});
    add_targets(database, found.back(), year);
  }
  return found;
}

}  // namespace

std::vector<WaitingLesson> waiting_of_pupil(Database& database, std::int64_t pupil, int year) {
  return waiting(database, "s.pupil = ?1", pupil, year);
}

std::vector<WaitingLesson> waiting_of_teacher(Database& database, std::int64_t teacher, int year) {
  auto found = waiting(database, "?1 = ?1", teacher, year);
  std::erase_if(found, [&](const WaitingLesson& it) {
    return it.course.teacher != teacher && !(it.course_now && it.course_now->teacher == teacher);
  });
  return found;
}

}  // namespace zimnik::journal
