#include "schema/read/unseen_finals.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "schema/query.h"
#include "schema/read/membership.h"
#include "schema/read/slips.h"

namespace zimnik::journal {

using sync::Statement;

namespace {

constexpr int kPaperDays = 14;  ///< as long as two weekly slips take

/// A result as it stands.
struct Standing {
  std::int64_t pupil = 0, course = 0;
  std::string period, value;
  std::uint64_t arrival = 0;
  sync::Time entered;
};

/// What the lists need of a pupil, looked up once.
struct KnownPupil {
  PersonName name;
  std::optional<ClassTitle> school_class;
  bool is_on_paper = false;
};

/// Puts the report together. One use.
class Reporter {
 public:
  Reporter(sync::Replica& replica, const sync::EntryTimes& times, int year, sync::Time now)
      : replica_(replica),
        database_(replica.database()),
        times_(times),
        year_(year),
        now_(now),
        today_(local_time(now).date) {}

  UnseenReport report() {
    auto finals = standing();
    std::vector<std::uint64_t> arrivals;
    for (const auto& final : finals) arrivals.push_back(final.arrival);
    const auto at_region = replica_.at_region(arrivals);
    for (std::size_t i = 0; i < finals.size(); ++i) sort_in(finals[i], at_region[i]);
    return {in_order(waiting_), in_order(late_), in_order(on_paper_)};
  }

 private:
  /// By class, course and period.
  using Lists = std::map<std::tuple<std::int64_t, std::int64_t, std::string>, UnseenFinals>;

  std::vector<Standing> standing() {
    std::vector<Standing> finals;
    each_row(database_,
             "SELECT pupil, course, period, value, final_version FROM final_mark WHERE year = ? "
             "AND value IS NOT NULL AND final_version IS NOT NULL",
             {std::int64_t{year_}}, [&](const Statement& row) {
               const auto arrival = static_cast<std::uint64_t>(row.integer(4));
               const auto time = times_.of(arrival);
               if (!time) return;
               finals.push_back({row.integer(0), row.integer(1), string_at(row, 2),
                                 string_at(row, 3), arrival, *time});
             });
    return finals;
  }

  void sort_in(const Standing& final, const sync::AtRegion& at) {
    const auto& pupil = known(final.pupil);
    if (pupil.is_on_paper) {
      const bool is_recent = today_.plus(-kPaperDays) <= local_time(final.entered).date;
      if (is_recent) add(on_paper_, final, {});
    } else if (!at.is_there) {
      if (is_overdue(final.entered, now_)) add(waiting_, final, {});
    } else if (at.since && is_overdue(final.entered, *at.since)) {
      add(late_, final, at.since);
    }
  }

  static bool is_overdue(sync::Time entered, sync::Time seen) {
    return seen.ms > visibility_deadline(entered).ms;
  }

  const KnownPupil& known(std::int64_t id) {
    const auto [found, is_new] = pupils_.try_emplace(id);
    if (is_new) {
      auto& pupil = found->second;
      pupil.name = name_of(database_, id);
      if (const auto school_class = class_of_pupil(database_, id, today_)) {
        pupil.school_class = class_title(database_, *school_class);
      }
      pupil.is_on_paper = needs_paper(database_, id, today_);
    }
    return found->second;
  }

  void add(Lists& lists, const Standing& final, std::optional<sync::Time> arrived) {
    const auto& pupil = known(final.pupil);
    const auto school_class = pupil.school_class ? pupil.school_class->id : 0;
    auto [found, is_new] = lists.try_emplace({school_class, final.course, final.period});
    auto& list = found->second;
    const auto entered = local_time(final.entered);
    if (is_new) {
      if (pupil.school_class) {
        list.school_class = school_class;
        list.class_name = pupil.school_class->text();
      }
      list.course = course_title(database_, final.course).value_or(CourseTitle{});
      list.period = final.period;
      list.entered = entered;
    }
    list.entered = std::min(list.entered, entered);
    if (arrived) {
      const auto time = local_time(*arrived);
      list.arrived = list.arrived ? std::max(*list.arrived, time) : time;
    }
    list.pupils.push_back({final.pupil, pupil.name, final.value});
  }

  std::vector<UnseenFinals> in_order(Lists& lists) {
    std::vector<UnseenFinals> ordered;
    for (auto& [place, list] : lists) {
      std::sort(list.pupils.begin(), list.pupils.end(),
                [](const UnseenPupil& left, const UnseenPupil& right) {
                  return comes_before(left.name, right.name);
                });
      ordered.push_back(std::move(list));
    }
    std::stable_sort(ordered.begin(), ordered.end(),
                     [&](const UnseenFinals& left, const UnseenFinals& right) {
                       return order_of(left) < order_of(right);
                     });
    return ordered;
  }

  /// «10А» comes after «9А»; who is in no class comes last.
  std::tuple<int, std::string, std::string, std::string> order_of(const UnseenFinals& list) {
    constexpr int kLast = 99;
    const auto& pupil = known(list.pupils.front().id);
    return {pupil.school_class ? pupil.school_class->grade_level : kLast, list.class_name,
            list.course.subject_name, list.period};
  }

  sync::Replica& replica_;
  sync::Database& database_;
  const sync::EntryTimes& times_;
  const int year_;
  const sync::Time now_;
  const Date today_;
  std::map<std::int64_t, KnownPupil> pupils_;
  Lists waiting_, late_, on_paper_;
};

}  // namespace

UnseenReport unseen_finals(sync::Replica& replica, const sync::EntryTimes& times, int year,
                           sync::Time now) {
  return Reporter(replica, times, year, now).report();
}

}  // namespace zimnik::journal
