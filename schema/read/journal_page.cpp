#include "schema/read/journal_page.h"

#include <algorithm>
#include <map>
#include <set>

#include "schema/query.h"
#include "schema/read/frost_days.h"
#include "schema/read/off_timetable.h"
#include "schema/read/review.h"

namespace zimnik::journal {

using sync::Database;
using sync::Statement;

namespace {

/// Puts a page together. One use.
class PageReader {
 public:
  PageReader(Database& database, const CourseHead& course, JournalPage& page)
      : database_(database), course_(course), page_(page) {}

  void read() {
    read_lessons();
    read_works();
    flag_off_timetable();
    flag_frost();
    const auto marks = marks_between(database_, course_.id, page_.from, page_.to);
    const auto absences = absences_between(database_, course_.id, page_.from, page_.to);
    make_rows(marks, absences);
    place(marks, absences);
    flag_listed();
    for (auto& row : page_.pupils) finish(row);
    std::sort(page_.pupils.begin(), page_.pupils.end(),
              [](const PupilRow& left, const PupilRow& right) {
                if (comes_before(left.name, right.name)) return true;
                return !comes_before(right.name, left.name) && left.pupil < right.pupil;
              });
  }

 private:
  void read_lessons() {
    each_row(database_,
             "SELECT l.date, l.number, l.teacher, l.substitutes, l.order_number, l.kind, l.topic, "
             "l.homework, l.not_assigned, p.family_name, p.given_name, p.patronymic, "
             "q.family_name, q.given_name, q.patronymic, l.plan_position FROM lesson l "
             "LEFT JOIN person p ON p.id = l.teacher LEFT JOIN person q ON q.id = l.substitutes "
             "WHERE l.course = ? AND l.date BETWEEN ? AND ? ORDER BY l.date, l.number",
             {course_.id, date_value(page_.from), date_value(page_.to)},
             [&](const Statement& row) { add_lesson(row); });
  }

  void add_lesson(const Statement& row) {
    const auto date = date_at(row, 0);
    if (!date) return;
    LessonColumn lesson;
    lesson.key = {course_.id, *date, row.integer(1)};
    lesson.teacher = row.integer(2);
    lesson.substitutes = integer_at(row, 3);
    lesson.order_number = string_at(row, 4);
    lesson.kind = string_at(row, 5);
    lesson.topic = string_at(row, 6);
    lesson.homework = string_at(row, 7);
    lesson.is_homework_not_assigned = row.integer(8) != 0;
    lesson.teacher_name = PersonName::at(row, 9);
    lesson.substituted_name = PersonName::at(row, 12);
    lesson.plan_position = integer_at(row, 15);
    places_[lesson.key] = page_.lessons.size();
    page_.lessons.push_back(std::move(lesson));
  }

  void read_works() {
    for (auto& work : works_between(database_, course_.id, page_.from, page_.to)) {
      const auto place = places_.find(work.lesson);
      if (place != places_.end()) page_.lessons[place->second].works.push_back(std::move(work));
    }
  }

  void flag_frost() {
    if (!course_.school_class) return;
    const auto days = frost_days_of_class(database_, *course_.school_class, page_.from, page_.to);
    for (auto& lesson : page_.lessons) lesson.is_frost = days.contains(lesson.key.date);
  }

  void flag_off_timetable() {
    struct Planned {
      std::int64_t weekday, number;
      Stay days;
    };
    std::vector<Planned> slots;
    each_row(database_, "SELECT weekday, number, since, until FROM timetable WHERE course = ?",
             {course_.id}, [&](const Statement& row) {
               const auto since = date_at(row, 2);
               if (since) {
                 slots.push_back({row.integer(0), row.integer(1), {0, *since, date_at(row, 3)}});
               }
             });
    for (auto& lesson : page_.lessons) {
      lesson.is_off_timetable = !slots.empty() && !moved_from(database_, lesson.key) &&
                                std::none_of(slots.begin(), slots.end(), [&](const Planned& slot) {
                                  return slot.weekday == lesson.key.date.weekday() &&
                                         slot.number == lesson.key.number &&
                                         slot.days.covers(lesson.key.date);
                                });
    }
  }

