#include "tests/hub/small_school.h"

#include "schema/commands/course.h"
#include "schema/commands/family.h"
#include "schema/commands/final_mark.h"
#include "schema/commands/lesson.h"
#include "schema/commands/mark.h"
#include "schema/commands/person.h"
#include "schema/commands/school.h"
#include "schema/words.h"

namespace zimnik::hub::test {
namespace {

using namespace zimnik::journal;
using sync::Command;

constexpr std::int64_t kTeacher = 11, kSubstitute = 12;
constexpr std::int64_t kBranch = 1, kClass = 701, kAlgebra = 801, kHistory = 802, kControl = 1001;
constexpr std::int64_t kAlgebraCourse = 901, kHistoryCourse = 902;

void add_people(Command& run) {
  add_person(run, kTeacher, PersonKind::staff, {"Самбиндалова", "Анна", "Ильинична"});
  add_person(run, kSubstitute, PersonKind::staff, {"Вынгилев", "Олег", "Петрович"});
  add_person(run, kPetya, PersonKind::pupil, {"Иванов", "Пётр", "Сергеевич"});
  add_person(run, kDasha, PersonKind::pupil, {"Иванова", "Дарья", "Сергеевна"});
  add_person(run, kStranger, PersonKind::pupil, {"Тарлина", "Вера", "Олеговна"});
  add_person(run, kMother, PersonKind::guardian, {"Иванова", "Ольга", "Ивановна"});
  add_person(run, kFather, PersonKind::guardian, {"Иванов", "Сергей", "Ильич"});
  add_person(run, kOther, PersonKind::guardian, {"Тарлин", "Олег", "Иванович"});
  for (const auto guardian : {kMother, kFather}) {
    for (const auto child : {kPetya, kDasha}) add_guardian(run, guardian, child, "родитель");
  }
  add_guardian(run, kOther, kStranger, "отец");
}

void add_structure(Command& run, Date first_day) {
  const int year = first_day.year();
  set_school(run, "Школа деревни Ясунт", "Ясунт", "Asia/Yekaterinburg");
  set_branch(run, kBranch, "Главное здание", "Ясунт");
  set_class(run, kClass, {year, 7, "А", kBranch, 1});
  set_class_teacher(run, kClass, kTeacher);
  for (const auto pupil : {kPetya, kDasha, kStranger}) enrol(run, pupil, kClass, first_day);
  set_period(run, year, "q1", first_day, first_day.plus(364));
  set_work_type(run, kControl, "Контрольная работа", "КР", 2, 7);
  set_bell(run, kBranch, 1, 1, "08:30", "09:10");
  for (const auto& [course, subject, name] : {std::tuple(kAlgebraCourse, kAlgebra, "Алгебра"),
                                              std::tuple(kHistoryCourse, kHistory, "История")}) {
    set_subject(run, subject, name);
    set_course(run, course, subject, kClass, {});
    set_course_teacher(run, course, kTeacher);
    set_slot(run, {course, 1, course == kAlgebraCourse ? 1 : 2, first_day}, "12");
  }
}

void add_lessons(Command& run, Date monday) {
  const LessonKey algebra{kAlgebraCourse, monday, 1}, history{kHistoryCourse, monday, 2};
  open_lesson(run, algebra, {kTeacher, {}, ""});
  set_topic(run, algebra, "Линейные уравнения");
  set_homework(run, algebra, "№ 341, <342>");
  enter_mark(run, {algebra, kPetya, 1, 1}, {5, {}, kControl, "Молодец", {}});
  enter_mark(run, {algebra, kStranger, 1, 1}, {2, {}, {}, "чужая отметка", {}});
  set_absence(run, algebra, kDasha, Absence::absent);
  open_lesson(run, history, {kSubstitute, kTeacher, "15-у"});
  set_no_homework(run, history);
  enter_mark(run, {history, kPetya, 1, 1}, {4, {}, {}, "", {}});
  set_final(run, {kPetya, kHistoryCourse, "q1", monday.school_year()}, "5");
}

}  // namespace

Date this_monday() { return wall_time(system_time(), "Asia/Yekaterinburg").date.monday(); }

void give_consent(SchoolSite& site, std::int64_t guardian, bool is_granted) {
  site.write([&](Command& run) {
    record_consent(run, guardian, kElectronicDiary,
                   is_granted ? Agreement::granted : Agreement::refused, "заявление",
                   this_monday());
  });
}

void give_code(SchoolSite& site, std::int64_t guardian, const std::string& code) {
  site.write([&](Command& run) {
    issue_diary_access(run, guardian, sync::sha256({code}), system_time());
  });
}

void write_small_school(SchoolSite& site) {
  const auto monday = this_monday();
  const auto first_day = Date::from(monday.school_year(), 8, 1).value();
  for (const auto person :
       {kTeacher, kSubstitute, kPetya, kDasha, kStranger, kMother, kFather, kOther}) {
    site.add_person_key(person);
  }
  site.write([&](Command& run) {
    add_people(run);
    add_structure(run, first_day);
    add_lessons(run, monday);
  });
  give_consent(site, kMother, true);
  give_consent(site, kOther, true);
  give_code(site, kMother, kMotherCode);
  give_code(site, kFather, kFatherCode);
  give_code(site, kOther, kOtherCode);
}

SmallRegion::SmallRegion(Clock clock)
    : hub(std::move(clock)),
      school(hub.run({"school", "add", "Школа деревни Ясунт"})),
      site(hub.sync_url(), hub.run({"token", school, "--name", "Ясунт"}), "node") {
  write_small_school(site);
  const auto report = site.exchange();
  if (report.end != net::ExchangeReport::End::in_step) throw std::runtime_error(report.error);
}

}  // namespace zimnik::hub::test
