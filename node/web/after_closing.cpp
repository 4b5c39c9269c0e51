#include "node/web/after_closing.h"

#include <algorithm>

#include "schema/commands/entry_review.h"
#include "schema/commands/put.h"
#include "schema/read/after_closing.h"
#include "schema/read/courses.h"
#include "schema/read/people.h"
#include "schema/words.h"

namespace zimnik::node {

namespace {

std::vector<journal::LateArrival> arrivals_for(const Site& site, const Visitor& visitor,
                                               sync::Replica& replica,
                                               const sync::EntryTimes& times) {
  const auto teacher = visitor.is_head() ? std::nullopt : std::optional(visitor.person);
  const int year = journal::year_at_work(replica.database(), site.today());
  return journal::marks_after_closing(replica, times, year, teacher);
}

web::Values values_of(sync::Database& database, const journal::LateArrival& late,
                      const web::Translator& translate) {
  const auto& [lesson, pupil, work, attempt] = late.mark;
  const auto course = journal::course_title(database, lesson.course);
  return {{"course", std::to_string(lesson.course)},
          {"course_title", course ? course->text() : std::to_string(lesson.course)},
          {"date", lesson.date.text()},
          {"day", lesson.date.russian()},
          {"number", std::to_string(lesson.number)},
          {"pupil", std::to_string(pupil)},
          {"pupil_name", journal::name_of(database, pupil).plain()},
          {"work", std::to_string(work)},
          {"attempt", std::to_string(attempt)},
          {"value", late.value ? std::to_string(*late.value) : "."},
          {"period", translate(late.period)},
          {"entered", late.entered.text()},
          {"is_before", late.is_entered_before},
          {"is_accepted", late.state == journal::kAccepted},
          {"is_rejected", late.state == journal::kRejected},
          {"reason", late.reason}};
}

journal::MarkKey mark_from(const net::Fields& form) {
  return {{number_from(form.get("course")), journal::checked_date(form.get("date"), "День урока"),
           number_from(form.get("number"))},
          number_from(form.get("pupil")),
          number_from(form.get("work")),
          number_from(form.get("attempt"))};
}

}  // namespace

net::Response after_closing_page(Site& site, const net::Request& request, const Visitor& visitor) {
  auto values = site.frame(request, visitor);
  const auto& translate = site.pages().translator(request);
  web::List lines;
  site.with_entry_times([&](sync::Replica& replica, const sync::EntryTimes& times) {
    for (const auto& late : arrivals_for(site, visitor, replica, times)) {
      auto line = values_of(replica.database(), late, translate);
      line["counter"] = std::to_string(lines.size() + 1);
      lines.push_back(std::move(line));
    }
  });
  values["is_head"] = visitor.is_head();
  values["is_after_closing"] = true;
  values["empty"] = lines.empty();
  values["lines"] = lines;
  return site.page(request, "after_closing", "Поступило после закрытия периода", std::move(values));
}

net::Response decide_after_closing(Site& site, const net::Request& request,
                                   const Visitor& visitor) {
  return site.submit(request, visitor, visitor.role(), "/after-closing",
                     [&](sync::Command& command, const net::Fields& form) {
                       const auto mark = mark_from(form);
                       form.get("decision") == "reject"
                           ? journal::reject_entry(command, mark, form.get("reason"))
                           : journal::accept_entry(command, mark);
                     });
}

std::string undecided_after_closing(Site& site, const Visitor& visitor) {
  if (!visitor.is_head() && !visitor.roles.has(journal::Role::subject_teacher)) return "";
  std::ptrdiff_t count = 0;
  site.with_entry_times([&](sync::Replica& replica, const sync::EntryTimes& times) {
    const auto all = arrivals_for(site, visitor, replica, times);
    count = std::ranges::count_if(all, [](const auto& late) { return late.state.empty(); });
  });
  return count == 0 ? "" : std::to_string(count);
}

}  // namespace zimnik::node
