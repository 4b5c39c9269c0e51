#include "schema/read/extract.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "schema/query.h"
#include "schema/read/finals.h"
#include "schema/read/membership.h"
#include "schema/words.h"

namespace zimnik::journal {

using sync::Database;
using sync::Statement;

namespace {

/// Puts the extract together. One use.
class ExtractReader {
 public:
  ExtractReader(Database& database, Extract& extract, Date today)
      : database_(database), extract_(extract), today_(today), year_(extract.school_class.year) {}

  void read() {
    const auto periods = periods_of_grade(database_, year_, extract_.school_class.grade_level);
    extract_.period = period_at_hand(periods, today_);
    for (const auto& period : periods) extract_.columns.push_back({period.code, period.title()});
    extract_.columns.push_back({"year", final_period_title("year")});
    courses_ = courses_of_pupil(database_, extract_.pupil, year_);
    add_papers();
    for (const auto& taught : courses_) read_course(taught);
    for (auto& [id, subject] : subjects_) finish(subject);
    std::sort(extract_.subjects.begin(), extract_.subjects.end(),
              [](const ExtractSubject& left, const ExtractSubject& right) {
                return std::tie(left.name, left.id) < std::tie(right.name, right.id);
              });
  }

 private:
  /// Columns of exam and total, where the pupil has one.
  void add_papers() {
    for (const auto* code : {"exam", "total"}) {
      if (has_row(database_,
                  "SELECT 1 FROM final_mark WHERE pupil = ? AND year = ? AND period = ? LIMIT 1",
                  {extract_.pupil, std::int64_t{year_}, text_value(code)})) {
        extract_.columns.push_back({code, final_period_title(code)});
      }
    }
  }

  bool is_taught_now(const TaughtCourse& taught) const {
    return std::any_of(taught.stays.begin(), taught.stays.end(),
                       [&](const Stay& stay) { return stay.covers(today_); });
  }

  void read_course(const TaughtCourse& taught) {
    const auto title = course_title(database_, taught.course.id);
    if (!title) return;
    auto& subject = subjects_[title->subject];
    subject.id = title->subject;
    subject.name = title->subject_name;
    subject.results.resize(extract_.columns.size());
    read_results(subject, taught);
    read_absences(subject, taught.course.id);
    if (!extract_.period) return;
    for (auto& mark : marks_between(database_, taught.course.id, extract_.period->starts,
                                    extract_.period->ends, extract_.pupil)) {
      subject.marks.push_back(std::move(mark));
    }
  }

  /// Of several courses in a subject the one that the pupil is in now says the result, else the
  /// last that has one.
  void read_results(ExtractSubject& subject, const TaughtCourse& taught) {
    const bool is_now = is_taught_now(taught);
    for (const auto& final : finals_of(database_, extract_.pupil, taught.course.id)) {
      if (final.year != year_ || !is_final_value(final.value)) continue;
      for (std::size_t i = 0; i < extract_.columns.size(); ++i) {
        auto& result = subject.results[i];
        const bool is_its = extract_.columns[i].code == final.period;
        if (is_its && (is_now || result.empty())) result = final.value;
      }
    }
  }

  void read_absences(ExtractSubject& subject, std::int64_t course) {
    const auto from = Date::from(year_, 8, 1), to = Date::from(year_ + 1, 7, 31);
    if (!from || !to) return;
    const auto excuses = excuses_of(database_, extract_.pupil);
    for (const auto& absence : absences_between(database_, course, *from, *to, extract_.pupil)) {
      if (absence.fact != word_of(Absence::absent)) continue;
      ++subject.missed;
      ++extract_.missed;
      if (!reason_on(excuses, absence.lesson.date).empty()) ++extract_.missed_with_reason;
    }
  }

  void finish(ExtractSubject& subject) {
    std::sort(subject.marks.begin(), subject.marks.end(),
              [](const ShownMark& left, const ShownMark& right) {
                return std::tie(left.key.lesson.date, left.key) <
                       std::tie(right.key.lesson.date, right.key);
              });
    subject.average = average_of(subject.marks);
    extract_.subjects.push_back(std::move(subject));
  }

  Database& database_;
  Extract& extract_;
  const Date today_;
  const int year_;
  std::vector<TaughtCourse> courses_;
  std::map<std::int64_t, ExtractSubject> subjects_;
};

}  // namespace

std::optional<std::int64_t> last_class_of_pupil(Database& database, std::int64_t pupil,
                                                Date today) {
  return one_integer(database,
                     "SELECT school_class FROM enrolment WHERE pupil = ? AND since <= ? "
                     "ORDER BY since DESC, school_class DESC LIMIT 1",
                     {pupil, date_value(today)});
}

std::optional<Extract> extract_of(Database& database, std::int64_t pupil, Date today) {
  const Snapshot snapshot(database);
  const auto school_class = last_class_of_pupil(database, pupil, today);
  auto title = school_class ? class_title(database, *school_class) : std::nullopt;
  if (!title) return std::nullopt;
  Extract extract;
  extract.pupil = pupil;
  extract.name = name_of(database, pupil);
  const auto birth = one_text(database, "SELECT birth_date FROM person WHERE id = ?", {pupil});
  if (birth) extract.birth_date = Date::parse(*birth);
  extract.school = school_title(database);
  if (title->class_teacher) extract.class_teacher = name_of(database, *title->class_teacher);
  extract.school_class = std::move(*title);
  ExtractReader(database, extract, today).read();
  return extract;
}

}  // namespace zimnik::journal
