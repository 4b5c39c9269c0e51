#include "schema/read/membership.h"

#include <algorithm>
#include <map>

#include "schema/query.h"

namespace zimnik::journal {

using sync::Database;
using sync::Statement;

namespace {

CourseHead head_at(const Statement& row) {
  return {row.integer(0), row.integer(1), integer_at(row, 2), integer_at(row, 3),
          integer_at(row, 4)};
}

/// Adds the stay that stands in a row from this column on, where it has a day that can be read.
void add_stay(std::vector<Stay>& stays, std::int64_t pupil, const Statement& row, int column) {
  const auto since = date_at(row, column);
  if (!since) return;
  const auto until = date_at(row, column + 1);
  if (!until && !row.is_null(column + 1)) return;
  stays.push_back({pupil, *since, until});
}

}  // namespace

std::optional<CourseHead> course_head(Database& database, std::int64_t course) {
  std::optional<CourseHead> head;
  each_row(database,
           "SELECT id, subject, school_class, study_group, teacher FROM course WHERE id = ?",
           {course}, [&](const Statement& row) { head = head_at(row); });
  return head;
}

std::vector<Stay> stays_in_course(Database& database, const CourseHead& course) {
  std::vector<Stay> stays;
  const auto add = [&](const Statement& row) { add_stay(stays, row.integer(0), row, 1); };
  if (course.study_group) {
    each_row(database,
             "SELECT pupil, since, until FROM group_member WHERE study_group = ? "
             "ORDER BY pupil, since",
             {*course.study_group}, add);
  } else if (course.school_class) {
    each_row(database,
             "SELECT pupil, since, until FROM enrolment WHERE school_class = ? "
             "ORDER BY pupil, since",
             {*course.school_class}, add);
  }
  return stays;
}

bool is_taught(Database& database, std::int64_t course, std::int64_t pupil, Date date) {
  const auto head = course_head(database, course);
  if (!head) return false;
  std::vector<Stay> stays;
  const auto add = [&](const Statement& row) { add_stay(stays, pupil, row, 0); };
  if (head->study_group) {
    each_row(database, "SELECT since, until FROM group_member WHERE study_group = ? AND pupil = ?",
             {*head->study_group, pupil}, add);
  } else if (head->school_class) {
    each_row(database, "SELECT since, until FROM enrolment WHERE school_class = ? AND pupil = ?",
             {*head->school_class, pupil}, add);
  }
  return std::any_of(stays.begin(), stays.end(),
                     [&](const Stay& stay) { return stay.covers(date); });
}

std::vector<TaughtCourse> courses_of_pupil(Database& database, std::int64_t pupil,
                                           int school_year) {
  std::map<std::int64_t, TaughtCourse> courses;
  const auto add = [&](const Statement& row) {
    auto& taught = courses[row.integer(0)];
    taught.course = head_at(row);
    add_stay(taught.stays, pupil, row, 5);
  };
  each_row(database,
           "SELECT c.id, c.subject, c.school_class, c.study_group, c.teacher, e.since, e.until "
           "FROM enrolment e JOIN school_class k ON k.id = e.school_class "
           "JOIN course c ON c.school_class = k.id AND c.study_group IS NULL "
           "WHERE e.pupil = ? AND k.year = ?",
           {pupil, std::int64_t{school_year}}, add);
  // A group has no year of its own: that of the day on which the pupil came.
  each_row(database,
           "SELECT c.id, c.subject, c.school_class, c.study_group, c.teacher, m.since, m.until "
           "FROM course c JOIN group_member m ON m.study_group = c.study_group AND m.pupil = ? "
           "WHERE c.study_group IS NOT NULL AND m.since BETWEEN ? AND ?",
           {pupil, date_value(*Date::from(school_year, 8, 1)),
            date_value(*Date::from(school_year + 1, 7, 31))},
           add);
  std::vector<TaughtCourse> result;
  for (auto& [id, taught] : courses) result.push_back(std::move(taught));
  return result;
}

std::optional<std::int64_t> class_of_pupil(Database& database, std::int64_t pupil, Date date) {
  return one_integer(database,
                     "SELECT school_class FROM enrolment WHERE pupil = ?1 AND since <= ?2 AND "
                     "(until IS NULL OR until >= ?2) ORDER BY since DESC LIMIT 1",
                     {pupil, date_value(date)});
}

std::optional<std::int64_t> class_at_hand(Database& database, std::int64_t pupil, Date date) {
  if (const auto now = class_of_pupil(database, pupil, date)) return now;
  return one_integer(
      database,
      "SELECT e.school_class FROM enrolment e JOIN school_class k ON k.id = e.school_class "
      "WHERE e.pupil = ? AND e.since > ? AND k.year = ? ORDER BY e.since LIMIT 1",
      {pupil, date_value(date), std::int64_t{date.school_year()}});
}

}  // namespace zimnik::journal
