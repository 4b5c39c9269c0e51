#include "schema/sample/plan.h"

#include <algorithm>

#include "schema/ids.h"
#include "schema/sample/names.h"

namespace zimnik::journal::sample {
namespace {

constexpr int kBranchPupils = 12;
constexpr int kBranchGrades = 4;
constexpr std::size_t kPartedClass = 14;  // pupils from which on a class learns languages in two
constexpr int kFullClass = 25;

struct Post {
  Field field;
  int teachers;
};
constexpr Post kPosts[] = {{Field::russian, 2},        {Field::mathematics, 2}, {Field::history, 1},
                           {Field::geography, 1},      {Field::biology, 1},     {Field::english, 2},
                           {Field::sport, 2},          {Field::arts, 1},        {Field::physics, 1},
                           {Field::native_language, 1}};

std::string number(std::size_t value) { return (value < 10 ? "0" : "") + std::to_string(value); }

}  // namespace

SampleSchool::Plan::Plan(const SampleOptions& given) : options(given) {
  options.pupils = std::max(options.pupils, 60);
  for (std::size_t i = 0; i < 2; ++i) branches[i] = id(Kind::branch, i);
  current_work = id(Kind::work_type, 0);
  test_work = id(Kind::work_type, 1);
  control_work = id(Kind::work_type, 2);
  plan_classes();
  plan_staff();
  plan_pupils();
  plan_families();
  plan_courses();
  plan_timetable();
}

std::int64_t SampleSchool::Plan::id(Kind kind, std::size_t index) const {
  return make_id(options.year, Dice::of(options.seed, static_cast<std::uint64_t>(kind), index));
}

Dice SampleSchool::Plan::dice(Kind kind, std::size_t index) const {
  return Dice(Dice::of(options.seed + 7, static_cast<std::uint64_t>(kind), index));
}

/// In the main building as many classes of a grade as its pupils need, at the branch one of each of
/// the first four grades.
void SampleSchool::Plan::plan_classes() {
  const int per_grade = (options.pupils - kBranchPupils + 10) / 11;
  const int parallel = std::max(1, (per_grade + kFullClass - 1) / kFullClass);
  const char* const kLetters[] = {"А", "Б", "В", "Г", "Д", "Е", "Ж", "З", "И", "К", "Л", "М"};
  for (int grade = 1; grade <= 11; ++grade) {
    for (int i = 0; i < std::min(parallel, 12); ++i) {
      PlannedClass made;
      made.name = {options.year, grade, kLetters[i], branches[0], 1};
      classes.push_back(made);
    }
  }
  for (int grade = 1; grade <= kBranchGrades; ++grade) {
    PlannedClass made;
    made.name = {options.year, grade, "Ф", branches[1], 1};
    classes.push_back(made);
  }
  for (std::size_t i = 0; i < classes.size(); ++i) classes[i].id = id(Kind::school_class, i);
}

void SampleSchool::Plan::plan_staff() {
  const auto hire = [&](std::string login, Role role, Field field, bool is_at_branch) {
    const auto index = staff.size();
    auto chance = dice(Kind::staff, index);
    const bool is_woman = chance.happens(field == Field::sport ? 0.3 : 0.85);
    const auto names = person_names(chance, family_name(chance), is_woman);
    staff.push_back({{id(Kind::staff, index), names}, std::move(login), role, field, is_at_branch});
  };
  hire("principal", Role::principal, Field::history, false);
  hire("deputy", Role::deputy_head, Field::history, false);
  hire("technician", Role::technical_specialist, Field::physics, false);
  hire("secretary", Role::secretary, Field::history, false);
  const auto hire_teacher = [&](Field field, bool is_at_branch) {
    hire("teacher" + number(staff.size() - kSecretary), Role::subject_teacher, field, is_at_branch);
  };
  // A building with more classes needs more teachers.
  const auto main_classes = static_cast<int>(classes.size()) - kBranchGrades;
  const int parallel = main_classes / 11;
  for (int i = 0; i < 4 * parallel; ++i) hire_teacher(Field::primary, false);
  for (const auto& post : kPosts) {
    for (int i = 0; i < post.teachers * parallel; ++i) hire_teacher(post.field, false);
  }
  hire_teacher(Field::primary, true);
  hire_teacher(Field::english, true);
  std::size_t next_primary = kSecretary + 1, next_other = next_primary + 4U * parallel;
  for (auto& school_class : classes) {
    if (school_class.name.branch == branches[1]) {
      school_class.teacher = staff.size() - 2;
    } else {
      auto& next = school_class.name.grade_level <= 4 ? next_primary : next_other;
      school_class.teacher = std::min(next++, staff.size() - 3);
    }
  }
  for (const auto& person : staff) {
    const auto& names = person.person.names;
    public_staff.push_back({person.person.id, person.login, person.role,
                            names.family_name + " " + names.given_name + " " + names.patronymic});
  }
}

void SampleSchool::Plan::plan_pupils() {
  const auto main_classes = classes.size() - kBranchGrades;
  for (std::size_t i = 0; i < static_cast<std::size_t>(options.pupils); ++i) {
    auto chance = dice(Kind::pupil, i);
    PlannedPupil pupil;
    pupil.school_class = i < kBranchPupils ? main_classes + i % kBranchGrades : i % main_classes;
    auto& school_class = classes[pupil.school_class];
    pupil.person.id = id(Kind::pupil, i);
    pupil.family = family_name(chance);
    pupil.is_girl = chance.happens(0.5);
    const int age = 6 + school_class.name.grade_level;
    pupil.birth = Date::from(options.year - age, 1, 1)->plus(chance.between(0, 364));
    pupil.group = static_cast<int>(school_class.pupils.size() % 2);
    pupil.skill = 0.15 + 0.85 * static_cast<double>(chance.below(1000)) / 1000;
    school_class.pupils.push_back(i);
    pupils.push_back(pupil);
  }
  for (std::size_t i = 0; i < classes.size(); ++i) {
    if (classes[i].pupils.size() < kPartedClass || classes[i].name.grade_level < 5) continue;
    for (std::size_t half = 0; half < 2; ++half) {
      classes[i].groups[half] = id(Kind::group, 2 * i + half);
    }
  }
}

/// One or two guardians, half of the families with two. Some have two children here.
void SampleSchool::Plan::plan_families() {
  std::size_t last_family = 0;
  for (std::size_t i = 0; i < pupils.size(); ++i) {
    auto chance = dice(Kind::guardian, i);
    auto& pupil = pupils[i];
    const auto* elder = guardians.empty() ? nullptr : &pupils[guardians.back().pupils.front()];
    const bool is_sibling =
        elder != nullptr && chance.happens(0.12) && elder->school_class != pupil.school_class;
    if (is_sibling) pupil.family = elder->family;
    pupil.person.names = person_names(chance, pupil.family, pupil.is_girl);
    if (is_sibling) {
      for (auto g = last_family; g < guardians.size(); ++g) guardians[g].pupils.push_back(i);
      continue;
    }
    last_family = guardians.size();
    const std::size_t count = chance.happens(0.5) ? 2 : 1;
    for (std::size_t n = 0; n < count; ++n) {
      PlannedGuardian guardian;
      guardian.is_mother = n == 0;
      guardian.person = {id(Kind::guardian, 2 * i + n),
                         person_names(chance, pupil.family, guardian.is_mother)};
      const int said = chance.between(1, 100);
      guardian.said = said <= 88   ? PlannedGuardian::Said::granted
                      : said <= 94 ? PlannedGuardian::Said::refused
                                   : PlannedGuardian::Said::nothing;
      guardian.pupils.push_back(i);
      guardians.push_back(guardian);
    }
  }
  for (const auto& guardian : guardians) {
    SampleGuardian made{guardian.person.id, {}, guardian.said == PlannedGuardian::Said::granted};
    for (const auto pupil : guardian.pupils) made.pupils.push_back(pupils[pupil].person.id);
    public_guardians.push_back(std::move(made));
  }
}

std::vector<std::size_t> SampleSchool::Plan::pupils_of(const PlannedCourse& course) const {
  auto members = classes[course.school_class].pupils;
  if (course.group >= 0) {
    std::erase_if(members, [&](std::size_t pupil) { return pupils[pupil].group != course.group; });
  }
  return members;
}

sync::Time local_time(Date day, int hour, int minute, int second) {
  constexpr std::int64_t kOffsetHours = 5;  // Asia/Yekaterinburg
  const auto seconds =
      std::int64_t{day.days()} * 86'400 + (hour - kOffsetHours) * 3600 + minute * 60 + second;
  return {seconds * 1000};
}

int bell_minute(int number) { return 8 * 60 + 30 + (number - 1) * 50; }

sync::Entry entry_of(const PlannedTeacher& author, sync::Time time) {
  sync::Entry entry;
  entry.origin = {author.login, std::string(word_of(author.role)), rank_of(author.role),
                  author.is_at_branch ? "branch-node" : "main-node"};
  entry.time = time;
  return entry;
}

}  // namespace zimnik::journal::sample
