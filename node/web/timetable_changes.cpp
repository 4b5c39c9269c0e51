#include "node/web/timetable_changes.h"

#include <algorithm>

#include "node/web/care.h"
#include "node/web/lesson_value.h"
#include "schema/access.h"
#include "schema/commands/lesson.h"
#include "schema/commands/put.h"
#include "schema/commands/reschedule.h"
#include "schema/read/people.h"
#include "schema/read/pupil_schedule.h"
#include "schema/read/scheduled_lessons.h"
#include "schema/words.h"

namespace zimnik::node {

namespace {

using journal::ScheduledLesson;

/// Whose lessons are shown: a class's or a teacher's; nobody's where both are 0.
struct Whose {
  std::int64_t school_class = 0, teacher = 0;

  bool is_anybody() const { return school_class != 0 || teacher != 0; }
  bool has(const journal::CourseTitle& course) const {
    return school_class != 0 ? course.school_class == school_class : course.teacher == teacher;
  }
};

Whose whose_from(std::string_view text) {
  const auto colon = text.find(':');
  if (colon == std::string_view::npos) return {};
  const auto id = number_from(std::string(text.substr(colon + 1)));
  return text.starts_with("class:") ? Whose{id, 0} : Whose{0, id};
}

std::string hour_text(const journal::LessonKey& lesson) {
  return lesson.date.russian() + " №" + std::to_string(lesson.number);
}

web::Values change_values(const ScheduledLesson& lesson) {
  return {{"lesson", text_of(lesson.slot)},
          {"course", std::to_string(lesson.course.id)},
          {"title", lesson.course.text()},
          {"teacher", lesson.course.teacher_name.brief()},
          {"when", hour_text(lesson.slot)},
          {"is_begun", lesson.is_begun},
          {"is_changed", lesson.is_changed()},
          {"may_assign", !lesson.is_changed() && !lesson.is_begun},
          {"may_move", !lesson.is_changed() && !lesson.is_opened},
          {"may_undo", lesson.is_changed() && !lesson.is_begun},
          {"moved_to", lesson.to ? hour_text(*lesson.to) : std::string()},
          {"is_taken_off", lesson.is_moved && !lesson.to},
          {"substitute", lesson.substitute ? lesson.substitute_name.brief() : std::string()},
          {"order", lesson.order_number}};
}

/// One after the other in time; their forms are counted from after `counter`.
web::List values_of(std::vector<ScheduledLesson> lessons, std::size_t counter = 0) {
  std::ranges::stable_sort(lessons, {}, [](const ScheduledLesson& lesson) {
    return std::pair(lesson.slot.date, lesson.slot.number);
  });
  web::List values;
  for (const auto& lesson : lessons) {
    auto line = change_values(lesson);
    line["counter"] = std::to_string(++counter);
    values.push_back(std::move(line));
  }
  return values;
}

void append_changed(std::vector<ScheduledLesson>& changed, std::vector<ScheduledLesson> lessons) {
  for (auto& lesson : lessons) {
    if (lesson.is_changed()) changed.push_back(std::move(lesson));
  }
}

web::List options(const std::string& kind, const auto& things, std::int64_t chosen,
                  const auto& text) {
  web::List values;
  for (const auto& it : things) {
    values.push_back(web::Values{{"value", kind + std::to_string(it.id)},
                                 {"text", text(it)},
                                 {"is_chosen", it.id == chosen}});
  }
  return values;
}

std::vector<journal::NamedPerson> subject_teachers(sync::Database& database,
                                                   std::vector<journal::NamedPerson> staff,
                                                   journal::Date today) {
  std::erase_if(staff, [&](const journal::NamedPerson& person) {
    return std::ranges::none_of(journal::grants_of(database, person.id, today), [](const auto& it) {
      return it.role == journal::Role::subject_teacher;
    });
  });
  return staff;
}

std::string back_to(const net::Request& request) {
  const auto form = request.form().value_or(net::Fields());
  const auto day = journal::Date::parse(form.get("day"));
  const auto whose = whose_from(form.get("whose"));
  if (!day || !whose.is_anybody()) return "/timetable/changes";
  return "/timetable/changes?day=" + day->text() + "&whose=" +
         (whose.school_class != 0 ? "class:" + std::to_string(whose.school_class)
                                  : "teacher:" + std::to_string(whose.teacher));
}

}  // namespace

net::Response timetable_changes_page(Site& site, const net::Request& request,
                                     const Visitor& visitor) {
  auto values = site.frame(request, visitor);
  const auto today = site.today();
  const auto day = journal::Date::parse(request.query.get("day")).value_or(today);
  const auto whose = whose_from(request.query.get("whose"));
  site.journal().read([&](sync::Database& database) {
    const int year = journal::year_at_work(database, day);
    const auto staff =
        journal::people_of_kind(database, journal::word_of(journal::PersonKind::staff));
    const auto name = [](const journal::NamedPerson& it) { return it.name.brief(); };
    values["classes"] = options("class:", journal::classes_of_year(database, year),
                                whose.school_class, [](const auto& it) { return it.text(); });
    values["teachers"] = options("teacher:", staff, whose.teacher, name);
    values["staff"] = options("", subject_teachers(database, staff, today), 0, name);
    std::vector<ScheduledLesson> of_day, changed;
    for (const auto& course : journal::courses_of_year(database, year)) {
      if (whose.is_anybody() && whose.has(course)) {
        std::ranges::move(journal::scheduled_lessons(database, course, day, day),
                          std::back_inserter(of_day));
      }
    }
    for (const auto& course :
         journal::courses_of_year(database, journal::year_at_work(database, today))) {
      append_changed(changed, journal::scheduled_lessons(database, course, today,
                                                         today.plus(journal::kDaysAhead - 1)));
    }
    const auto shown = of_day.size();
    values["lessons"] = values_of(std::move(of_day));
    values["has_changes"] = !changed.empty();
    values["changes"] = values_of(std::move(changed), shown);
  });
  values["is_chosen"] = whose.is_anybody();
  values["whose"] = request.query.get("whose");
  values["day"] = day.text();
  values["day_text"] = day.russian();
  return site.page(request, "timetable_changes", "Замены и переносы", std::move(values));
}

net::Response assign_substitute(Site& site, const net::Request& request, const Visitor& visitor) {
  return site.submit(request, visitor, visitor.role(), back_to(request),
                     [&](sync::Command& command, const net::Fields& form) {
                       const auto teacher = number_from(form.get("teacher"));
                       const auto lesson = lesson_in(form, "lesson");
                       journal::require(journal::may_substitute(command.database(), teacher,
                                                                lesson.course, site.today()),
                                        "Заменять может учитель-предметник");
                       journal::assign_substitute(command, lesson, teacher, form.get("order"));
                     });
}

net::Response move_planned_lesson(Site& site, const net::Request& request, const Visitor& visitor) {
  return site.submit(request, visitor, visitor.role(), back_to(request),
                     [&](sync::Command& command, const net::Fields& form) {
                       const auto lesson = lesson_in(form, "lesson");
                       if (form.find("off"))
                         return journal::take_off_lesson(command, lesson, form.get("order"));
                       journal::move_lesson(
                           command, lesson,
                           {lesson.course, journal::checked_date(form.get("date"), "Новый день"),
                            number_from(form.get("number"))},
                           form.get("order"));
                     });
}

net::Response undo_timetable_change(Site& site, const net::Request& request,
                                    const Visitor& visitor) {
  return site.submit(request, visitor, visitor.role(), back_to(request),
                     [&](sync::Command& command, const net::Fields& form) {
                       const auto lesson = lesson_in(form, "lesson");
                       if (journal::has_lesson(command.database(), lesson)) {
                         journal::withdraw_substitution(command, lesson);
                       } else {
                         journal::put_back_lesson(command, lesson);
                       }
                     });
}

web::List changes_ahead_of(sync::Database& database, std::int64_t teacher, journal::Date today) {
  std::vector<ScheduledLesson> changed;
  for (const auto& course : journal::courses_of(database, teacher, today.school_year())) {
    append_changed(changed, journal::scheduled_lessons(database, course, today.plus(1),
                                                       today.plus(journal::kDaysAhead)));
  }
  std::erase_if(changed, [&](const ScheduledLesson& lesson) {
    return lesson.course.teacher != teacher && lesson.substitute != teacher;
  });
  return values_of(std::move(changed));
}

}  // namespace zimnik::node
