// Courses and their places in the week.
#include <algorithm>
#include <set>
#include <tuple>

#include "schema/sample/plan.h"

namespace zimnik::journal::sample {
namespace {

/// Who is busy when.
class Week {
 public:
  bool is_free(std::size_t who, PlannedSlot slot) const {
    return !busy_.contains({who, slot.weekday, slot.number});
  }
  void take(std::size_t who, PlannedSlot slot) { busy_.insert({who, slot.weekday, slot.number}); }

 private:
  std::set<std::tuple<std::size_t, int, int>> busy_;
};

int lessons_a_day(int grade_level) { return grade_level <= 4 ? 5 : 7; }

}  // namespace

std::size_t SampleSchool::Plan::subject_named(const std::string& name) {
  const auto found = std::find_if(subjects.begin(), subjects.end(),
                                  [&](const PlannedSubject& known) { return known.name == name; });
  if (found != subjects.end()) return static_cast<std::size_t>(found - subjects.begin());
  subjects.push_back({id(Kind::subject, subjects.size()), name});
  return subjects.size() - 1;
}

/// The class's own in the primary school; else those of the field in turns.
std::size_t SampleSchool::Plan::teacher_for(Field field, std::size_t school_class, int group) {
  const bool is_at_branch = classes[school_class].name.branch == branches[1];
  if (is_at_branch) return staff.size() - (field == Field::english ? 1 : 2);
  if (field == Field::primary) return classes[school_class].teacher;
  std::vector<std::size_t> fitting;
  for (std::size_t i = kSecretary + 1; i < staff.size(); ++i) {
    if (staff[i].field == field && !staff[i].is_at_branch) fitting.push_back(i);
  }
  const auto turn = group >= 0 ? static_cast<std::size_t>(group) : school_class;
  return fitting[turn % fitting.size()];
}

void SampleSchool::Plan::plan_course(std::size_t school_class, const SubjectPlan& plan) {
  const bool is_parted = plan.field == Field::english && classes[school_class].groups[0] != 0;
  for (int group = is_parted ? 0 : -1; group < (is_parted ? 2 : 0); ++group) {
    PlannedCourse course;
    course.id = id(Kind::course, courses.size());
    course.subject = subject_named(plan.name);
    course.subject_name = plan.name;
    course.school_class = school_class;
    course.group = group;
    course.teacher = teacher_for(plan.field, school_class, group);
    course.has_control = plan.has_control;
    courses.push_back(std::move(course));
  }
}

void SampleSchool::Plan::plan_courses() {
  for (std::size_t i = 0; i < classes.size(); ++i) {
    for (const auto& plan : curriculum(classes[i].name.grade_level)) plan_course(i, plan);
  }
}

/// Each hour goes to the first place in which the class and its teachers are free, on a day on
/// which the class doesn't have the subject yet where there is one. At the branch one teacher has
/// all grades at once. An hour for which there is no place is left out.
void SampleSchool::Plan::plan_timetable() {
  Week classes_week, teachers_week;
  for (std::size_t first = 0; first < courses.size(); ++first) {
    auto& course = courses[first];
    if (course.group == 1) continue;  // goes with the other half
    auto* other = course.group == 0 ? &courses[first + 1] : nullptr;
    const auto& school_class = classes[course.school_class];
    const auto plans = curriculum(school_class.name.grade_level);
    const auto plan = std::find_if(plans.begin(), plans.end(), [&](const SubjectPlan& known) {
      return known.name == course.subject_name;
    });
    const bool is_free_for_all = is_at_branch(course);
    const auto fits = [&](PlannedSlot slot) {
      return classes_week.is_free(course.school_class, slot) &&
             (is_free_for_all || teachers_week.is_free(course.teacher, slot)) &&
             (other == nullptr || teachers_week.is_free(other->teacher, slot));
    };
    const auto take = [&](PlannedSlot slot) {
      classes_week.take(course.school_class, slot);
      teachers_week.take(course.teacher, slot);
      course.slots.push_back(slot);
      if (other == nullptr) return;
      teachers_week.take(other->teacher, slot);
      other->slots.push_back(slot);
    };
    const auto place = [&](bool may_repeat) {
      for (int number = 1; number <= lessons_a_day(school_class.name.grade_level); ++number) {
        for (int i = 0; i < 5; ++i) {
          // Classes begin their weeks on different days, so that they don't want the same teacher.
          const int weekday = (i + static_cast<int>(course.school_class + first)) % 5 + 1;
          const bool has_it =
              std::any_of(course.slots.begin(), course.slots.end(),
                          [&](const PlannedSlot& slot) { return slot.weekday == weekday; });
          if ((has_it && !may_repeat) || !fits({weekday, number})) continue;
          take({weekday, number});
          return true;
        }
      }
      return false;
    };
    for (int hour = 0; hour < plan->hours; ++hour) {
      if (!place(false)) place(true);
    }
  }
}

}  // namespace zimnik::journal::sample
