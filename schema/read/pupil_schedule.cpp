#include "schema/read/pupil_schedule.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "schema/query.h"
#include "schema/read/courses.h"
#include "schema/read/extract.h"
#include "schema/read/finals.h"
#include "schema/read/lesson_plan.h"
#include "schema/read/membership.h"
#include "schema/read/planned_lessons.h"
#include "schema/words.h"

namespace zimnik::journal {

using sync::Database;
using sync::Statement;

namespace {

/// Puts the schedule together. One use.
class ScheduleReader {
 public:
  ScheduleReader(Database& database, PupilSchedule& schedule, const ClassTitle& school_class,
                 Date today)
      : database_(database), schedule_(schedule), school_class_(school_class), today_(today) {
    for (auto& type : work_types(database)) types_[type.id] = std::move(type);
  }

  void read(std::int64_t pupil) {
    const auto periods = periods_of_grade(database_, school_class_.year, school_class_.grade_level);
    schedule_.period = period_at_hand(periods, today_);
    for (const auto& taught : courses_of_pupil(database_, pupil, school_class_.year)) {
      const auto title = course_title(database_, taught.course.id);
      const bool is_now = std::any_of(taught.stays.begin(), taught.stays.end(),
                                      [&](const Stay& stay) { return stay.covers(today_); });
      if (title && is_now) read_course(*title);
    }
    read_free_days(periods);
    sort();
  }

 private:
  void read_course(const CourseTitle& course) {
    schedule_.teachers.push_back({course.subject_name, course.group_name, course.teacher_name});
    read_slots(course);
    read_changes(course);
    if (schedule_.period) read_control_works(course, *schedule_.period);
  }

  void read_slots(const CourseTitle& course) {
    std::vector<WeeklyLesson> lessons;
    each_row(database_,
             "SELECT weekday, number, room FROM timetable WHERE course = ?1 AND since <= ?2 AND "
             "(until IS NULL OR until >= ?2) AND weekday BETWEEN 1 AND 7",
             {course.id, date_value(today_)}, [&](const Statement& row) {
               lessons.push_back({static_cast<int>(row.integer(0)), row.integer(1), "", "",
                                  course.subject_name, course.group_name, string_at(row, 2),
                                  course.teacher_name});
             });
    for (auto& lesson : lessons) {
      auto bell = lesson_time(database_, course, lesson.number);
      lesson.starts = std::move(bell.starts);
      lesson.ends = std::move(bell.ends);
      schedule_.lessons.push_back(std::move(lesson));
    }
  }

  void read_changes(const CourseTitle& course) {
    const auto last = today_.plus(kDaysAhead - 1);
    for (auto& lesson : scheduled_lessons(database_, course, today_, last)) {
      if (lesson.is_changed()) schedule_.changes.push_back(std::move(lesson));
    }
  }

  bool is_checked_later(std::optional<std::int64_t> type) const {
    const auto found = type ? types_.find(*type) : types_.end();
    return found != types_.end() && found->second.deadline_days > 0;
  }

  std::string type_name(std::optional<std::int64_t> type) const {
    const auto found = type ? types_.find(*type) : types_.end();
    return found == types_.end() ? "" : found->second.name;
  }

  void read_control_works(const CourseTitle& course, const Period& period) {
    std::map<LessonKey, ControlWork> works;
    each_row(
        database_,
        "SELECT date, number, topic FROM lesson WHERE course = ? AND kind = 'control_work' AND "
        "date BETWEEN ? AND ?",
        {course.id, date_value(period.starts), date_value(period.ends)}, [&](const Statement& row) {
          const auto date = date_at(row, 0);
          if (!date) return;
          const LessonKey lesson{course.id, *date, row.integer(1)};
          works[lesson] = {course.subject_name, lesson, "", string_at(row, 2), false};
        });
    for (const auto& work : works_between(database_, course.id, period.starts, period.ends)) {
      const auto found = works.find(work.lesson);
      if (found == works.end() && !is_checked_later(work.work_type)) continue;
      auto& control = works[work.lesson];
      control.subject = course.subject_name;
      control.lesson = work.lesson;
      if (control.kind.empty()) control.kind = type_name(work.work_type);
      if (!work.title.empty()) control.topic = work.title;
    }
    forecast_works(course, period, works);
    for (auto& [lesson, work] : works) schedule_.control_works.push_back(std::move(work));
  }

