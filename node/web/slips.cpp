#include "node/web/slips.h"

#include "schema/read/finals.h"
#include "schema/read/slips.h"

namespace zimnik::node {

using journal::ClassSlips;
using journal::DiaryWeek;

namespace {

constexpr const char* kNoClass = "Такого класса нет, или он не Ваш.";
constexpr const char* kDays[] = {"понедельник", "вторник", "среда",      "четверг",
                                 "пятница",     "суббота", "воскресенье"};

std::string marks_of(const journal::DiaryLesson& lesson) {
  std::string text = lesson.attendance;
  for (const auto& mark : lesson.marks) {
    text += (text.empty() ? "" : " ") + (mark.value ? std::to_string(*mark.value) : ".");
  }
  return text;
}

web::List lessons_of(const journal::DiaryDay& day) {
  web::List lessons;
  for (const auto& lesson : day.lessons) {
    web::List remarks;
    for (const auto& remark : lesson.remarks) remarks.push_back(web::Values{{"text", remark}});
    lessons.push_back(
        web::Values{{"number", std::to_string(lesson.key.number)},
                    {"subject", lesson.subject},
                    {"moved_to", lesson.moved_to ? lesson.moved_to->date.day_and_month() : ""},
                    {"is_taken_off", lesson.is_taken_off},
                    {"homework", lesson.homework},
                    {"not_assigned", lesson.is_homework_not_assigned},
                    {"marks", marks_of(lesson)},
                    {"remarks", remarks}});
  }
  return lessons;
}

/// Nothing where there are no results yet.
void add_results(web::Values& slip, const journal::SlipResults& results,
                 const web::Translator& translate) {
  web::List columns, subjects;
  for (const auto& code : results.columns) {
    columns.push_back(web::Values{{"title", translate(journal::final_period_title(code))}});
  }
  for (const auto& subject : results.subjects) {
    web::List values;
    for (const auto& value : subject.values) values.push_back(web::Values{{"value", value}});
    subjects.push_back(web::Values{{"subject", subject.name}, {"values", values}});
  }
  slip["has_results"] = !columns.empty();
  slip["columns"] = columns;
  slip["results"] = subjects;
}

web::Values slip_of(const DiaryWeek& week, const web::Translator& translate) {
  web::List days;
  for (const auto& day : week.days) {
    if (day.lessons.empty()) continue;
    const auto weekday = static_cast<std::size_t>(day.date.weekday() - 1);
    days.push_back(web::Values{{"weekday", translate(std::string(kDays[weekday]))},
                               {"date", day.date.day_and_month()},
                               {"lessons", lessons_of(day)}});
  }
  web::Values slip{{"pupil", week.name.plain()}, {"no_lessons", days.empty()}, {"days", days}};
  add_results(slip, journal::slip_results(week), translate);
  return slip;
}

void add_slips(web::Values& values, const ClassSlips& slips, const web::Translator& translate) {
  constexpr int kWeek = 7, kSunday = 6;
  web::List shown;
  for (const auto& week : slips.weeks) shown.push_back(slip_of(week, translate));
  values["empty"] = shown.empty();
  values["slips"] = shown;
  values["school"] = slips.school.text();
  values["class_name"] = slips.school_class.text();
  values["monday"] = slips.monday.text();
  values["before"] = slips.monday.plus(-kWeek).text();
  values["after"] = slips.monday.plus(kWeek).text();
  values["from"] = slips.monday.russian();
  values["to"] = slips.monday.plus(kSunday).russian();
}

}  // namespace

net::Response slips_page(Site& site, const net::Request& request, const Visitor& visitor) {
  auto values = site.frame(request, visitor);
  const auto school_class = number_from(request.place.at("school_class"));
  const auto today = site.today();
  const auto day = journal::Date::parse(request.query.get("week")).value_or(today);
  const bool only_paper = request.query.get("only") == "paper";
  bool is_found = false;
  site.journal().read([&](sync::Database& database) {
    if (!journal::may_care_for_class(database, visitor.person, school_class, today)) return;
    const auto slips = journal::class_slips(database, school_class, day, only_paper, today);
    if (!slips) return;
    is_found = true;
    add_slips(values, *slips, site.pages().translator(request));
  });
  if (!is_found) return site.refusal(request, 404, {kNoClass});
  values["id"] = std::to_string(school_class);
  values["only_paper"] = only_paper;
  return site.page(request, "slips", "Листки недели", std::move(values));
}

}  // namespace zimnik::node
