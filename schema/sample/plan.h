// The made-up school before it is written: who is there, what is taught, when.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "schema/commands/course.h"
#include "schema/commands/person.h"
#include "schema/commands/school.h"
#include "schema/sample/curriculum.h"
#include "schema/sample/dice.h"
#include "schema/sample/sample_school.h"

namespace zimnik::journal::sample {

/// What an id is of. The order decides the ids: append only.
enum class Kind : std::uint64_t {
  branch,
  staff,
  pupil,
  guardian,
  school_class,
  group,
  subject,
  course,
  work_type,
  day,
  lesson
};

struct PlannedPerson {
  std::int64_t id = 0;
  PersonNames names;
};

struct PlannedTeacher {
  PlannedPerson person;
  std::string login;
  Role role = Role::subject_teacher;
  Field field = Field::primary;
  bool is_at_branch = false;
};

struct PlannedPupil {
  PlannedPerson person;
  std::string family;  ///< its name, as men have it
  bool is_girl = false;
  Date birth;
  std::size_t school_class = 0;
  int group = 0;     ///< 0 or 1, of the class's two
  double skill = 0;  ///< 0 weak … 1 strong
};

struct PlannedGuardian {
  PlannedPerson person;
  std::vector<std::size_t> pupils;
  bool is_mother = true;
  enum class Said { granted, refused, nothing } said = Said::nothing;
};

struct PlannedClass {
  std::int64_t id = 0;
  ClassName name;
  std::size_t teacher = 0;  ///< the class teacher
  std::vector<std::size_t> pupils;
  std::int64_t groups[2] = {0, 0};  ///< for languages; 0: the class isn't parted
};

struct PlannedSlot {
  int weekday, number;
};

struct PlannedCourse {
  std::int64_t id = 0;
  std::size_t subject = 0;
  std::string subject_name;
  std::size_t school_class = 0;
  int group = -1;  ///< 0 or 1; -1: the whole class
  std::size_t teacher = 0;
  bool has_control = false;
  std::vector<PlannedSlot> slots;
};

struct PlannedSubject {
  std::int64_t id = 0;
  std::string name;
};

struct SampleSchool::Plan {
  explicit Plan(const SampleOptions& options);

  std::int64_t id(Kind kind, std::size_t index) const;
  Dice dice(Kind kind, std::size_t index) const;
  std::vector<std::size_t> pupils_of(const PlannedCourse& course) const;
  bool is_at_branch(const PlannedCourse& course) const {
    return classes[course.school_class].name.branch == branches[1];
  }

  SampleOptions options;
  std::int64_t branches[2];
  std::int64_t current_work = 0, test_work = 0, control_work = 0;
  std::vector<PlannedTeacher> staff;  ///< the first four: principal, deputy, technician, secretary
  std::vector<PlannedClass> classes;
  std::vector<PlannedPupil> pupils;
  std::vector<PlannedGuardian> guardians;
  std::vector<PlannedSubject> subjects;
  std::vector<PlannedCourse> courses;
  std::vector<SampleStaff> public_staff;
  std::vector<SampleGuardian> public_guardians;

 private:
  void plan_staff();
  void plan_classes();
  void plan_pupils();
  void plan_families();
  void plan_courses();
  void plan_course(std::size_t school_class, const SubjectPlan& plan);
  void plan_timetable();
  std::size_t subject_named(const std::string& name);
  std::size_t teacher_for(Field field, std::size_t school_class, int group);
};

inline constexpr std::size_t kPrincipal = 0, kDeputy = 1, kTechnician = 2, kSecretary = 3;

/// The time in Yekaterinburg as a moment.
sync::Time local_time(Date day, int hour, int minute, int second = 0);
/// When the lesson of that number begins, in minutes of the day.
int bell_minute(int number);
sync::Entry entry_of(const PlannedTeacher& author, sync::Time time);

}  // namespace zimnik::journal::sample
