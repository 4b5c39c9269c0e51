#include "tests/schema/small_school.h"

#include "schema/commands/account.h"
#include "schema/commands/course.h"
#include "schema/commands/family.h"
#include "schema/commands/lesson.h"
#include "schema/commands/person.h"
#include "schema/commands/school.h"
#include "schema/roles.h"
#include "schema/tables.h"

namespace zimnik::journal::test {

using sync::Command;

namespace {

constexpr std::int64_t kLastPerson = 40;

void add_people(Command& run) {
  add_person(run, kTeacher, PersonKind::staff, {"Самбиндалова", "Анна", "Ильинична"});
  add_person(run, kSubstitute, PersonKind::staff, {"Вынгилев", "Олег", "Петрович"});
  add_person(run, kClassTeacher, PersonKind::staff, {"Ёлкина", "Мария", "Львовна"});
  add_person(run, kPrincipal, PersonKind::staff, {"Тарлин", "Иван", "Иванович"});
  add_person(run, kDeputy, PersonKind::staff, {"Сайнахова", "Вера", ""});
  add_person(run, kIvanov, PersonKind::pupil, {"Иванов", "Пётр", "Сергеевич"});
  add_person(run, kPetrova, PersonKind::pupil, {"Петрова", "Дарья", "Олеговна"});
  add_person(run, kMother, PersonKind::guardian, {"Иванова", "Ольга", "Ивановна"});
  add_guardian(run, kMother, kIvanov, "мать");
  const auto grant = [&](std::int64_t person, Role role) {
    grant_role(run, person, role, {}, "1-к", day("2025-09-01"));
  };
  for (const auto person : {kTeacher, kSubstitute, kClassTeacher}) {
    grant(person, Role::subject_teacher);
  }
  grant(kPrincipal, Role::principal);
  grant(kDeputy, Role::deputy_head);
}

void add_classes(Command& run) {
  set_school(run, "Школа деревни Ясунт", "Ясунт", "Asia/Yekaterinburg");
  set_branch(run, kBranch, "Главное здание", "Ясунт");
  set_class(run, kClassA, {kYear, 7, "А", kBranch, 1});
  set_class(run, kClassB, {kYear, 7, "Б", kBranch, 1});
  set_class_teacher(run, kClassA, kClassTeacher);
  enrol(run, kIvanov, kClassA, day("2025-09-01"));
  enrol(run, kPetrova, kClassA, day("2025-09-01"));
}

void add_studies(Command& run) {
  set_subject(run, kAlgebra, "Алгебра");
  set_work_type(run, kControlWork, "Контрольная работа", "КР", 2, 7);
  set_period(run, kYear, "q1", day("2025-09-01"), day("2025-10-24"));
  set_period(run, kYear, "q2", day("2025-11-05"), day("2025-12-30"));
  set_bell(run, kBranch, 1, 2, "09:20", "10:00");
  for (const auto& [course, school_class] :
       {std::pair(kCourseA, kClassA), std::pair(kCourseB, kClassB)}) {
    set_course(run, course, kAlgebra, school_class, {});
    set_course_teacher(run, course, kTeacher);
  }
  set_slot(run, {kCourseA, 1, 2, day("2025-09-01")}, "12");
  set_slot(run, {kCourseA, 3, 2, day("2025-09-01")}, "12");
  set_slot(run, {kCourseB, 2, 2, day("2025-09-01")}, "12");
}

}  // namespace

const LessonKey kMonday{kCourseA, Date::from(2025, 9, 1).value(), 2};
const LessonKey kWednesday{kCourseA, Date::from(2025, 9, 3).value(), 2};

Date day(const std::string& text) { return Date::parse(text).value(); }

sync::test::Setup journal_setup() {
  sync::test::Setup setup;
  setup.schema = journal_schema();
  for (std::int64_t person = 1; person <= kLastPerson; ++person) {
    setup.keys.add_person_key(person, sync::test::some_key("person " + std::to_string(person)));
  }
  return setup;
}

Who teacher(const std::string& login) { return {login, rank_of(Role::subject_teacher)}; }
Who deputy() { return {"deputy", rank_of(Role::deputy_head)}; }

Node school_node(const std::string& name) {
  Node node(name, journal_setup());
  node.save(
      [](Command& run) {
        add_people(run);
        add_classes(run);
        add_studies(run);
      },
      {"technician", rank_of(Role::technical_specialist)});
  return node;
}

Node empty_node(const std::string& name) { return Node(name, journal_setup()); }

void open(Node& node, const LessonKey& lesson) {
  node.save([&](Command& run) { open_lesson(run, lesson, {kTeacher, {}, ""}); }, teacher());
}

std::string refusal(Node& node, const Do& command, const Who& who) {
  try {
    node.save(command, who);
  } catch (const sync::CommandRefused& refused) {
    return refused.what();
  }
  return "";
}

}  // namespace zimnik::journal::test
