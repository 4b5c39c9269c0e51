#include "schema/read/pupil_subject.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "schema/query.h"
#include "schema/read/courses.h"
#include "schema/read/extract.h"
#include "schema/read/membership.h"
#include "schema/words.h"

namespace zimnik::journal {

using sync::Database;
using sync::Statement;

namespace {

/// Puts the subject together. One use.
class SubjectReader {
 public:
  SubjectReader(Database& database, std::int64_t pupil, const ClassTitle& school_class, Date today)
      : database_(database), pupil_(pupil), school_class_(school_class), today_(today) {}

  std::optional<PupilSubject> read(std::int64_t subject) {
    for (auto& taught : courses_of_pupil(database_, pupil_, school_class_.year)) {
      if (taught.course.subject != subject) continue;
      auto title = course_title(database_, taught.course.id);
      if (title) add_course(taught, *title);
    }
    if (courses_.empty()) return std::nullopt;
    subject_.pupil = name_of(database_, pupil_);
    subject_.work_types = work_types(database_);
    const auto periods = periods_of_grade(database_, school_class_.year, school_class_.grade_level);
    for (const auto& period : periods) {
      if (period.starts <= today_) subject_.periods.push_back(period_of_subject(period));
    }
    add_results();
    return std::move(subject_);
  }

 private:
  void add_course(const TaughtCourse& taught, const CourseTitle& title) {
    const bool is_now = std::any_of(taught.stays.begin(), taught.stays.end(),
                                    [&](const Stay& stay) { return stay.covers(today_); });
    // Of several the one that the pupil is in now says the result, else the last.
    courses_.insert(is_now ? courses_.begin() : courses_.end(), title.id);
    subject_.name = title.subject_name;
    if (!is_now || !title.teacher_name.is_readable()) return;
    const auto is_same = [&](const PersonName& name) {
      return name.full() == title.teacher_name.full();
    };
    if (std::none_of(subject_.teachers.begin(), subject_.teachers.end(), is_same)) {
      subject_.teachers.push_back(title.teacher_name);
    }
  }

  SubjectPeriod period_of_subject(const Period& period) {
    SubjectPeriod found;
    found.period = period;
    std::vector<ShownMark> marks;
    for (const auto course : courses_) {
      for (auto& mark : marks_between(database_, course, period.starts, period.ends, pupil_)) {
        marks.push_back(std::move(mark));
      }
    }
    std::sort(marks.begin(), marks.end(), [](const ShownMark& left, const ShownMark& right) {
      return std::tie(left.key.lesson.date, left.key) < std::tie(right.key.lesson.date, right.key);
    });
    found.average = average_of(marks);
    found.forecast = forecast(found.average);
    for (auto& mark : marks) found.marks.push_back(described(std::move(mark)));
    found.absences = absences_in(period);
    return found;
  }

  SubjectMark described(ShownMark mark) {
    SubjectMark described{std::move(mark), "", ""};
    const auto& lesson = described.key.lesson;
    described.topic =
        one_text(database_, "SELECT topic FROM lesson WHERE course = ? AND date = ? AND number = ?",
                 {lesson.course, date_value(lesson.date), lesson.number})
            .value_or("");
    described.title =
        one_text(database_,
                 "SELECT title FROM lesson_work WHERE course = ? AND date = ? AND "
                 "number = ? AND work = ?",
                 {lesson.course, date_value(lesson.date), lesson.number, described.key.work})
            .value_or("");
    return described;
  }

  std::vector<PupilAbsence> absences_in(const Period& period) {
    auto all = absences_of(database_, {pupil_}, school_class_.year, period.starts, period.ends);
    auto absences = std::move(all[pupil_]);
    std::erase_if(absences, [&](const PupilAbsence& absence) {
      return std::find(courses_.begin(), courses_.end(), absence.lesson.course) == courses_.end();
    });
    return absences;
  }

  void add_results() {
    std::map<std::string, FinalMark> results;  // by period
    for (const auto course : courses_) {
      for (auto& final : finals_of(database_, pupil_, course)) {
        if (final.year == school_class_.year && is_final_value(final.value)) {
          results.try_emplace(final.period, std::move(final));
        }
      }
    }
    for (auto& period : subject_.periods) {
      const auto found = results.find(period.period.code);
      if (found == results.end()) continue;
      period.result = found->second.value;
      period.is_by_paper = !found->second.basis.empty();
    }
    for (const auto* code : {"year", "exam", "total"}) {
      const auto found = results.find(code);
      if (found == results.end()) continue;
      subject_.results.push_back({code, found->second.value, !found->second.basis.empty()});
    }
  }

  Database& database_;
  const std::int64_t pupil_;
  const ClassTitle& school_class_;
  const Date today_;
  std::vector<std::int64_t> courses_;
  PupilSubject subject_;
};

}  // namespace

std::optional<PupilSubject> pupil_subject(Database& database, std::int64_t pupil,
                                          std::int64_t subject, Date today) {
  const Snapshot snapshot(database);
  const auto school_class = last_class_of_pupil(database, pupil, today);
  const auto title = school_class ? class_title(database, *school_class) : std::nullopt;
  if (!title) return std::nullopt;
  return SubjectReader(database, pupil, *title, today).read(subject);
}

}  // namespace zimnik::journal