  void make_rows(const std::vector<ShownMark>& marks, const std::vector<ShownAbsence>& absences) {
    std::map<std::int64_t, std::vector<Stay>> stays;
    std::set<std::int64_t> shown;
    for (const auto& stay : stays_in_course(database_, course_)) {
      stays[stay.pupil].push_back(stay);
      if (stay.overlaps(page_.from, page_.to)) shown.insert(stay.pupil);
    }
    for (const auto& mark : marks) shown.insert(mark.key.pupil);
    for (const auto& absence : absences) shown.insert(absence.pupil);
    for (const auto pupil : shown) {
      PupilRow row;
      row.pupil = pupil;
      row.name = name_of(database_, pupil);
      row.stays = std::move(stays[pupil]);
      row.cells.resize(page_.lessons.size());
      for (std::size_t i = 0; i < page_.lessons.size(); ++i) {
        row.cells[i].is_taught = is_in(row.stays, page_.lessons[i].key.date);
      }
      rows_[pupil] = page_.pupils.size();
      page_.pupils.push_back(std::move(row));
    }
  }

  static bool is_in(const std::vector<Stay>& stays, Date date) {
    return std::any_of(stays.begin(), stays.end(),
                       [&](const Stay& stay) { return stay.covers(date); });
  }

  /// Nothing where the lesson's own row isn't there: its creation may have been voided.
  PageCell* cell(const LessonKey& lesson, std::int64_t pupil) {
    const auto column = places_.find(lesson);
    const auto row = rows_.find(pupil);
    if (column == places_.end() || row == rows_.end()) return nullptr;
    return &page_.pupils[row->second].cells[column->second];
  }

  void place(const std::vector<ShownMark>& marks, const std::vector<ShownAbsence>& absences) {
    for (const auto& mark : marks) {
      if (auto* found = cell(mark.key.lesson, mark.key.pupil)) found->marks.push_back(mark);
    }
    for (const auto& absence : absences) {
      auto* found = cell(absence.lesson, absence.pupil);
      if (found == nullptr) continue;
      found->fact = absence.fact;
      found->late_minutes = absence.late_minutes;
    }
  }

  void flag_listed() {
    for (const auto& item : review_items_of(database_, course_.id)) {
      if (item.pupil) {
        if (auto* found = cell(*item.lesson, *item.pupil)) found->is_listed = true;
      } else if (places_.contains(*item.lesson)) {
        page_.lessons[places_[*item.lesson]].is_listed = true;
      }
    }
  }

  void finish(PupilRow& row) {
    const auto excuses = excuses_of(database_, row.pupil);
    std::vector<ShownMark> counted;
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
      auto& cell = row.cells[i];
      cell.attendance = attendance_code(cell.fact, reason_on(excuses, page_.lessons[i].key.date));
      if (cell.fact == "н") ++row.absences;
      counted.insert(counted.end(), cell.marks.begin(), cell.marks.end());
    }
    read_carried(row);
    counted.insert(counted.end(), row.carried.begin(), row.carried.end());
    row.average = average_of(counted);
    row.forecast = forecast(row.average);
    read_finals(row);
  }

  /// Marks follow a pupil who came from another class in these days, or left for one.
  void read_carried(PupilRow& row) {
    const bool was_here_throughout =
        std::any_of(row.stays.begin(), row.stays.end(), [&](const Stay& stay) {
          return stay.since <= page_.from && (!stay.until || page_.to <= *stay.until);
        });
    if (was_here_throughout) return;
    for (const auto& other : courses_of_pupil(database_, row.pupil, page_.from.school_year())) {
      if (other.course.id == course_.id || other.course.subject != course_.subject) continue;
      for (auto& mark :
           marks_between(database_, other.course.id, page_.from, page_.to, row.pupil)) {
        row.carried.push_back(std::move(mark));
      }
    }
  }

  void read_finals(PupilRow& row) {
    const int year = page_.from.school_year();
    for (const auto& period : page_.periods) row.finals.push_back({period.code, year, "", ""});
    for (auto& final : finals_of(database_, row.pupil, course_.id)) {
      if (final.year != year) continue;
      const auto found =
          std::find_if(row.finals.begin(), row.finals.end(),
                       [&](const FinalMark& known) { return known.period == final.period; });
      if (found != row.finals.end()) {
        *found = std::move(final);
      } else {
        row.other_finals.push_back(std::move(final));
      }
    }
  }

  Database& database_;
  const CourseHead& course_;
  JournalPage& page_;
  std::map<LessonKey, std::size_t> places_;
  std::map<std::int64_t, std::size_t> rows_;
};

}  // namespace

std::optional<JournalPage> journal_page(Database& database, std::int64_t course, Date from,
                                        Date to) {
  const Snapshot snapshot(database);
  const auto head = course_head(database, course);
  auto title = course_title(database, course);
  if (!head || !title) return std::nullopt;
  JournalPage page;
  page.course = std::move(*title);
  page.from = from;
  page.to = to;
  page.periods = periods_of_course(database, course, from.school_year());
  page.work_types = work_types(database);
  PageReader(database, *head, page).read();
  return page;
}

}  // namespace zimnik::journal
