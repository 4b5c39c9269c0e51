#include "node/web/control.h"

#include <algorithm>

#include "node/web/percent.h"
#include "node/web/period_choice.h"
#include "node/web/years.h"
#include "schema/commands/school.h"
#include "schema/deadlines.h"
#include "schema/read/control.h"
#include "schema/read/finals.h"
#include "schema/read/readiness.h"
#include "schema/read/school_results.h"
#include "schema/read/years.h"

namespace zimnik::node {

namespace {

using journal::Readiness;

/// Two decimals: 17 is «0,17».
std::string hundredths_text(std::optional<int> hundredths) {
  if (!hundredths) return "—";
  const auto rest = std::to_string(*hundredths % 100);
  return std::to_string(*hundredths / 100) + "," + (rest.size() < 2 ? "0" + rest : rest);
}

std::string count_text(int count) { return std::to_string(count); }

/// Which tab is open.
void add_tabs(web::Values& values, const char* here) {
  for (const std::string tab : {"journals", "results", "readiness", "periods"}) {
    values["is_" + tab] = tab == here;
  }
}

web::Values course_values(const journal::CourseControl& figures, const journal::Period& chosen,
                          const web::Translator& translate) {
  const auto lag = figures.plan_lag();
  return {{"id", std::to_string(figures.course.id)},
          {"title", figures.course.text()},
          {"teacher", figures.course.teacher_name.brief()},
          {"period", translate(figures.period.title())},
          {"from", figures.from.russian()},
          {"to", figures.to.russian()},
          {"is_other", figures.period.code != chosen.code},
          {"planned", count_text(figures.planned)},
          {"held", count_text(figures.held)},
          {"missing", count_text(figures.missing)},
          {"no_topic", count_text(figures.without_topic)},
          {"no_homework", count_text(figures.without_homework)},
          {"no_entries", count_text(figures.without_entries)},
          {"density", hundredths_text(figures.density())},
          {"lag", lag ? std::to_string(*lag) : std::string("—")},
          {"any_missing", figures.missing > 0},
          {"any_no_topic", figures.without_topic > 0},
          {"any_no_homework", figures.without_homework > 0},
          {"any_no_entries", figures.without_entries > 0},
          {"lags", lag && *lag > 0}};
}

/// A row names its period where it isn't the chosen one.
web::List results_of(const std::vector<journal::NamedResults>& list, const std::string& chosen,
                     const web::Translator& translate) {
  web::List rows;
  for (const auto& [name, results, period] : list) {
    const bool is_other = !period.empty() && period != chosen;
    rows.push_back(
        web::Values{{"name", name},
                    {"period", is_other ? translate(journal::final_period_title(period)) : period},
                    {"is_other", is_other},
                    {"n", count_text(results.n())},
                    {"fives", count_text(results.fives)},
                    {"fours", count_text(results.fours)},
                    {"threes", count_text(results.threes)},
                    {"twos", count_text(results.twos)},
                    {"not_assessed", count_text(results.not_assessed)},
                    {"without", count_text(results.without)},
                    {"progress", percent_text(results.progress())},
                    {"quality", percent_text(results.quality())},
                    {"learning", percent_text(results.learning())}});
  }
  return rows;
}

const char* title_of(Readiness matter) {
  switch (matter) {
    case Readiness::classes:
      return "Классы заведены";
    case Readiness::class_teachers:
      return "Классные руководители назначены";
    case Readiness::class_pupils:
      return "Обучающиеся зачислены в классы";
    case Readiness::group_pupils:
      return "Обучающиеся распределены по группам";
    case Readiness::periods:
      return "Отчётные периоды заданы";
    case Readiness::bells:
      return "Звонки заданы";
    case Readiness::curriculum:
      return "Учебный план внесён";
    case Readiness::teachers:
      return "Учителя назначены";
    case Readiness::loads:
      return "Нагрузка внесена";
    case Readiness::timetables:
      return "Расписание внесено";
    case Readiness::lesson_plans:
      return "КТП внесены";
  }
  return "";
}

web::Values readiness_values(const journal::ReadinessCheck& check,
                             const web::Translator& translate) {
  web::List missing;
  for (const auto& name : check.missing) missing.push_back(web::Values{{"name", name}});
  return {{"title", translate(std::string(title_of(check.matter)))},
          {"ready", check.is_ready()},
          {"none", check.of == 0},
          {"count", std::to_string(check.of == 0 ? 0 : check.of - check.missing.size())},
          {"of", std::to_string(check.of)},
          {"any_missing", !check.missing.empty()},
          {"lacking", std::to_string(check.missing.size())},
          {"missing", missing}};
}

/// The page of the periods of the form's year.
std::string periods_of(const net::Request& request) {
  const auto form = request.form().value_or(net::Fields());
  return "/control/periods?year=" + std::to_string(number_from(form.get("year")));
}

}  // namespace

net::Response control_page(Site& site, const net::Request& request, const Visitor& visitor) {
  auto values = site.frame(request, visitor);
  const auto today = site.today();
  const auto& translate = site.pages().translator(request);
  add_tabs(values, "journals");
  site.journal().read([&](sync::Database& database) {
    const int year = shown_year(values, database, request, today);
    const auto periods = journal::periods_of_year(database, year);
    const auto period = period_asked(periods, request.query.get("period"), today);
    values["has_periods"] = period.has_value();
    if (!period) return;
    const auto last = std::min(period->ends, today.plus(-1));
    web::List courses;
    for (const auto& figures : journal::control_of_courses(database, *period, last)) {
      courses.push_back(course_values(figures, *period, translate));
    }
    values["courses"] = courses;
    values["from"] = period->starts.russian();
    values["to"] = last.russian();
    values["choices"] = period_choices(periods, period->code, false, translate);
  });
  values["is_wide"] = true;
  return site.page(request, "control", "Контроль", std::move(values));
}

net::Response results_page(Site& site, const net::Request& request, const Visitor& visitor) {
  auto values = site.frame(request, visitor);
  const auto today = site.today();
  const auto& translate = site.pages().translator(request);
  add_tabs(values, "results");
  site.journal().read([&](sync::Database& database) {
    const int year = shown_year(values, database, request, today);
    const auto periods = journal::periods_of_year(database, year);
    const auto asked = request.query.get("period");
    const auto period = period_asked(periods, asked, today);
    values["has_periods"] = period.has_value();
    if (!period) return;
    const bool is_year = asked == "year";
    const auto code = is_year ? asked : period->code;
    const auto ends = is_year ? periods.back().ends : period->ends;
    const auto starts = is_year ? periods.front().starts : period->starts;
    const auto results =
        journal::school_results(database, year, code, std::clamp(today, starts, ends));
    const auto group = [](const char* title, const web::List& rows) {
      return web::Values{{"title", std::string(title)}, {"rows", rows}};
    };
    web::List groups;
    const std::pair<const char*, const std::vector<journal::NamedResults>*> kGroups[] = {
        {"По классам", &results.classes},
        {"По параллелям", &results.grade_levels},
        {"По предметам", &results.subjects},
        {"По учителям", &results.teachers}};
    for (const auto& [title, list] : kGroups) {
      groups.push_back(
          group(translate(std::string(title)).c_str(), results_of(*list, code, translate)));
    }
    values["groups"] = groups;
    values["school"] = results_of({{"", results.school}}, code, translate);
    values["choices"] = period_choices(periods, code, true, translate);
  });
  return site.page(request, "results", "Успеваемость и качество", std::move(values));
}

net::Response readiness_page(Site& site, const net::Request& request, const Visitor& visitor) {
  auto values = site.frame(request, visitor);
  const auto today = site.today();
  const auto& translate = site.pages().translator(request);
  add_tabs(values, "readiness");
  site.journal().read([&](sync::Database& database) {
    const auto years = journal::years_to_prepare(today);
    const int year = year_asked(request.query.get("year"), years, today.school_year());
    const auto due = journal::readiness_due(year);
    web::List checks;
    bool is_ready = true;
    for (const auto& check : journal::readiness(database, year, std::max(today, due))) {
      is_ready = is_ready && check.is_ready();
      checks.push_back(readiness_values(check, translate));
    }
    values["checks"] = checks;
    values["ready"] = is_ready;
    values["late"] = !is_ready && due < today;
    values["due"] = due.russian();
    add_years(values, years, year, request.path);
  });
  return site.page(request, "readiness", "Готовность к учебному году", std::move(values));
}

net::Response periods_page(Site& site, const net::Request& request, const Visitor& visitor) {
  auto values = site.frame(request, visitor);
  const auto today = site.today();
  const auto& translate = site.pages().translator(request);
  add_tabs(values, "periods");
  web::List lines;
  site.journal().read([&](sync::Database& database) {
    const int year = shown_year(values, database, request, today);
    for (const auto& period : journal::periods_of_year(database, year)) {
      lines.push_back(web::Values{
          {"counter", std::to_string(lines.size() + 1)},
          {"year", std::to_string(period.year)},
          {"code", period.code},
          {"title", translate(period.title())},
          {"from", period.starts.russian()},
          {"to", period.ends.russian()},
          {"runs", today <= period.ends},
          {"closed", period.closed_at.has_value()},
          {"closed_at", period.closed_at ? journal::local_time(sync::Time{*period.closed_at}).text()
                                         : std::string()}});
    }
  });
  values["empty"] = lines.empty();
  values["lines"] = lines;
  return site.page(request, "periods", "Отчётные периоды", std::move(values));
}

net::Response close_period(Site& site, const net::Request& request, const Visitor& visitor) {
  return site.submit_to_replica(
      request, visitor, visitor.role(), periods_of(request),
      [&](sync::Replica& replica, const sync::Entry& entry, const net::Fields& form) {
        const auto year = static_cast<int>(number_from(form.get("year")));
        const auto code = form.get("code");
        const auto known = replica.frontier();
        return replica.write(entry, [&](sync::Command& command) {
          if (form.find("reopen")) return journal::reopen_period(command, year, code);
          journal::close_period(command, year, code, site.now().ms, known);
        });
      });
}

}  // namespace zimnik::node
