#include "node/web/late.h"

#include "schema/commands/late_entry.h"
#include "schema/commands/put.h"
#include "schema/read/late_entries.h"

namespace zimnik::node {

namespace {

constexpr int kDays = 27, kMostDays = 366;

std::string word_of(const std::string& matter) {
  if (matter == "attendance") return "посещаемость";
  if (matter == "marks") return "отметки";
  if (matter == "homework") return "домашнее задание";
  return "тема урока";
}

std::pair<journal::Date, journal::Date> range_of(const net::Request& request, journal::Date today) {
  const auto from = journal::Date::parse(request.query.get("from"));
  const auto to = journal::Date::parse(request.query.get("to"));
  if (from && to && *from <= *to && to->days() - from->days() <= kMostDays) return {*from, *to};
  return {today.plus(-kDays), today};
}

web::Values line_of(const journal::LateEntries& entries, const journal::CourseTitle& course,
                    const web::Translator& translate) {
  const auto& lesson = entries.lesson;
  return {{"date", lesson.date.text()},
          {"day", lesson.date.russian()},
          {"number", std::to_string(lesson.number)},
          {"course", std::to_string(lesson.course)},
          {"course_title", course.text()},
          {"teacher", course.teacher_name.brief()},
          {"matter", entries.matter},
          {"what", translate(word_of(entries.matter))},
          {"count", std::to_string(entries.count)},
          {"deadline", entries.deadline.text()},
          {"entered", entries.entered.text()},
          {"reason", entries.reason}};
}

}  // namespace

net::Response late_page(Site& site, const net::Request& request, const Visitor& visitor) {
  auto values = site.frame(request, visitor);
  const auto [from, to] = range_of(request, site.today());
  const auto& translate = site.pages().translator(request);
  web::List lines;
  site.with_entry_times([&](sync::Replica& replica, const sync::EntryTimes& times) {
    for (const auto& entries : journal::late_entries(replica, times, from, to)) {
      const auto course = journal::course_title(replica.database(), entries.lesson.course);
      if (!course || (!visitor.is_head() && course->teacher != visitor.person)) continue;
      auto line = line_of(entries, *course, translate);
      line["counter"] = std::to_string(lines.size() + 1);
      line["is_own"] = course->teacher == visitor.person;
      lines.push_back(std::move(line));
    }
  });
  values["from"] = from.text();
  values["to"] = to.text();
  values["empty"] = lines.empty();
  values["lines"] = lines;
  return site.page(request, "late", "Внесено позже срока", std::move(values));
}

net::Response explain_late(Site& site, const net::Request& request, const Visitor& visitor) {
  return site.submit(
      request, visitor, journal::Role::subject_teacher, "/late",
      [&](sync::Command& command, const net::Fields& form) {
        const journal::LessonKey lesson{number_from(form.get("course")),
                                        journal::checked_date(form.get("date"), "День урока"),
                                        number_from(form.get("number"))};
        if (!journal::may_edit_lesson(command.database(), visitor.person, lesson, site.today())) {
          journal::refuse("Причину называет учитель этого урока.");
        }
        journal::explain_late_entry(command, lesson, form.get("matter"), form.get("reason"));
      });
}

}  // namespace zimnik::node
