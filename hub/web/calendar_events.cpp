#include "hub/web/calendar_events.h"

#include <algorithm>
#include <map>

#include "schema/lesson_key.h"
#include "schema/query.h"
#include "schema/read/courses.h"
#include "schema/read/membership.h"
#include "schema/read/periods.h"
#include "schema/read/planned_lessons.h"

namespace zimnik::hub {
namespace {

using journal::CourseTitle;
using journal::Date;
using journal::each_row;
using journal::LessonKey;
using journal::Period;
using journal::Stay;
using sync::Database;
using sync::Statement;

constexpr int kDaysInWeek = 7;
constexpr std::string_view kControlWork = "control_work";

/// A lesson that comes every week.
struct Slot {
  int weekday = 1;
  std::int64_t number = 1;
  Stay days;
  std::string room;
};

struct HeldLesson {
  std::string substitute;  ///< empty: nobody
  bool is_control = false;
};

/// One use.
class PupilCalendar {
 public:
  PupilCalendar(Database& database, std::int64_t pupil, std::string name, std::string domain,
                Date today, const web::Translator& translate)
      : database_(database),
        pupil_(pupil),
        name_(std::move(name)),
        domain_(std::move(domain)),
        year_(today.school_year()),
        translate_(translate),
        days_off_(journal::days_off(database)) {}

  std::vector<CalendarEvent> all() {
    for (const auto& taught : journal::courses_of_pupil(database_, pupil_, year_)) {
      const auto title = journal::course_title(database_, taught.course.id);
      if (title) add_course(*title, taught.stays);
    }
    add_holidays();
    return std::move(events_);
  }

 private:
  std::string uid(const std::string& what) const {
    return what + "-" + std::to_string(pupil_) + "@" + domain_;
  }

  void add_course(const CourseTitle& course, const std::vector<Stay>& stays) {
    const auto periods = journal::periods_of_course(database_, course.id, year_);
    if (periods.empty()) return;
    read_course_lessons(course.id);
    std::vector<Slot> slots;
    each_row(database_,
             "SELECT weekday, number, since, until, room FROM timetable WHERE course = ? "
             "ORDER BY weekday, number, since",
             {course.id}, [&](const Statement& row) {
               const auto since = journal::date_at(row, 2);
               if (!since || row.integer(0) < 1 || row.integer(0) > kDaysInWeek) return;
               slots.push_back({static_cast<int>(row.integer(0)),
                                row.integer(1),
                                {pupil_, *since, journal::date_at(row, 3)},
                                journal::string_at(row, 4)});
             });
    for (const auto& slot : slots) {
      for (const auto& stay : stays) add_slot(course, slot, stay, periods);
    }
  }

  void read_course_lessons(std::int64_t course) {
    moves_ = journal::moves_of_course(database_, course);
    held_.clear();
    each_row(database_,
             "SELECT l.date, l.number, l.kind, l.substitutes IS NOT NULL AND l.order_number IS NOT "
             "NULL, p.family_name, p.given_name, p.patronymic FROM lesson l "
             "LEFT JOIN person p ON p.id = l.teacher WHERE l.course = ?",
             {course}, [&](const Statement& row) {
               const auto date = journal::date_at(row, 0);
               if (!date) return;
               const auto teacher = journal::PersonName::at(row, 4);
               held_[{course, *date, row.integer(1)}] = {
                   row.integer(3) != 0 && teacher.is_readable() ? teacher.brief() : "",
                   row.text(2) == kControlWork};
             });
  }

  bool is_school_day(const std::vector<Period>& periods, Date date) const {
    return !days_off_.contains(date) &&
           std::ranges::any_of(periods, [&](const Period& period) { return period.covers(date); });
  }

  void add_slot(const CourseTitle& course, const Slot& slot, const Stay& stay,
                const std::vector<Period>& periods) {
    const auto first = std::max({slot.days.since, stay.since, periods.front().starts});
    auto last = periods.back().ends;
    if (slot.days.until) last = std::min(last, *slot.days.until);
    if (stay.until) last = std::min(last, *stay.until);
    std::vector<Date> days, pauses;
    for (auto date = first.plus((slot.weekday - first.weekday() + kDaysInWeek) % kDaysInWeek);
         date <= last; date = date.plus(kDaysInWeek)) {
      (is_school_day(periods, date) ? days : pauses).push_back(date);
    }
    if (days.empty()) return;
    auto series = lesson(course, {course.id, days.front(), slot.number}, slot.room);
    series.uid =
        uid(std::to_string(course.id) + "-" + std::to_string(slot.weekday) + "-" +
            std::to_string(slot.number) + "-" + slot.days.since.text() + "-" + stay.since.text());
    series.weekly_until = days.back();
    for (const auto date : pauses) {
      if (days.front() < date && date < days.back()) series.left_out.insert(date);
    }
    events_.push_back(series);
    for (const auto date : days) add_exception(course, slot, date, series);
  }

