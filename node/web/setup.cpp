#include "node/web/setup.h"

#include <algorithm>
#include <map>

#include "node/web/years.h"
#include "schema/read/periods.h"
#include "schema/read/school_title.h"
#include "schema/read/setup.h"
#include "schema/read/years.h"

namespace zimnik::node {

using journal::SetupStep;
using journal::YearPlan;

namespace {

constexpr const char* kZones[][2] = {
    {"Europe/Kaliningrad", "UTC+2"}, {"Europe/Moscow", "UTC+3"},  {"Europe/Samara", "UTC+4"},
    {"Asia/Yekaterinburg", "UTC+5"}, {"Asia/Omsk", "UTC+6"},      {"Asia/Krasnoyarsk", "UTC+7"},
    {"Asia/Irkutsk", "UTC+8"},       {"Asia/Yakutsk", "UTC+9"},   {"Asia/Vladivostok", "UTC+10"},
    {"Asia/Magadan", "UTC+11"},      {"Asia/Kamchatka", "UTC+12"}};
constexpr const char* kUsualZone = "Asia/Yekaterinburg";

/// What a step is called, and where it is done.
struct StepText {
  const char* title;
  const char* href;
};
StepText text_of(SetupStep step) {
  switch (step) {
    case SetupStep::school:
      return {"Школа: название и часовой пояс", "#school"};
    case SetupStep::periods:
      return {"Отчётные периоды", "#periods"};
    case SetupStep::days_off:
      return {"Праздники и выходные", "#days"};
    case SetupStep::bells:
      return {"Звонки", "#bells"};
    case SetupStep::work_types:
      return {"Виды работ", "#works"};
    case SetupStep::staff:
      return {"Сотрудники", "/import/staff"};
    case SetupStep::classes:
      return {"Классы и классные руководители", "/import/classes"};
    case SetupStep::pupils:
      return {"Обучающиеся", "/import/pupils"};
    case SetupStep::curriculum:
      return {"Учебный план", "/import/curriculum"};
    case SetupStep::load:
      return {"Нагрузка", "/import/load"};
    case SetupStep::groups:
      return {"Подгруппы", "/import/groups"};
    case SetupStep::timetable:
      return {"Расписание", "/import/timetable"};
    case SetupStep::lesson_plans:
      return {"КТП", "/import/plan"};
  }
  return {"", ""};
}

void add_checks(web::Values& values, sync::Database& database, int year, journal::Date today,
                const web::Translator& translate) {
  const auto of_year = "?year=" + std::to_string(year);
  web::List steps;
  int done = 0;
  for (const auto& check : journal::setup_checks(database, year, today)) {
    const auto [title, href] = text_of(check.step);
    const bool is_import = href[0] == '/';
    if (check.is_done) ++done;
    steps.push_back(web::Values{{"title", translate(std::string(title))},
                                {"href", href + (is_import ? of_year : std::string())},
                                {"is_import", is_import},
                                {"done", check.is_done}});
  }
  values["done_count"] = std::to_string(done);
  values["step_count"] = std::to_string(steps.size());
  values["all_done"] = done == static_cast<int>(steps.size());
  values["steps"] = steps;
}

void add_school(web::Values& values, sync::Database& database) {
  const auto head = journal::school_title(database);
  values["school_name"] = head.name;
  values["settlement"] = head.settlement;
  web::List zones;
  const auto zone = head.time_zone.empty() ? std::string(kUsualZone) : head.time_zone;
  for (const auto& [name, offset] : kZones) {
    zones.push_back(web::Values{
        {"zone", std::string(name)}, {"offset", std::string(offset)}, {"selected", zone == name}});
  }
  values["zones"] = zones;
}

const char* word_of(YearPlan plan) {
  switch (plan) {
    case YearPlan::quarters:
      return "quarters";
    case YearPlan::trimesters:
      return "trimesters";
    case YearPlan::half_years:
      return "half_years";
  }
  return "";
}

/// By the periods that the year has already.
YearPlan plan_of(const std::vector<journal::Period>& periods) {
  for (const auto& period : periods) {
    if (period.code.starts_with("q")) return YearPlan::quarters;
    if (period.code.starts_with("t")) return YearPlan::trimesters;
  }
  return periods.empty() ? YearPlan::quarters : YearPlan::half_years;
}

void add_periods(web::Values& values, sync::Database& database, int year, const std::string& asked,
                 const web::Translator& translate) {
  const auto now = journal::periods_of_year(database, year);
  const auto plan = journal::year_plan_from(asked).value_or(plan_of(now));
  std::map<std::string, const journal::Period*> held;
  for (const auto& period : now) held[period.code] = &period;
  web::List periods;
  for (const auto& proposed : journal::proposed_periods(year, plan)) {
    const auto it = held.find(proposed.code);
    const auto starts = it == held.end() ? proposed.starts : it->second->starts;
    const auto ends = it == held.end() ? proposed.ends : it->second->ends;
    periods.push_back(
        web::Values{{"code", proposed.code},
                    {"title", translate(journal::Period{year, proposed.code, {}, {}, {}}.title())},
                    {"starts", starts.text()},
                    {"ends", ends.text()},
                    {"is_new", it == held.end()}});
  }
  values["plan"] = std::string(word_of(plan));
  values["is_quarters"] = plan == YearPlan::quarters;
  values["is_trimesters"] = plan == YearPlan::trimesters;
  values["is_half_years"] = plan == YearPlan::half_years;
  values["periods"] = periods;
}

void add_days_off(web::Values& values, sync::Database& database, int year,
                  const web::Translator& translate) {
  auto days = journal::days_off_of_year(database, year);
  values["days_proposed"] = days.empty();
  if (days.empty()) {
    days = journal::proposed_days_off(year);
    for (auto& day : days) day.name = translate(day.name);
  }
  std::string text;
  for (const auto& day : days) text += day.date.russian() + " " + day.name + "\n";
  values["days"] = text;
}

void add_bells(web::Values& values, sync::Database& database) {
  web::List buildings, shifts;
  for (const auto& branch : journal::branches(database)) {
    buildings.push_back(web::Values{{"id", std::to_string(branch.id)}, {"name", branch.name}});
  }
  for (const auto& shift : journal::all_bells(database)) {
    web::List bells;
    for (const auto& bell : shift.bells) {
      bells.push_back(web::Values{
          {"number", std::to_string(bell.number)}, {"starts", bell.starts}, {"ends", bell.ends}});
    }
    shifts.push_back(web::Values{
        {"building", shift.branch.name}, {"shift", std::to_string(shift.shift)}, {"bells", bells}});
  }
  const journal::BellPlan usual;
  std::string breaks;
  for (const int length : usual.breaks) {
    breaks += (breaks.empty() ? "" : ", ") + std::to_string(length);
  }
  values["has_buildings"] = !buildings.empty();
  values["buildings"] = buildings;
  values["shifts"] = shifts;
  values["first"] = usual.first;
  values["minutes"] = std::to_string(usual.minutes);
  values["lessons"] = std::to_string(usual.lessons);
  values["breaks"] = breaks;
}

void add_works(web::Values& values, sync::Database& database) {
  web::List works;
  for (const auto& name : journal::work_type_names(database))
    works.push_back(web::Values{{"name", name}});
  web::List usual;
  for (const auto& work : journal::usual_works()) {
    usual.push_back(web::Values{{"name", std::string(work.name)},
                                {"weight", std::to_string(work.weight)},
                                {"days", std::to_string(work.deadline_days)}});
  }
  values["any_works"] = !works.empty();
  values["works"] = works;
  values["usual"] = usual;
}

}  // namespace

net::Response setup_page(Site& site, const net::Request& request, const Visitor& visitor) {
  auto values = site.frame(request, visitor);
  const auto& translate = site.pages().translator(request);
  const auto today = site.today();
  const auto years = journal::years_to_prepare(today);
  const int year = year_asked(request.query.get("year"), years, today.school_year());
  site.journal().read([&](sync::Database& database) {
    add_checks(values, database, year, today, translate);
    add_school(values, database);
    add_periods(values, database, year, request.query.get("plan"), translate);
    add_days_off(values, database, year, translate);
    add_bells(values, database);
    add_works(values, database);
  });
  add_years(values, years, year, "/setup");
  for (int form = 1; form <= 5; ++form) {  // each form's counter is its own
    values["form_" + std::to_string(form)] = web::Values{{"counter", std::to_string(form)}};
  }
  return site.page(request, "setup", "Начало работы школы", std::move(values));
}

}  // namespace zimnik::node
