#include "schema/read/after_closing.h"

#include <algorithm>

#include "schema/closed_over.h"
#include "schema/query.h"
#include "schema/read/courses.h"

namespace zimnik::journal {

using sync::Statement;

namespace {

/// What was known to who closed the period.
ClosedOver closed_over(sync::Database& database, const Period& period) {
  const auto text =
      one_text(database, "SELECT closed_over FROM reporting_period WHERE year = ? AND code = ?",
               {std::int64_t{period.year}, text_value(period.code)});
  return ClosedOver::parse(text.value_or(""));
}

class Search {
 public:
  Search(sync::Replica& replica, const sync::EntryTimes& times)
      : replica_(replica), times_(times) {}

  void look_at(std::int64_t course, const Period& period) {
    const auto over = closed_over(replica_.database(), period);
    each_row(replica_.database(),
             "SELECT date, number, pupil, work, attempt, value, mark_version FROM mark "
             "WHERE course = ? AND date BETWEEN ? AND ? AND protocol_number IS NULL",
             {course, date_value(period.starts), date_value(period.ends)},
             [&](const Statement& row) { judge(course, period, over, row); });
  }

  std::vector<LateArrival> found;

 private:
  void judge(std::int64_t course, const Period& period, const ClosedOver& over,
             const Statement& row) {
    const auto arrival = static_cast<std::uint64_t>(row.integer(6));
    const auto time = times_.of(arrival);
    if (!time) return;
    const bool is_before = time->ms <= *period.closed_at;
    const auto [log, seq] = replica_.place(arrival);
    const bool was_known = over.is_empty() ? is_before : over.covers(log.site, seq);
    const auto date = date_at(row, 0);
    if (was_known || !date) return;
    LateArrival late;
    late.mark = {{course, *date, row.integer(1)}, row.integer(2), row.integer(3), row.integer(4)};
    if (!row.is_null(5)) late.value = static_cast<int>(row.integer(5));
    late.period = period.title();
    late.entered = local_time(*time);
    late.is_entered_before = is_before;
    found.push_back(std::move(late));
  }

  sync::Replica& replica_;
  const sync::EntryTimes& times_;
};

void add_decision(sync::Database& database, LateArrival& late) {
  const auto& [lesson, pupil, work, attempt] = late.mark;
  each_row(database,
           "SELECT state, reason FROM entry_review WHERE course = ? AND date = ? AND number = ? "
           "AND pupil = ? AND work = ? AND attempt = ?",
           {lesson.course, date_value(lesson.date), lesson.number, pupil, work, attempt},
           [&](const Statement& row) {
             late.state = string_at(row, 0);
             late.reason = string_at(row, 1);
           });
}

}  // namespace

std::vector<LateArrival> marks_after_closing(sync::Replica& replica, const sync::EntryTimes& times,
                                             int year, std::optional<std::int64_t> teacher) {
  auto& database = replica.database();
  Search search(replica, times);
  for (const auto& course : courses_of_year(database, year)) {
    if (teacher && course.teacher != teacher) continue;
    for (const auto& period : periods_of_course(database, course.id, year)) {
      if (period.closed_at) search.look_at(course.id, period);
    }
  }
  for (auto& late : search.found) add_decision(database, late);
  std::stable_sort(search.found.begin(), search.found.end(),
                   [](const LateArrival& a, const LateArrival& b) {
                     return a.mark.lesson.date < b.mark.lesson.date;
                   });
  return std::move(search.found);
}

}  // namespace zimnik::journal
