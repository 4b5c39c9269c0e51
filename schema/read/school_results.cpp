#include "schema/read/school_results.h"

#include <algorithm>
#include <map>
#include <set>

#include "schema/query.h"
#include "schema/read/courses.h"
#include "schema/read/membership.h"
#include "schema/read/periods.h"
#include "schema/words.h"

namespace zimnik::journal {

using sync::Database;
using sync::Statement;

namespace {

/// Which of two results of a pupil is the worse: «н/а», then 2 to 5, then none that counts.
std::string worse_of(const std::string& left, const std::string& right) {
  const auto rank = [](const std::string& value) {
    if (value == "н/а") return 1;
    return value.size() == 1 && is_final_value(value) ? value[0] - '0' : 9;
  };
  return rank(right) < rank(left) ? right : left;
}

/// Counts them. One use.
class Counter {
 public:
  Counter(Database& database, int year, const std::string& period, Date day)
      : database_(database),
        year_(year),
        period_(period),
        day_(day),
        of_year_(periods_of_year(database, year)) {}

  SchoolResults count() {
    const auto courses = courses_of_year(database_, year_);
    for (const auto& course : courses) {
      if (auto own = own_period(course.id)) periods_.emplace(course.id, std::move(*own));
    }
    read_finals();
    for (const auto& course : courses) {
      if (periods_.contains(course.id)) add_course(course);
    }
    add_classes();
    for (auto& [id, named] : subjects_) result_.subjects.push_back(std::move(named));
    for (auto& [id, named] : teachers_) result_.teachers.push_back(std::move(named));
    for (auto* list : {&result_.subjects, &result_.teachers}) {
      std::sort(list->begin(), list->end(),
                [](const NamedResults& left, const NamedResults& right) {
                  return left.name < right.name;
                });
    }
    return std::move(result_);
  }

 private:
  using OfSubject = std::pair<std::int64_t, std::int64_t>;  // pupil, course or subject

  void read_finals() {
    each_row(
        database_,
        "SELECT f.pupil, f.course, c.subject, f.value, f.period FROM final_mark f JOIN course c "
        "ON c.id = f.course WHERE f.year = ? ORDER BY f.course",
        {std::int64_t{year_}}, [&](const Statement& row) {
          const auto value = string_at(row, 3);
          const auto period = periods_.find(row.integer(1));
          const bool counts = period != periods_.end() && period->second == row.text(4);
          if (!counts || !is_final_value(value)) return;
          by_course_[{row.integer(0), row.integer(1)}] = value;
          by_subject_[{row.integer(0), row.integer(2)}] = value;
        });
  }

  /// The code of the period by which the course's results count; nothing where none are due.
  std::optional<std::string> own_period(std::int64_t course) {
    return code_of(periods_of_course(database_, course, year_));
  }

  std::optional<std::string> code_of(const std::vector<Period>& own) const {
    if (period_ == "year") return period_;
    const auto chosen = std::ranges::find(of_year_, period_, &Period::code);
    if (chosen == of_year_.end()) return std::nullopt;
    const auto period = own_period_ending(own, *chosen, of_year_);
    return period ? std::optional(period->code) : std::nullopt;
  }

  /// Of a pupil who came from another class the result that was given there, where there is no own.
  std::string result_of(std::int64_t pupil, const CourseTitle& course) const {
    if (const auto own = by_course_.find({pupil, course.id}); own != by_course_.end()) {
      return own->second;
    }
    const auto other = by_subject_.find({pupil, course.subject});
    return other == by_subject_.end() ? std::string() : other->second;
  }

  void add_course(const CourseTitle& course) {
    const auto head = course_head(database_, course.id);
    if (!head) return;
    std::set<std::int64_t> pupils;
    for (const auto& stay : stays_in_course(database_, *head)) {
      if (stay.covers(day_)) pupils.insert(stay.pupil);
    }
    auto& subject = subjects_[course.subject];
    subject.name = course.subject_name;
    for (const auto pupil : pupils) {
      const auto value = result_of(pupil, course);
      subject.results.add(value);
      if (course.teacher) {
        auto& teacher = teachers_[*course.teacher];
        teacher.name = course.teacher_name.brief();
        teacher.results.add(value);
      }
      auto [worst, is_new] = worst_.emplace(pupil, value);
      if (!is_new) worst->second = worse_of(worst->second, value);
    }
  }

  void add_classes() {
    std::map<int, Results> grades;
    for (const auto& school_class : classes_of_year(database_, year_)) {
      const auto period = code_of(periods_of_grade(database_, year_, school_class.grade_level));
      NamedResults named{school_class.text(), {}, period.value_or("")};
      bool is_any = false;
      for (const auto& pupil : pupils_of_class(database_, school_class.id, day_)) {
        const auto worst = worst_.find(pupil.id);
        if (worst == worst_.end()) continue;
        is_any = true;
        named.results.add(worst->second);
        grades[school_class.grade_level].add(worst->second);
        result_.school.add(worst->second);
      }
      if (is_any) result_.classes.push_back(std::move(named));
    }
    for (const auto& [grade, results] : grades) {
      const auto period = code_of(periods_of_grade(database_, year_, grade));
      result_.grade_levels.push_back({std::to_string(grade), results, period.value_or("")});
    }
  }

  Database& database_;
  const int year_;
  const std::string& period_;
  const Date day_;
  const std::vector<Period> of_year_;
  std::map<std::int64_t, std::string> periods_;  ///< by course: the code by which it counts
  std::map<OfSubject, std::string> by_course_, by_subject_;
  std::map<std::int64_t, std::string> worst_;
  std::map<std::int64_t, NamedResults> subjects_, teachers_;
  SchoolResults result_;
};

}  // namespace

SchoolResults school_results(Database& database, int year, const std::string& period, Date day) {
  const Snapshot snapshot(database);
  return Counter(database, year, period, day).count();
}

}  // namespace zimnik::journal
