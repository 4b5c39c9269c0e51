#include "schema/read/summary_register.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "schema/query.h"
#include "schema/read/entries.h"
#include "schema/read/membership.h"
#include "schema/read/periods.h"
#include "schema/read/school_title.h"
#include "schema/words.h"

namespace zimnik::journal {

using sync::Database;

namespace {

bool is_mark(const std::string& value) { return value.size() == 1 && is_final_value(value); }

/// The worst of a pupil's results; empty where there is none.
std::string worst(const RegisterRow& row) {
  std::string worst;
  for (const auto& cell : row.cells) {
    if (cell.value == "н/а") return cell.value;
    if (is_mark(cell.value) && (worst.empty() || cell.value < worst)) worst = cell.value;
  }
  return worst;
}

/// Puts the register together. One use.
class RegisterReader {
 public:
  RegisterReader(Database& database, SummaryRegister& page, Date today)
      : database_(database), page_(page), last_day_(std::clamp(today, page.from, page.to)) {}

  void read() {
    read_heading();
    for (const auto& pupil : pupils_of_class(database_, page_.school_class.id, last_day_)) {
      page_.rows.push_back({pupil.id, pupil.name, {}, {}, 0, 0});
    }
    read_subjects();
    for (auto& row : page_.rows) {
      read_results(row);
      read_absences(row);
    }
  }

 private:
  void read_heading() {
    const auto school = school_title(database_);
    page_.school = school.name;
    page_.settlement = school.settlement;
    if (page_.school_class.class_teacher) {
      page_.class_teacher = name_of(database_, *page_.school_class.class_teacher);
    }
  }

  /// Those of the class's own courses, and those that its pupils are taught in streams.
  void read_subjects() {
    std::map<std::int64_t, std::string> names;
    for (const auto& course : courses_of_class(database_, page_.school_class.id)) {
      names[course.subject] = course.subject_name;
    }
    for (const auto& row : page_.rows) {
      auto& taught = courses_[row.pupil] =
          courses_of_pupil(database_, row.pupil, page_.school_class.year);
      for (const auto& course : taught) {
        if (!is_taught_now(course) || names.contains(course.course.subject)) continue;
        names[course.course.subject] =
            one_text(database_, "SELECT name FROM subject WHERE id = ?", {course.course.subject})
                .value_or("");
      }
    }
    for (const auto& [id, name] : names) page_.subjects.push_back({id, name, {}});
    std::sort(page_.subjects.begin(), page_.subjects.end(),
              [](const RegisterSubject& left, const RegisterSubject& right) {
                return std::tie(left.name, left.id) < std::tie(right.name, right.id);
              });
  }

  bool is_taught_now(const TaughtCourse& taught) const {
    return std::any_of(taught.stays.begin(), taught.stays.end(),
                       [&](const Stay& stay) { return stay.covers(last_day_); });
  }

  /// Of several courses in a subject the one that the pupil is in now says the result, else the
  /// last that has one.
  void read_results(RegisterRow& row) {
    std::vector<WeightedMark> marks;
    for (auto& subject : page_.subjects) {
      RegisterCell cell;
      for (const auto& taught : courses_[row.pupil]) {
        if (taught.course.subject != subject.id) continue;
        const bool is_now = is_taught_now(taught);
        cell.is_taught = cell.is_taught || is_now;
        const auto value = result_in(row.pupil, taught.course.id);
        if (!value.empty() && (is_now || cell.value.empty())) cell.value = value;
      }
      if (cell.is_taught || !cell.value.empty()) subject.results.add(cell.value);
      if (is_mark(cell.value)) marks.push_back({cell.value[0] - '0', 1});
      row.cells.push_back(std::move(cell));
    }
    row.average = weighted_average(marks);
  }

  std::string result_in(std::int64_t pupil, std::int64_t course) {
    for (const auto& final : finals_of(database_, pupil, course)) {
      if (final.period == page_.period && final.year == page_.school_class.year &&
          is_final_value(final.value)) {
        return final.value;
      }
    }
    return "";
  }

  void read_absences(RegisterRow& row) {
    const auto excuses = excuses_of(database_, row.pupil);
    for (const auto& taught : courses_[row.pupil]) {
      for (const auto& absence :
           absences_between(database_, taught.course.id, page_.from, page_.to, row.pupil)) {
        if (absence.fact != word_of(Absence::absent)) continue;
        ++row.lessons_missed;
        if (!reason_on(excuses, absence.lesson.date).empty()) ++row.missed_with_reason;
      }
    }
  }

  Database& database_;
  SummaryRegister& page_;
  const Date last_day_;
  std::map<std::int64_t, std::vector<TaughtCourse>> courses_;
};

/// The days of a period, or of the whole year; says whether there are any.
bool set_days(Database& database, SummaryRegister& page) {
  bool has_days = false;
  for (const auto& period :
       periods_of_grade(database, page.school_class.year, page.school_class.grade_level)) {
    if (page.period != "year" && page.period != period.code) continue;
    page.from = has_days ? std::min(page.from, period.starts) : period.starts;
    page.to = has_days ? std::max(page.to, period.ends) : period.ends;
    has_days = true;
  }
  return has_days && page.from <= page.to;
}

}  // namespace

Results SummaryRegister::pupils() const {
  Results results;
  for (const auto& row : rows) results.add(worst(row));
  return results;
}

int SummaryRegister::lessons_missed() const {
  int sum = 0;
  for (const auto& row : rows) sum += row.lessons_missed;
  return sum;
}

int SummaryRegister::missed_with_reason() const {
  int sum = 0;
  for (const auto& row : rows) sum += row.missed_with_reason;
  return sum;
}

std::optional<SummaryRegister> summary_register(Database& database, std::int64_t school_class,
                                                const std::string& period, Date today) {
  const Snapshot snapshot(database);
  auto title = class_title(database, school_class);
  if (!title) return std::nullopt;
  SummaryRegister page;
  page.school_class = std::move(*title);
  page.period = period;
  if (!set_days(database, page)) return std::nullopt;
  RegisterReader(database, page, today).read();
  return page;
}

}  // namespace zimnik::journal
