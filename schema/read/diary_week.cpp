#include "schema/read/diary_week.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "schema/query.h"
#include "schema/read/courses.h"
#include "schema/read/frost_days.h"
#include "schema/read/membership.h"
#include "schema/read/planned_lessons.h"
#include "schema/words.h"

namespace zimnik::journal {

using sync::Database;
using sync::Statement;

namespace {

/// Puts a week together. One use.
class WeekReader {
 public:
  WeekReader(Database& database, DiaryWeek& week)
      : database_(database), week_(week), sunday_(week.monday.plus(6)) {}

  void read() {
    read_class();
    excuses_ = excuses_of(database_, week_.pupil);
    days_off_ = days_off(database_);
    for (int i = 0; i < 7; ++i) week_.days.push_back(day(week_.monday.plus(i)));
    for (const auto& taught : courses_of_pupil(database_, week_.pupil, year())) {
      const auto title = course_title(database_, taught.course.id);
      if (title) read_course(taught, *title);
    }
    read_remarks();
    for (auto& [key, lesson] : lessons_) {
      auto& day = week_.days[static_cast<std::size_t>(key.date.days() - week_.monday.days())];
      day.lessons.push_back(std::move(lesson));
    }
    for (auto& day : week_.days) {
      day.is_frost = frost_days_.contains(day.date);
      std::stable_sort(day.lessons.begin(), day.lessons.end(),
                       [](const DiaryLesson& left, const DiaryLesson& right) {
                         return left.key.number < right.key.number;
                       });
    }
    for (auto& [subject, result] : results_) finish(result);
    std::sort(week_.subjects.begin(), week_.subjects.end(),
              [](const SubjectResult& left, const SubjectResult& right) {
                return left.name < right.name;
              });
  }

 private:
  int year() const { return week_.monday.school_year(); }

  void read_class() {
    std::optional<std::int64_t> school_class;
    for (int i = 0; i < 7 && !school_class; ++i) {
      school_class = class_of_pupil(database_, week_.pupil, week_.monday.plus(i));
    }
    const auto title = school_class ? class_title(database_, *school_class) : std::nullopt;
    week_.periods = periods_of_grade(database_, year(), title ? title->grade_level : 1);
    for (const auto& period : week_.periods) {
      if (period.starts <= sunday_) week_.period = period;
    }
    if (!title) return;
    week_.class_name = title->text();
    frost_days_ = frost_days_of_class(database_, title->id, week_.monday, sunday_);
    if (title->class_teacher) week_.class_teacher = name_of(database_, *title->class_teacher);
  }

  DiaryDay day(Date date) const {
    const bool is_school_day =
        std::any_of(week_.periods.begin(), week_.periods.end(),
                    [&](const Period& period) { return period.covers(date); });
    const auto off = days_off_.find(date);
    const bool is_off = off != days_off_.end();
    return {date,
            !is_school_day || is_off || date.weekday() == 7,
            is_off ? off->second : "",
            false,
            {}};
  }

  static bool is_taught(const TaughtCourse& taught, Date date) {
    return std::any_of(taught.stays.begin(), taught.stays.end(),
                       [&](const Stay& stay) { return stay.covers(date); });
  }

  void read_course(const TaughtCourse& taught, const CourseTitle& title) {
    read_planned(taught, title);
    read_held(taught, title);
    const auto course = title.id;
    for (auto& mark : marks_between(database_, course, week_.monday, sunday_, week_.pupil)) {
      if (mark.is_rejected) continue;
      lesson(mark.key.lesson, title).marks.push_back(std::move(mark));
    }
    for (const auto& absence :
         absences_between(database_, course, week_.monday, sunday_, week_.pupil)) {
      auto& found = lesson(absence.lesson, title);
      found.attendance = attendance_code(absence.fact, reason_on(excuses_, absence.lesson.date));
      found.late_minutes = absence.late_minutes;
    }
    read_result(title);
  }

  DiaryLesson& lesson(const LessonKey& key, const CourseTitle& title) {
    const auto [found, is_new] = lessons_.try_emplace(key);
    auto& lesson = found->second;
    if (!is_new) return lesson;
    lesson.key = key;
    lesson.subject = title.subject_name;
    lesson.group = title.group_name;
    lesson.teacher = title.teacher_name;
    auto bell = lesson_time(database_, title, key.number);
    lesson.starts = std::move(bell.starts);
    lesson.ends = std::move(bell.ends);
    return lesson;
  }

