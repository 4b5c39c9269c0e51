#include "schema/read/finals_in_time.h"

#include <algorithm>
#include <map>
#include <set>

#include "schema/query.h"
#include "schema/read/membership.h"

namespace zimnik::journal {

using sync::Statement;

namespace {

/// A result as it stands.
struct Standing {
  std::string value;
  bool is_by_paper = false;
  std::uint64_t arrival = 0;
};

/// Judges one course. One use.
class Judge {
 public:
  Judge(sync::Replica& replica, const sync::EntryTimes& times, CourseFinals& found, Date today)
      : replica_(replica),
        database_(replica.database()),
        times_(times),
        found_(found),
        today_(today),
        opening_(finals_opening(found.period.ends)),
        deadline_(finals_deadline(found.period.ends)) {}

  void run() {
    read_finals();
    read_deferrals();
    for (const auto pupil : pupils()) {
      const auto final = finals_.find(pupil);
      if (final == finals_.end()) {
        if (!is_deferred(pupil)) found_.missing.push_back({pupil, name_of(database_, pupil)});
      } else if (!final->second.is_by_paper && !deferrals_.contains(pupil)) {
        judge(pupil, final->second);
      }
    }
    sort(found_.missing);
    sort(found_.early);
    sort(found_.late);
  }

 private:
  std::set<std::int64_t> pupils() {
    std::set<std::int64_t> pupils;
    const auto head = course_head(database_, found_.course.id);
    if (!head) return pupils;
    for (const auto& stay : stays_in_course(database_, *head)) {
      if (stay.covers(found_.period.ends)) pupils.insert(stay.pupil);
    }
    return pupils;
  }

  void read_finals() {
    each_row(database_,
             "SELECT pupil, value, basis, final_version FROM final_mark WHERE course = ? AND "
             "period = ? AND year = ? AND value IS NOT NULL",
             {found_.course.id, text_value(found_.period.code), std::int64_t{found_.period.year}},
             [&](const Statement& row) {
               const auto basis = string_at(row, 2);
               finals_[row.integer(0)] = {string_at(row, 1),
                                          basis == "protocol" || basis == "order",
                                          static_cast<std::uint64_t>(row.integer(3))};
             });
  }

  void read_deferrals() {
    each_row(database_,
             "SELECT pupil, until FROM final_deferral WHERE course = ? AND period = ? AND year = ?",
             {found_.course.id, text_value(found_.period.code), std::int64_t{found_.period.year}},
             [&](const Statement& row) {
               if (const auto until = date_at(row, 1)) deferrals_.emplace(row.integer(0), *until);
             });
  }

  bool is_deferred(std::int64_t pupil) const {
    const auto deferral = deferrals_.find(pupil);
    return deferral != deferrals_.end() && today_ <= deferral->second;
  }

  bool is_in_time(LocalTime entered) const { return opening_ <= entered && entered <= deadline_; }

  void judge(std::int64_t pupil, const Standing& final) {
    const auto time = times_.of(final.arrival);
    if (!time) return;
    const auto entered = local_time(*time);
    if (is_in_time(entered) || was_in_time(pupil)) return;
    auto& list = entered < opening_ ? found_.early : found_.late;
    list.push_back({pupil, name_of(database_, pupil), final.value, entered});
  }

  bool was_in_time(std::int64_t pupil) {
    const auto key = sync::make_key(std::vector<sync::Value>{
        pupil, found_.course.id, text_value(found_.period.code), std::int64_t{found_.period.year}});
    const auto versions = replica_.history("final_mark", key, "final");
    return std::any_of(versions.begin(), versions.end(), [&](const sync::HistoryItem& version) {
      return version.op != sync::Op::tombstone && version.status != sync::Status::is_void &&
             is_in_time(local_time(version.stamp.time));
    });
  }

  template <class Pupil>
  static void sort(std::vector<Pupil>& list) {
    std::stable_sort(list.begin(), list.end(), [](const Pupil& left, const Pupil& right) {
      return comes_before(left.name, right.name);
    });
  }

  sync::Replica& replica_;
  sync::Database& database_;
  const sync::EntryTimes& times_;
  CourseFinals& found_;
  const Date today_;
  const LocalTime opening_, deadline_;
  std::map<std::int64_t, Standing> finals_;
  std::map<std::int64_t, Date> deferrals_;
};

bool had_lessons(sync::Database& database, std::int64_t course, const Period& period) {
  return has_row(database, "SELECT 1 FROM lesson WHERE course = ? AND date BETWEEN ? AND ? LIMIT 1",
                 {course, date_value(period.starts), date_value(period.ends)});
}

}  // namespace

std::vector<CourseFinals> untimely_finals(sync::Replica& replica, const sync::EntryTimes& times,
                                          const Period& chosen, Date today) {
  auto& database = replica.database();
  const auto of_year = periods_of_year(database, chosen.year);
  std::vector<CourseFinals> all;
  for (auto& course : courses_of_year(database, chosen.year)) {
    const auto own = periods_of_course(database, course.id, chosen.year);
    const auto period = own_period_ending(own, chosen, of_year);
    if (!period || today < finals_opening(period->ends).date) continue;
    if (!had_lessons(database, course.id, *period)) continue;
    CourseFinals found{std::move(course), *period, {}, {}, {}};
    Judge(replica, times, found, today).run();
    if (!found.is_in_order()) all.push_back(std::move(found));
  }
  return all;
}

}  // namespace zimnik::journal
