#include "hub/console/figures_pages.h"

#include <algorithm>

#include "hub/console/chart.h"
#include "hub/console/school_figures.h"
#include "schema/read/finals.h"
#include "schema/read/readiness.h"

namespace zimnik::hub {
namespace {

using journal::Readiness;
using web::List;
using web::Values;

constexpr std::size_t kMostBars = 20;

struct Seen {
  const School* school;
  std::optional<SchoolFigures> figures;
};

/// The schools that the visitor sees, in order of their names.
std::vector<Seen> seen_by(Console& console, const OperatorAccount& visitor) {
  FiguresStore store(console.hub().database());
  std::vector<Seen> seen;
  for (const auto* school : console.hub().schools()) {
    if (visitor.sees(school->id())) seen.push_back({school, store.last(school->id())});
  }
  return seen;
}

/// Tenths of a per cent as «66,7 %»; «—» for none.
std::string percent(std::optional<int> tenths) {
  if (!tenths) return "—";
  return std::to_string(*tenths / 10) + "," + std::to_string(*tenths % 10) + " %";
}

void add(journal::Results& sum, const journal::Results& more) {
  sum.fives += more.fives;
  sum.fours += more.fours;
  sum.threes += more.threes;
  sum.twos += more.twos;
  sum.not_assessed += more.not_assessed;
  sum.exempt += more.exempt;
  sum.without += more.without;
}

/// Of all schools together.
struct Region {
  journal::Results results;
  int pupils = 0;
  std::map<journal::Date, DayFigures> days;
};

Region region_of(const std::vector<Seen>& seen) {
  Region region;
  for (const auto& it : seen) {
    if (!it.figures) continue;
    add(region.results, it.figures->results);
    region.pupils += it.figures->pupils;
    for (const auto& [date, day] : it.figures->days) {
      auto& sum = region.days[date];
      sum.missed += day.missed;
      sum.unexcused += day.unexcused;
      sum.late += day.late;
    }
  }
  while (region.days.size() > SchoolFigures::kDays) region.days.erase(region.days.begin());
  return region;
}

std::string short_date(journal::Date date) { return date.russian().substr(0, 5); }

Values result_values(const journal::Results& results) {
  return {{"n", results.n()},
          {"progress", percent(results.progress())},
          {"quality", percent(results.quality())},
          {"learning", percent(results.learning())}};
}

Values school_values(const Seen& seen, const Region& region, const web::Translator& translate) {
  Values values{{"name", seen.school->entry().name}, {"has_figures", seen.figures.has_value()}};
  if (!seen.figures) return values;
  values.merge(result_values(seen.figures->results));
  values["as_of"] = moment_for_operators(seen.figures->at);
  values["pupils"] = seen.figures->pupils;
  values["period"] = seen.figures->period.empty()
                         ? std::string("—")
                         : translate(journal::final_period_title(seen.figures->period));
  int missed = 0, unexcused = 0;
  List late;
  for (const auto& [date, sums] : region.days) {
    const auto day = seen.figures->days.find(date);
    const bool is_there = day != seen.figures->days.end();
    if (is_there) {
      missed += day->second.missed;
      unexcused += day->second.unexcused;
    }
    late.push_back(Values{{"count", is_there ? day->second.late : 0}});
  }
  values["missed"] = missed;
  values["unexcused"] = unexcused;
  values["late"] = late;
  return values;
}

/// Those whose figure is least: they are asked about first.
std::string lowest_chart(const std::string& title, const std::vector<Seen>& seen,
                         std::optional<int> (journal::Results::*figure)() const) {
  std::vector<Bar> bars;
  for (const auto& it : seen) {
    const auto tenths = it.figures ? (it.figures->results.*figure)() : std::nullopt;
    if (tenths) bars.push_back({it.school->entry().name, *tenths / 10.0, percent(tenths)});
  }
  std::stable_sort(bars.begin(), bars.end(),
                   [](const Bar& left, const Bar& right) { return left.value < right.value; });
  if (bars.size() > kMostBars) bars.resize(kMostBars);
  return bar_chart(title, bars, 100);
}

Values day_charts(const Region& region, const web::Translator& translate) {
  std::vector<Bar> absences, late;
  List days;
  for (const auto& [date, day] : region.days) {
    const auto name = short_date(date);
    absences.push_back(
        {name, double(day.missed), std::to_string(day.missed), double(day.unexcused)});
    late.push_back({name, double(day.late), std::to_string(day.late)});
    days.push_back(Values{
        {"day", name}, {"missed", day.missed}, {"unexcused", day.unexcused}, {"late", day.late}});
  }
  return {{"absence_chart", column_chart(translate("Пропущено уроков по дням"), absences)},
          {"late_chart", column_chart(translate("Записей позже срока по дням"), late)},
          {"days", days}};
}

const char* title_of(Readiness matter) {
  switch (matter) {
    case Readiness::classes:
      return "Классы";
    case Readiness::class_teachers:
      return "Классные руководители";
    case Readiness::class_pupils:
      return "Состав классов";
    case Readiness::group_pupils:
      return "Состав групп";
    case Readiness::periods:
      return "Периоды";
    case Readiness::bells:
      return "Звонки";
    case Readiness::curriculum:
      return "Учебный план";
    case Readiness::teachers:
      return "Учителя";
    case Readiness::loads:
      return "Нагрузка";
    case Readiness::timetables:
      return "Расписание";
    case Readiness::lesson_plans:
      return "КТП";
  }
  return "";
}

Values ready_values(const Seen& seen) {
  Values values{{"name", seen.school->entry().name}, {"has_figures", seen.figures.has_value()}};
  if (!seen.figures) return values;
  List matters;
  for (const auto& matter : seen.figures->readiness) {
    const bool is_ready = matter.of > 0 && matter.missing == 0;
    matters.push_back(Values{{"is_ready", is_ready},
                             {"is_none", matter.of == 0},
                             {"done", matter.of - matter.missing},
                             {"of", matter.of}});
  }
  values["matters"] = matters;
  values["ready"] = seen.figures->ready();
  values["is_whole"] = seen.figures->ready() == seen.figures->readiness.size();
  values["as_of"] = moment_for_operators(seen.figures->at);
  return values;
}

}  // namespace

net::Response figures_page(Console& console, const net::Request& request,
                           const OperatorAccount& visitor) {
  const auto& translate = console.translator(request);
  const auto seen = seen_by(console, visitor);
  const auto region = region_of(seen);
  List schools;
  for (const auto& it : seen) schools.push_back(school_values(it, region, translate));
  auto values = day_charts(region, translate);
  values.merge(result_values(region.results));
  values["pupils"] = region.pupils;
  values["schools"] = schools;
  values["any"] = !schools.empty();
  values["chart"] = lowest_chart(translate("Качество по школам"), seen, &journal::Results::quality);
  return console.page(request, visitor, "console_figures", "Показатели", std::move(values));
}

net::Response readiness_page(Console& console, const net::Request& request,
                             const OperatorAccount& visitor) {
  const auto& translate = console.translator(request);
  const auto seen = seen_by(console, visitor);
  List schools, titles;
  int ready = 0;
  int year = 0;
  for (const auto& it : seen) {
    schools.push_back(ready_values(it));
    if (!it.figures) continue;
    year = std::max(year, it.figures->year);
    if (it.figures->ready() == it.figures->readiness.size()) ++ready;
  }
  for (int matter = 0; matter <= static_cast<int>(Readiness::lesson_plans); ++matter) {
    titles.push_back(
        Values{{"matter", translate(std::string(title_of(static_cast<Readiness>(matter))))}});
  }
  return console.page(request, visitor, "console_readiness", "Готовность к учебному году",
                      {{"schools", schools},
                       {"titles", titles},
                       {"any", !schools.empty()},
                       {"ready", ready},
                       {"count", seen.size()},
                       {"has_due", year > 0},
                       {"due", year > 0 ? journal::readiness_due(year).russian() : std::string()}});
}

}  // namespace zimnik::hub