  /// The plan's next lines go to the timetable's next lessons, one after the other.
  void forecast_works(const CourseTitle& course, const Period& period,
                      std::map<LessonKey, ControlWork>& works) {
    const auto plan = plan_of_course(database_, course.id);
    const LessonKey from{course.id, std::max(today_, period.starts), 0};
    const auto first = line_for(database_, plan, from);
    if (!first) return;
    auto line = std::ranges::find(plan, first->position, &PlannedLine::position);
    int hours_left = line->hours - hours_taught(course.id, line->position);
    for (const auto& lesson : planned_lessons(database_, course.id, from.date, period.ends)) {
      if (is_said(lesson)) continue;
      while (hours_left <= 0) {
        if (++line == plan.end()) return;
        hours_left = line->hours;
      }
      --hours_left;
      if (!is_checked_later(line->work_type)) continue;
      works.try_emplace(lesson, ControlWork{course.subject_name, lesson, type_name(line->work_type),
                                            line->topic, true});
    }
  }

  int hours_taught(std::int64_t course, std::int64_t position) {
    return static_cast<int>(
        one_integer(database_, "SELECT count(*) FROM lesson WHERE course = ? AND plan_position = ?",
                    {course, position})
            .value_or(0));
  }

  /// Whether the lesson is in the journal with its line of the plan already.
  bool is_said(const LessonKey& lesson) {
    return has_row(database_,
                   "SELECT 1 FROM lesson WHERE course = ? AND date = ? AND number = ? AND "
                   "plan_position IS NOT NULL",
                   {lesson.course, date_value(lesson.date), lesson.number});
  }

  void read_free_days(const std::vector<Period>& periods) {
    for (const auto& [from, to] : holidays_between(periods)) {
      if (to >= today_) schedule_.free_days.push_back({from, to, ""});
    }
    if (periods.empty()) return;
    for (auto& [date, name] : days_off(database_)) {
      if (date < today_ || date > periods.back().ends) continue;
      schedule_.free_days.push_back({date, date, std::move(name)});
    }
  }

  void sort() {
    std::ranges::stable_sort(schedule_.lessons, {}, [](const WeeklyLesson& lesson) {
      return std::tuple(lesson.weekday, lesson.number);
    });
    std::ranges::stable_sort(schedule_.changes, {}, [](const ScheduledLesson& change) {
      return std::tuple(change.slot.date, change.slot.number);
    });
    std::ranges::stable_sort(schedule_.control_works, {}, [](const ControlWork& work) {
      return std::tuple(work.lesson.date, work.lesson.number);
    });
    std::ranges::stable_sort(schedule_.teachers, {}, &SubjectTeacher::subject);
    std::ranges::stable_sort(schedule_.free_days, {}, &FreeDays::from);
  }

  Database& database_;
  PupilSchedule& schedule_;
  const ClassTitle& school_class_;
  const Date today_;
  std::map<std::int64_t, WorkType> types_;
};

}  // namespace

std::optional<PupilSchedule> pupil_schedule(Database& database, std::int64_t pupil, Date today) {
  const Snapshot snapshot(database);
  const auto school_class = last_class_of_pupil(database, pupil, today);
  const auto title = school_class ? class_title(database, *school_class) : std::nullopt;
  if (!title) return std::nullopt;
  PupilSchedule schedule;
  schedule.today = today;
  schedule.name = name_of(database, pupil);
  schedule.class_name = title->text();
  if (title->class_teacher) schedule.class_teacher = name_of(database, *title->class_teacher);
  ScheduleReader(database, schedule, *title, today).read(pupil);
  return schedule;
}

}  // namespace zimnik::journal
