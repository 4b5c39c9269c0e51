#include "schema/read/after_closing.h"

#include <algorithm>

#include "schema/closed_over.h"
#include "schema/query.h"

namespace zimnik::journal {

using sync::Statement;

namespace {

/// A closed period, with what the closing knew.
struct Closing {
  Period period;
  ClosedOver over;
};

std::vector<Closing> closings_of(sync::Database& database, int year) {
  std::vector<Closing> closings;
  for (auto& period : periods_of_year(database, year)) {
    if (!period.closed_at) continue;
    const auto over =
        one_text(database, "SELECT closed_over FROM reporting_period WHERE year = ? AND code = ?",
                 {std::int64_t{year}, text_value(period.code)});
    closings.push_back({std::move(period), ClosedOver::parse(over.value_or(""))});
  }
  return closings;
}

class Search {
 public:
  Search(sync::Replica& replica, const sync::EntryTimes& times, std::optional<std::int64_t> teacher)
      : replica_(replica), times_(times), teacher_(teacher) {}

  void look_at(const Closing& closing) {
    each_row(replica_.database(),
             "SELECT m.course, m.date, m.number, m.pupil, m.work, m.attempt, m.value, "
             "m.mark_version, r.state, r.reason FROM mark m "
             "LEFT JOIN entry_review r USING (course, date, number, pupil, work, attempt) "
             "WHERE m.date BETWEEN ?1 AND ?2 AND m.protocol_number IS NULL AND "
             "(?3 IS NULL OR m.course IN (SELECT id FROM course WHERE teacher = ?3))",
             {date_value(closing.period.starts), date_value(closing.period.ends),
              optional_value(teacher_)},
             [&](const Statement& row) { judge(closing, row); });
  }

  std::vector<LateArrival> found;

 private:
  void judge(const Closing& closing, const Statement& row) {
    const auto arrival = static_cast<std::uint64_t>(row.integer(7));
    const auto time = times_.of(arrival);
    const auto date = date_at(row, 1);
    if (!time || !date) return;
    const bool is_before = time->ms <= *closing.period.closed_at;
    const auto [log, seq] = replica_.place(arrival);
    const bool was_known = closing.over.is_empty() ? is_before : closing.over.covers(log.site, seq);
    if (was_known || !is_period_of(row.integer(0), closing.period)) return;
    LateArrival late;
    late.mark = {
        {row.integer(0), *date, row.integer(2)}, row.integer(3), row.integer(4), row.integer(5)};
    if (!row.is_null(6)) late.value = static_cast<int>(row.integer(6));
    late.period = closing.period.title();
    late.entered = local_time(*time);
    late.is_entered_before = is_before;
    late.state = string_at(row, 8);
    late.reason = string_at(row, 9);
    found.push_back(std::move(late));
  }

  /// Quarters close for some courses, half-years for others.
  bool is_period_of(std::int64_t course, const Period& period) {
    const auto own = period_of(replica_.database(), course, period.ends);
    return own && own->code == period.code;
  }

  sync::Replica& replica_;
  const sync::EntryTimes& times_;
  const std::optional<std::int64_t> teacher_;
};

}  // namespace

std::vector<LateArrival> marks_after_closing(sync::Replica& replica, const sync::EntryTimes& times,
                                             int year, std::optional<std::int64_t> teacher) {
  Search search(replica, times, teacher);
  for (const auto& closing : closings_of(replica.database(), year)) search.look_at(closing);
  std::stable_sort(search.found.begin(), search.found.end(),
                   [](const LateArrival& a, const LateArrival& b) {
                     return a.mark.lesson.date < b.mark.lesson.date;
                   });
  return std::move(search.found);
}

}  // namespace zimnik::journal
