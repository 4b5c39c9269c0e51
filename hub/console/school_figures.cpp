#include "hub/console/school_figures.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "hub/clock.h"
#include "hub/query.h"
#include "schema/read/absences.h"
#include "schema/read/class_people.h"
#include "schema/read/late_entries.h"
#include "schema/read/periods.h"
#include "schema/read/readiness.h"
#include "schema/read/school_results.h"

namespace zimnik::hub {
namespace {

using journal::Date;
using nlohmann::json;

constexpr std::size_t kTimesAtOnce = 20'000;  // transactions; others wait for the lock meanwhile

/// The results of the period at hand, or, before it has any, of the one before it.
void add_results(sync::Database& database, Date today, SchoolFigures& figures) {
  const auto periods = journal::periods_of_year(database, figures.year);
  for (auto period = periods.rbegin(); period != periods.rend(); ++period) {
    if (period->starts > today) continue;
    const auto day = std::clamp(today, period->starts, period->ends);
    const auto results = journal::school_results(database, figures.year, period->code, day).school;
    if (results.n() == 0) continue;
    figures.period = period->code;
    figures.results = results;
    return;
  }
}

void add_absences(sync::Database& database, Date today, SchoolFigures& figures) {
  std::vector<std::int64_t> pupils;
  for (const auto& line : journal::class_lines(database, figures.year, today)) {
    for (const auto& pupil : journal::pupils_of_class(database, line.title.id, today)) {
      pupils.push_back(pupil.id);
    }
  }
  figures.pupils = static_cast<int>(pupils.size());
  const auto from = today.plus(1 - SchoolFigures::kDays);
  for (const auto& [pupil, absences] :
       journal::absences_of(database, pupils, figures.year, from, today)) {
    for (const auto& absence : absences) {
      if (absence.fact != "н") continue;
      auto& day = figures.days[absence.lesson.date];
      ++day.missed;
      if (absence.is_unexcused()) ++day.unexcused;
    }
  }
}

void add_late(School& school, sync::EntryTimes& times, Date today, SchoolFigures& figures) {
  while (!times.catch_up(school.lock().replica, kTimesAtOnce)) {
  }
  const auto locked = school.lock();
  if (!times.catch_up(locked.replica, kTimesAtOnce)) return;  // the next look has it
  const auto from = today.plus(1 - SchoolFigures::kDays);
  for (const auto& late : journal::late_entries(locked.replica, times, from, today)) {
    figures.days[late.lesson.date].late += late.count;
  }
}

json json_of(const SchoolFigures& figures) {
  const auto& it = figures.results;
  json readiness = json::array();
  for (const auto& matter : figures.readiness) {
    readiness.push_back({matter.matter, matter.of, matter.missing});
  }
  return {
      {"year", figures.year},
      {"pupils", figures.pupils},
      {"period", figures.period},
      {"results", {it.fives, it.fours, it.threes, it.twos, it.not_assessed, it.exempt, it.without}},
      {"readiness", readiness}};
}

SchoolFigures figures_from(const json& body) {
  SchoolFigures figures;
  figures.year = body.at("year");
  figures.pupils = body.at("pupils");
  figures.period = body.at("period");
  const auto& counts = body.at("results");
  auto& it = figures.results;
  it = {counts.at(0), counts.at(1), counts.at(2), counts.at(3),
        counts.at(4), counts.at(5), counts.at(6)};
  for (const auto& matter : body.at("readiness")) {
    figures.readiness.push_back({matter.at(0), matter.at(1), matter.at(2)});
  }
  return figures;
}

}  // namespace

std::size_t SchoolFigures::ready() const {
  return static_cast<std::size_t>(
      std::count_if(readiness.begin(), readiness.end(),
                    [](const ReadyMatter& it) { return it.of > 0 && it.missing == 0; }));
}

SchoolFigures figures_of(Hub& hub, School& school, sync::EntryTimes& times) {
  SchoolFigures figures;
  figures.at = hub.now();
  Date today;
  school.read([&](sync::Database& database) {
    const journal::Snapshot snapshot(database);
    today = wall_time(hub.now(), zone_of(database)).date;
    figures.year = today.school_year();
    for (int back = 0; back < SchoolFigures::kDays; ++back) figures.days[today.plus(-back)];
    add_results(database, today, figures);
    add_absences(database, today, figures);
    for (const auto& check : journal::readiness(database, figures.year, today)) {
      figures.readiness.push_back({static_cast<std::int64_t>(check.matter),
                                   static_cast<std::int64_t>(check.of),
                                   static_cast<std::int64_t>(check.missing.size())});
    }
  });
  add_late(school, times, today, figures);
  return figures;
}

void FiguresStore::save(const sync::SchoolId& school, const SchoolFigures& figures) {
  database_.run([&](sync::Database& database) {
    for (const auto& [date, day] : figures.days) {
      json body{{"missed", day.missed}, {"unexcused", day.unexcused}, {"late", day.late}};
      if (date == figures.days.rbegin()->first) body["school"] = json_of(figures);
      run_sql(database, "INSERT OR REPLACE INTO figures VALUES (?, ?, ?, ?)",
              {blob_value(school), std::int64_t{date.days()}, figures.at.ms,
               journal::text_value(body.dump())});
    }
  });
}

std::optional<SchoolFigures> FiguresStore::last(const sync::SchoolId& school) {
  return database_.run([&](sync::Database& database) {
    std::optional<SchoolFigures> figures;
    std::map<Date, DayFigures> days;
    journal::each_row(
        database, "SELECT day, at, body FROM figures WHERE school = ? ORDER BY day DESC LIMIT ?",
        {blob_value(school), std::int64_t{SchoolFigures::kDays}}, [&](const sync::Statement& row) {
          const auto body = json::parse(row.text(2));
          days[Date::from_days(static_cast<std::int32_t>(row.integer(0)))] = {
              body.at("missed"), body.at("unexcused"), body.at("late")};
          if (figures || !body.contains("school")) return;
          figures = figures_from(body.at("school"));
          figures->at = {row.integer(1)};
        });
    if (figures) figures->days = std::move(days);
    return figures;
  });
}

}  // namespace zimnik::hub