  void read_planned(const TaughtCourse& taught, const CourseTitle& title) {
    const auto is_shown = [&](const LessonKey& place) {
      return week_.monday <= place.date && place.date <= sunday_ && is_taught(taught, place.date);
    };
    for (const auto& planned : timetable_lessons(database_, title.id, week_.monday, sunday_)) {
      if (planned.is_moved && is_shown(planned.slot)) {
        auto& left = lesson(planned.slot, title);
        left.moved_to = planned.to;
        left.is_taken_off = !planned.to;
      }
      const auto place = planned.place();
      if (!place || !is_shown(*place)) continue;
      auto& held = lesson(*place, title);
      held.room = planned.room;
      if (planned.is_moved) held.moved_from = planned.slot;
    }
  }

  void read_held(const TaughtCourse& taught, const CourseTitle& title) {
    std::vector<DiaryLesson> held;
    each_row(database_,
             "SELECT l.date, l.number, l.order_number, l.kind, l.topic, l.homework, "
             "l.not_assigned, p.family_name, p.given_name, p.patronymic, q.family_name, "
             "q.given_name, q.patronymic, l.substitutes FROM lesson l "
             "LEFT JOIN person p ON p.id = l.teacher LEFT JOIN person q ON q.id = l.substitutes "
             "WHERE l.course = ? AND l.date BETWEEN ? AND ?",
             {title.id, date_value(week_.monday), date_value(sunday_)}, [&](const Statement& row) {
               const auto date = date_at(row, 0);
               if (!date || !is_taught(taught, *date)) return;
               DiaryLesson lesson;
               lesson.key = {title.id, *date, row.integer(1)};
               lesson.is_substituted = !row.is_null(2) && !row.is_null(13);
               lesson.kind = string_at(row, 3);
               lesson.topic = string_at(row, 4);
               lesson.homework = string_at(row, 5);
               lesson.is_homework_not_assigned = row.integer(6) != 0;
               lesson.teacher = PersonName::at(row, 7);
               lesson.substituted = PersonName::at(row, 10);
               held.push_back(std::move(lesson));
             });
    for (auto& found : held) {
      auto& shown = lesson(found.key, title);
      found.subject = shown.subject;
      found.group = shown.group;
      found.starts = shown.starts;
      found.ends = shown.ends;
      found.room = shown.room;
      found.moved_from = shown.moved_from;
      found.is_held = true;
      shown = std::move(found);
    }
  }

  void read_result(const CourseTitle& title) {
    auto& result = results_[title.subject];
    result.subject = title.subject;
    result.name = title.subject_name;
    if (week_.period) {
      for (auto& mark : marks_between(database_, title.id, week_.period->starts, week_.period->ends,
                                      week_.pupil)) {
        if (!mark.is_rejected) result.marks.push_back(std::move(mark));
      }
    }
    for (auto& final : finals_of(database_, week_.pupil, title.id)) {
      if (final.year == year()) result.finals.push_back(std::move(final));
    }
  }

  void read_remarks() {
    each_row(database_,
             "SELECT course, date, number, text FROM remark "
             "WHERE pupil = ? AND date BETWEEN ? AND ? AND text IS NOT NULL ORDER BY id",
             {week_.pupil, date_value(week_.monday), date_value(sunday_)},
             [&](const Statement& row) {
               const auto date = date_at(row, 1);
               if (!date) return;
               const auto found = lessons_.find({row.integer(0), *date, row.integer(2)});
               if (found != lessons_.end()) found->second.remarks.push_back(string_at(row, 3));
             });
  }

  void finish(SubjectResult& result) {
    std::sort(result.marks.begin(), result.marks.end(),
              [](const ShownMark& left, const ShownMark& right) {
                return std::tie(left.key.lesson.date, left.key) <
                       std::tie(right.key.lesson.date, right.key);
              });
    result.average = average_of(result.marks);
    result.forecast = forecast(result.average);
    week_.subjects.push_back(std::move(result));
  }

  Database& database_;
  DiaryWeek& week_;
  Date sunday_;
  std::set<Date> frost_days_;
  std::map<Date, std::string> days_off_;
  std::vector<Excuse> excuses_;
  std::map<LessonKey, DiaryLesson> lessons_;
  std::map<std::int64_t, SubjectResult> results_;  ///< by subject
};

}  // namespace

std::optional<DiaryWeek> diary_week(Database& database, std::int64_t pupil, Date day) {
  const Snapshot snapshot(database);
  if (one_text(database, "SELECT kind FROM person WHERE id = ?", {pupil}) !=
      word_of(PersonKind::pupil)) {
    return std::nullopt;
  }
  DiaryWeek week;
  week.pupil = pupil;
  week.name = name_of(database, pupil);
  week.monday = day.monday();
  week.work_types = work_types(database);
  WeekReader(database, week).read();
  return week;
}

}  // namespace zimnik::journal