  /// Of a weekly lesson on one day.
  void add_exception(const CourseTitle& course, const Slot& slot, Date date,
                     const CalendarEvent& series) {
    const LessonKey planned{course.id, date, slot.number};
    const auto move = moves_.find(planned);
    const bool is_moved = move != moves_.end();
    const auto place = is_moved ? move->second.value_or(planned) : planned;
    const auto held = held_.find(place);
    const bool is_special =
        held != held_.end() && (held->second.is_control || !held->second.substitute.empty());
    if (!is_moved && !is_special) return;
    auto event = lesson(course, place, slot.room);
    event.uid = series.uid;
    event.instead_of = CalendarTime{date, series.starts.time};
    event.is_cancelled = is_moved && !move->second;
    if (is_special) describe(held->second, event);
    events_.push_back(std::move(event));
  }

  void describe(const HeldLesson& held, CalendarEvent& event) const {
    if (held.is_control) event.summary += ": " + translate_("контрольная работа");
    if (!held.substitute.empty()) {
      event.description = translate_(sync::Phrase{"Замена: {1}", {held.substitute}});
    }
  }

  CalendarEvent lesson(const CourseTitle& course, const LessonKey& key, const std::string& room) {
    CalendarEvent event;
    const auto subject = course.group_name.empty()
                             ? course.subject_name
                             : course.subject_name + " (" + course.group_name + ")";
    event.summary = name_.empty() ? subject : name_ + ": " + subject;
    if (course.teacher_name.is_readable()) event.description = course.teacher_name.full();
    event.location = room;
    const auto& [starts, ends] = bell(course, key.number);
    if (journal::is_time_of_day(starts) && journal::is_time_of_day(ends)) {
      event.starts = {key.date, starts};
      event.ends = {key.date, ends};
    } else {
      event.starts = {key.date, ""};
      event.ends = {key.date.plus(1), ""};
    }
    return event;
  }

  const journal::LessonTime& bell(const CourseTitle& course, std::int64_t number) {
    const auto [found, is_new] = bells_.try_emplace({course.branch, course.shift, number});
    if (is_new) found->second = journal::lesson_time(database_, course, number);
    return found->second;
  }

  void add_day(const std::string& what, Date from, Date to, const std::string& summary) {
    CalendarEvent event;
    event.uid = uid(what + "-" + from.text());
    event.starts = {from, ""};
    event.ends = {to.plus(1), ""};
    event.summary = summary;
    events_.push_back(std::move(event));
  }

  void add_holidays() {
    const auto first = Date::from(year_, 9, 1).value();
    const auto school_class = journal::class_at_hand(database_, pupil_, first);
    const auto title = school_class ? journal::class_title(database_, *school_class) : std::nullopt;
    const auto periods =
        journal::periods_of_grade(database_, year_, title ? title->grade_level : 1);
    for (const auto& [from, to] : journal::holidays_between(periods)) {
      add_day("holidays", from, to, translate_("Каникулы"));
    }
    for (const auto& [date, name] : days_off_) {
      if (date.school_year() == year_) {
        add_day("day-off", date, date, name.empty() ? translate_("Нет уроков") : name);
      }
    }
  }

  Database& database_;
  const std::int64_t pupil_;
  const std::string name_, domain_;
  const int year_;
  const web::Translator& translate_;
  const std::map<Date, std::string> days_off_;
  journal::Moves moves_;                  ///< of the course that is being added
  std::map<LessonKey, HeldLesson> held_;  ///< likewise
  std::map<std::tuple<std::int64_t, int, std::int64_t>, journal::LessonTime> bells_;
  std::vector<CalendarEvent> events_;
};

}  // namespace

std::vector<CalendarEvent> calendar_events(Database& database, std::int64_t pupil,
                                           const std::string& name, const std::string& domain,
                                           Date today, const web::Translator& translate) {
  const journal::Snapshot snapshot(database);
  return PupilCalendar(database, pupil, name, domain, today, translate).all();
}

}  // namespace zimnik::hub
