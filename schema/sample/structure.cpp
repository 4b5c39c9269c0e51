// What is entered before the first lesson.
#include <string>

#include "schema/commands/account.h"
#include "schema/commands/family.h"
#include "schema/sample/plan.h"
#include "schema/words.h"

namespace zimnik::journal::sample {

using sync::Command;

namespace {

using Plan = SampleSchool::Plan;

/// Writes as one of the staff, each entry half a minute after the one before.
class Writer {
 public:
  Writer(const Plan& plan, const SampleWrite& write)
      : plan_(plan), write_(write), now_(local_time(first_day().plus(-12), 9, 0)) {}

  Date first_day() const { return *Date::from(plan_.options.year, 9, 1); }

  template <class Do>
  void as(std::size_t author, Do command) {
    now_.ms += 30'000;
    write_(entry_of(plan_.staff[author], now_), command);
  }

 private:
  const Plan& plan_;
  const SampleWrite& write_;
  sync::Time now_;
};

void write_school(const Plan& plan, Writer& writer) {
  writer.as(kTechnician, [&](Command& run) {
    set_school(run, "Ясунтская средняя школа (вымышленная)", "п. Ясунт", "Asia/Yekaterinburg");
    set_branch(run, plan.branches[0], "Главное здание", "п. Ясунт");
    set_branch(run, plan.branches[1], "Филиал в деревне Хулпайт", "д. Хулпайт");
  });
  const int year = plan.options.year;
  writer.as(kDeputy, [&](Command& run) {
    const auto period = [&](const char* code, int from, int from_day, int to, int to_day) {
      const auto at = [&](int month, int day) {
        return *Date::from(month >= 8 ? year : year + 1, month, day);
      };
      set_period(run, year, code, at(from, from_day), at(to, to_day));
    };
    period("q1", 9, 1, 10, 24);
    period("q2", 11, 5, 12, 30);
    period("q3", 1, 12, 3, 20);
    period("q4", 3, 30, 5, 26);
    period("h1", 9, 1, 12, 30);
    period("h2", 1, 12, 5, 26);
    set_work_type(run, plan.current_work, "Ответ на уроке", "ОТВ", 1, 0);
    set_work_type(run, plan.test_work, "Самостоятельная работа", "СР", 2, 7);
    set_work_type(run, plan.control_work, "Контрольная работа", "КР", 3, 7);
    for (const auto& subject : plan.subjects) set_subject(run, subject.id, subject.name);
  });
  writer.as(kDeputy, [&](Command& run) {
    const auto time = [](int minute) {
      const auto two = [](int n) { return (n < 10 ? "0" : "") + std::to_string(n); };
      return two(minute / 60) + ":" + two(minute % 60);
    };
    for (const auto branch : plan.branches) {
      for (int number = 1; number <= 7; ++number) {
        const int starts = bell_minute(number);
        set_bell(run, branch, 1, number, time(starts), time(starts + 40));
      }
    }
  });
}

void write_staff(const Plan& plan, Writer& writer) {
  for (const auto& person : plan.staff) {
    writer.as(kTechnician, [&](Command& run) {
      add_person(run, person.person.id, PersonKind::staff, person.person.names);
    });
    writer.as(kPrincipal, [&](Command& run) {
      grant_role(run, person.person.id, person.role, {}, "1-к", writer.first_day().plus(-31));
    });
    if (!plan.options.verifier) continue;
    writer.as(kTechnician, [&](Command& run) {
      add_account(run, person.login, person.person.id, plan.options.verifier(person.login));
    });
  }
}

void write_class(const Plan& plan, std::size_t index, Writer& writer) {
  const auto& school_class = plan.classes[index];
  const auto first_day = writer.first_day();
  writer.as(kDeputy, [&](Command& run) {
    set_class(run, school_class.id, school_class.name);
    set_class_teacher(run, school_class.id, plan.staff[school_class.teacher].person.id);
    for (std::size_t half = 0; half < 2; ++half) {
      if (school_class.groups[half] == 0) continue;
      set_group(run, school_class.groups[half], std::to_string(half + 1) + " группа", "subgroup",
                school_class.id);
    }
  });
  for (const auto member : school_class.pupils) {
    const auto& pupil = plan.pupils[member];
    writer.as(kSecretary, [&](Command& run) {
      add_person(run, pupil.person.id, PersonKind::pupil, pupil.person.names, pupil.birth);
      enrol(run, pupil.person.id, school_class.id, first_day, "12-у");
    });
    const auto group = school_class.groups[pupil.group];
    if (group == 0) continue;
    writer.as(kDeputy, [&](Command& run) { join_group(run, group, pupil.person.id, first_day); });
  }
}

void write_course(const Plan& plan, const PlannedCourse& course, Writer& writer) {
  const auto& school_class = plan.classes[course.school_class];
  writer.as(kDeputy, [&](Command& run) {
    std::optional<std::int64_t> group;
    if (course.group >= 0) group = school_class.groups[course.group];
    set_course(run, course.id, plan.subjects[course.subject].id, school_class.id, group);
    set_course_teacher(run, course.id, plan.staff[course.teacher].person.id);
    const auto room = std::to_string(1 + course.teacher);
    for (const auto& slot : course.slots) {
      set_slot(run, {course.id, slot.weekday, slot.number, writer.first_day()}, room);
    }
  });
}

void write_guardian(const Plan& plan, const PlannedGuardian& guardian, std::size_t index,
                    Writer& writer) {
  const auto id = guardian.person.id;
  const auto asked = writer.first_day().plus(-5);
  writer.as(kSecretary, [&](Command& run) {
    add_person(run, id, PersonKind::guardian, guardian.person.names);
    for (const auto pupil : guardian.pupils) {
      add_guardian(run, id, plan.pupils[pupil].person.id, guardian.is_mother ? "мать" : "отец");
    }
    // No operator gives numbers of this range to anybody.
    auto number = std::to_string(10'000 + index);
    set_contact(run, id, "phone", "+7 000 " + number, "анкета", asked);
    if (index % 3 == 0) {
      set_contact(run, id, "email", "guardian" + number + "@example.org", "анкета", asked);
    }
  });
  if (guardian.said == PlannedGuardian::Said::nothing) return;
  const auto head = plan.classes[plan.pupils[guardian.pupils.front()].school_class].teacher;
  writer.as(head, [&](Command& run) {
    record_consent(
        run, id, kElectronicDiary,
        guardian.said == PlannedGuardian::Said::granted ? Agreement::granted : Agreement::refused,
        "заявление", asked);
  });
}

}  // namespace

void SampleSchool::write_structure(const SampleWrite& write) const {
  Writer writer(*plan_, write);
  write_school(*plan_, writer);
  write_staff(*plan_, writer);
  for (std::size_t i = 0; i < plan_->classes.size(); ++i) write_class(*plan_, i, writer);
  for (const auto& course : plan_->courses) write_course(*plan_, course, writer);
  for (std::size_t i = 0; i < plan_->guardians.size(); ++i) {
    write_guardian(*plan_, plan_->guardians[i], i, writer);
  }
}

}  // namespace zimnik::journal::sample
