#include "schema/read/control.h"

#include <algorithm>
#include <map>

#include "schema/query.h"
#include "schema/read/finals.h"
#include "schema/read/membership.h"
#include "schema/read/planned_lessons.h"

namespace zimnik::journal {

using sync::Database;
using sync::Statement;

namespace {

/// The school year's first day: where plans begin.
Date first_day(int year) { return *Date::from(year, 8, 1); }

/// The chosen period where the course is assessed by it, else its own at the chosen one's end.
std::optional<Period> period_running(Database& database, std::int64_t course,
                                     const Period& chosen) {
  const auto own = periods_of_course(database, course, chosen.year);
  const bool is_own =
      std::ranges::any_of(own, [&](const Period& period) { return period.code == chosen.code; });
  return is_own ? std::optional(chosen) : period_at_hand(own, chosen.ends);
}

/// Puts the figures of one course together.
class CourseReader {
 public:
  CourseReader(Database& database, CourseControl& figures)
      : database_(database),
        figures_(figures),
        id_(figures.course.id),
        from_(figures.from),
        to_(figures.to) {}

  void read() {
    count_pupils();
    count_lessons();
    count_marks();
    read_plan();
  }

 private:
  void count_pupils() {
    const auto head = course_head(database_, id_);
    if (!head) return;
    std::set<std::int64_t> pupils;
    for (const auto& stay : stays_in_course(database_, *head)) {
      if (stay.covers(to_)) pupils.insert(stay.pupil);
    }
    figures_.pupils = static_cast<int>(pupils.size());
  }

  void count_lessons() {
    auto missing = planned_lessons(database_, id_, from_, to_);
    figures_.planned = static_cast<int>(missing.size());
    each_row(database_,
             "SELECT date, number, coalesce(topic, '') = '', coalesce(homework, '') = '' AND "
             "coalesce(not_assigned, 0) = 0, "
             "NOT EXISTS (SELECT 1 FROM mark m WHERE (m.course, m.date, m.number) = "
             "(l.course, l.date, l.number)) AND NOT EXISTS (SELECT 1 FROM attendance a WHERE "
             "(a.course, a.date, a.number) = (l.course, l.date, l.number)) "
             "FROM lesson l WHERE course = ? AND date BETWEEN ? AND ?",
             {id_, date_value(from_), date_value(to_)}, [&](const Statement& row) {
               const auto date = date_at(row, 0);
               if (!date) return;
               missing.erase({id_, *date, row.integer(1)});
               ++figures_.held;
               figures_.without_topic += static_cast<int>(row.integer(2));
               figures_.without_homework += static_cast<int>(row.integer(3));
               figures_.without_entries += static_cast<int>(row.integer(4));
             });
    figures_.missing = static_cast<int>(missing.size());
  }

  void count_marks() {
    figures_.marks = count(
        "SELECT count(*) FROM mark WHERE course = ? AND date BETWEEN ? AND ? AND value IS NOT NULL",
        from_);
  }

  int count(const std::string& sql, Date from) {
    return static_cast<int>(
        one_integer(database_, sql, {id_, date_value(from), date_value(to_)}).value_or(0));
  }

  void read_plan() {
    figures_.plan_hours = static_cast<int>(
        one_integer(database_, "SELECT sum(max(hours, 0)) FROM lesson_plan WHERE course = ?", {id_})
            .value_or(0));
    if (figures_.plan_hours == 0) return;
    const auto begin = first_day(to_.school_year());
    const auto due = planned_lessons(database_, id_, begin, to_).size();
    figures_.plan_due = std::min(static_cast<int>(due), figures_.plan_hours);
    const auto position = one_integer(database_,
                                      "SELECT max(plan_position) FROM lesson WHERE course = ? AND "
                                      "date BETWEEN ? AND ?",
                                      {id_, date_value(begin), date_value(to_)});
    figures_.plan_taught =
        position
            ? hours_through(*position)
            : count("SELECT count(*) FROM lesson WHERE course = ? AND date BETWEEN ? AND ?", begin);
  }

  int hours_through(std::int64_t position) {
    return static_cast<int>(
        one_integer(database_,
                    "SELECT sum(max(hours, 0)) FROM lesson_plan WHERE course = ? AND position <= ?",
                    {id_, position})
            .value_or(0));
  }

  Database& database_;
  CourseControl& figures_;
  const std::int64_t id_;
  const Date from_, to_;
};

}  // namespace

std::optional<int> CourseControl::density() const {
  const std::int64_t places = std::int64_t{pupils} * held;
  if (places == 0) return std::nullopt;
  return static_cast<int>((std::int64_t{marks} * 200 + places) / (2 * places));
}

std::optional<int> CourseControl::plan_lag() const {
  if (plan_hours == 0) return std::nullopt;
  return plan_due - plan_taught;
}

std::vector<CourseControl> control_of_courses(Database& database, const Period& chosen, Date last) {
  const Snapshot snapshot(database);
  std::vector<CourseControl> all;
  for (auto& course : courses_of_year(database, chosen.year)) {
    const auto period = period_running(database, course.id, chosen);
    if (!period) continue;
    CourseControl figures;
    figures.course = std::move(course);
    figures.period = *period;
    figures.from = period->starts;
    figures.to = std::min({period->ends, chosen.ends, last});
    CourseReader(database, figures).read();
    all.push_back(std::move(figures));
  }
  return all;
}

}  // namespace zimnik::journal
