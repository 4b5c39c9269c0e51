#include "schema/read/late_entries.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "schema/query.h"

namespace zimnik::journal {

using sync::Statement;

namespace {

constexpr int kControlWorkDays = 3;  // of internal monitoring, where the work has no type

/// The class of a course c, by which its bells are known.
const std::string kClassOfCourse =
    "JOIN course c ON c.id = x.course LEFT JOIN study_group g ON g.id = c.study_group "
    "LEFT JOIN school_class k ON k.id = coalesce(c.school_class, g.school_class) ";
const std::string kBetween = " AND x.date BETWEEN ?1 AND ?2 AND (?3 IS NULL OR x.course = ?3)";

/// A cell whose present version is late.
struct Candidate {
  LessonKey lesson;
  const char* matter;
  const char* table;
  const char* group;
  sync::Key key;
  LocalTime deadline, entered;
};

class Judge {
 public:
  Judge(sync::Replica& replica, const sync::EntryTimes& times, Date from, Date to,
        std::optional<std::int64_t> course)
      : replica_(replica), times_(times), from_(from), to_(to), course_(course) {}

  std::vector<LateEntries> run() {
    look_at_absences();
    look_at_marks();
    look_at_lessons("topic", "lesson");
    look_at_lessons("homework", "homework");
    std::map<std::tuple<LessonKey, std::string>, LateEntries> found;
    for (const auto& candidate : candidates_) {
      if (!was_in_time(candidate)) add(candidate, found[{candidate.lesson, candidate.matter}]);
    }
    return in_order(found);
  }

 private:
  void each(const std::string& sql, const std::function<void(const Statement&, Date)>& use) {
    each_row(replica_.database(), sql,
             {date_value(from_), date_value(to_), optional_value(course_)},
             [&](const Statement& row) {
               if (const auto date = date_at(row, 1)) use(row, *date);
             });
  }

  void judge(Candidate candidate, std::int64_t arrival) {
    const auto time = times_.of(static_cast<std::uint64_t>(arrival));
    if (!time) return;
    candidate.entered = local_time(*time);
    if (candidate.entered > candidate.deadline) candidates_.push_back(std::move(candidate));
  }

  void look_at_absences() {
    each("SELECT x.course, x.date, x.number, x.pupil, x.fact_version, b.starts FROM attendance x " +
             kClassOfCourse +
             "LEFT JOIN bell_schedule b ON b.branch = k.branch AND b.shift = k.shift "
             "AND b.number = x.number WHERE x.code IS NOT NULL" +
             kBetween,
         [&](const Statement& row, Date date) {
           judge({{row.integer(0), date, row.integer(2)},
                  "attendance",
                  "attendance",
                  "fact",
                  sync::make_key(std::vector<sync::Value>{row.integer(0), date_value(date),
                                                          row.integer(2), row.integer(3)}),
                  attendance_deadline(date, row.text(5)),
                  {}},
                 row.integer(4));
         });
  }

  void look_at_marks() {
    each(
        "SELECT x.course, x.date, x.number, x.pupil, x.work, x.attempt, x.mark_version, "
        "t.deadline_days, l.kind FROM mark x "
        "LEFT JOIN lesson_work w USING (course, date, number, work) "
        "LEFT JOIN work_type t ON t.id = coalesce(w.work_type, x.work_type) "
        "LEFT JOIN lesson l USING (course, date, number) WHERE x.protocol_number IS NULL" +
            kBetween,
        [&](const Statement& row, Date date) {
          const int days = !row.is_null(7)                       ? static_cast<int>(row.integer(7))
                           : string_at(row, 8) == "control_work" ? kControlWorkDays
                                                                 : 0;
          judge({{row.integer(0), date, row.integer(2)},
                 "marks",
                 "mark",
                 "mark",
                 sync::make_key(std::vector<sync::Value>{row.integer(0), date_value(date),
                                                         row.integer(2), row.integer(3),
                                                         row.integer(4), row.integer(5)}),
                 marks_deadline(date, days),
                 {}},
                row.integer(6));
        });
  }

  void look_at_lessons(const char* group, const char* matter) {
    each("SELECT x.course, x.date, x.number, x." + std::string(group) +
             "_version FROM lesson x WHERE x." + group + "_version IS NOT NULL" + kBetween,
         [&](const Statement& row, Date date) {
           judge({{row.integer(0), date, row.integer(2)},
                  matter,
                  "lesson",
                  group,
                  sync::make_key(
                      std::vector<sync::Value>{row.integer(0), date_value(date), row.integer(2)}),
                  lesson_deadline(date),
                  {}},
                 row.integer(3));
         });
  }

  bool was_in_time(const Candidate& candidate) {
    const auto versions = replica_.history(candidate.table, candidate.key, candidate.group);
    return std::any_of(versions.begin(), versions.end(), [&](const sync::HistoryItem& version) {
      return version.op != sync::Op::tombstone && version.status != sync::Status::is_void &&
             local_time(version.stamp.time) <= candidate.deadline;
    });
  }

  static void add(const Candidate& candidate, LateEntries& entries) {
    entries.lesson = candidate.lesson;
    entries.matter = candidate.matter;
    entries.deadline = candidate.deadline;
    entries.entered = std::max(entries.entered, candidate.entered);
    ++entries.count;
  }

  std::vector<LateEntries> in_order(
      std::map<std::tuple<LessonKey, std::string>, LateEntries>& found) {
    std::vector<LateEntries> list;
    for (auto& [place, entries] : found) {
      entries.reason = one_text(replica_.database(),
                                "SELECT reason FROM late_entry WHERE course = ? AND date = ? AND "
                                "number = ? AND matter = ?",
                                {entries.lesson.course, date_value(entries.lesson.date),
                                 entries.lesson.number, text_value(entries.matter)})
                           .value_or("");
      list.push_back(std::move(entries));
    }
    std::stable_sort(list.begin(), list.end(), [](const LateEntries& a, const LateEntries& b) {
      return a.lesson.date < b.lesson.date;
    });
    return list;
  }

  sync::Replica& replica_;
  const sync::EntryTimes& times_;
  const Date from_, to_;
  const std::optional<std::int64_t> course_;
  std::vector<Candidate> candidates_;
};

}  // namespace

std::vector<LateEntries> late_entries(sync::Replica& replica, const sync::EntryTimes& times,
                                      Date from, Date to, std::optional<std::int64_t> course) {
  return Judge(replica, times, from, to, course).run();
}

}  // namespace zimnik::journal
