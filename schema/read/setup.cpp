#include "schema/read/setup.h"

#include <algorithm>
#include <map>

#include "schema/query.h"
#include "schema/read/readiness.h"
#include "schema/read/school_title.h"
#include "schema/words.h"

namespace zimnik::journal {

using sync::Database;
using sync::Statement;

namespace {

bool has_periods(Database& database, int year) {
  return has_row(database, "SELECT 1 FROM reporting_period WHERE year = ? LIMIT 1",
                 {std::int64_t{year}});
}

/// More than the one who sets the school up.
bool has_staff(Database& database) {
  return one_integer(database, "SELECT count(*) FROM person WHERE kind = ?",
                     {text_value(word_of(PersonKind::staff))})
             .value_or(0) > 1;
}

}  // namespace

std::vector<BranchName> branches(Database& database) {
  std::vector<BranchName> list;
  each_row(database, "SELECT id, name FROM branch ORDER BY id", {}, [&](const Statement& row) {
    list.push_back({row.integer(0), string_at(row, 1)});
  });
  return list;
}

std::vector<ShiftBells> all_bells(Database& database) {
  std::vector<ShiftBells> list;
  each_row(database,
           "SELECT s.branch, b.name, s.shift, s.number, s.starts, s.ends FROM bell_schedule s "
           "JOIN branch b ON b.id = s.branch ORDER BY s.branch, s.shift, s.number",
           {}, [&](const Statement& row) {
             const auto branch = row.integer(0);
             const auto shift = static_cast<int>(row.integer(2));
             if (list.empty() || list.back().branch.id != branch || list.back().shift != shift) {
               list.push_back({{branch, string_at(row, 1)}, shift, {}});
             }
             list.back().bells.push_back(
                 {static_cast<int>(row.integer(3)), string_at(row, 4), string_at(row, 5)});
           });
  return list;
}

std::vector<ProposedDayOff> days_off_of_year(Database& database, int year) {
  std::vector<ProposedDayOff> list;
  each_row(database, "SELECT date, name FROM day_off ORDER BY date", {}, [&](const Statement& row) {
    const auto date = date_at(row, 0);
    if (date && date->school_year() == year) list.push_back({*date, string_at(row, 1)});
  });
  return list;
}

std::vector<std::string> work_type_names(Database& database) {
  std::vector<std::string> list;
  each_row(database, "SELECT name FROM work_type ORDER BY name", {},
           [&](const Statement& row) { list.push_back(string_at(row, 0)); });
  return list;
}

std::vector<SetupCheck> setup_checks(Database& database, int year, Date day) {
  const Snapshot snapshot(database);
  const auto first_day = Date::from(year, 9, 1).value_or(day);
  std::map<Readiness, bool> ready;
  for (const auto& check : readiness(database, year, std::max(day, first_day)))
    ready[check.matter] = check.is_ready();
  return {
      {SetupStep::school, !school_title(database).name.empty()},
      {SetupStep::periods, has_periods(database, year)},
      {SetupStep::days_off, !days_off_of_year(database, year).empty()},
      {SetupStep::bells, has_row(database, "SELECT 1 FROM bell_schedule LIMIT 1", {}) &&
                             (ready[Readiness::bells] || !ready[Readiness::classes])},
      {SetupStep::work_types, !work_type_names(database).empty()},
      {SetupStep::staff, has_staff(database)},
      {SetupStep::classes, ready[Readiness::classes] && ready[Readiness::class_teachers]},
      {SetupStep::pupils, ready[Readiness::class_pupils]},
      {SetupStep::curriculum, ready[Readiness::curriculum]},
      {SetupStep::load, ready[Readiness::teachers] && ready[Readiness::loads]},
      {SetupStep::groups, ready[Readiness::group_pupils]},
      {SetupStep::timetable, ready[Readiness::timetables]},
      {SetupStep::lesson_plans, ready[Readiness::lesson_plans]},
  };
}

bool is_set_up(Database& database, int year) {
  return !school_title(database).name.empty() && has_periods(database, year) &&
         has_row(database, "SELECT 1 FROM bell_schedule LIMIT 1", {}) &&
         has_row(database, "SELECT 1 FROM school_class WHERE year = ? LIMIT 1",
                 {std::int64_t{year}});
}

}  // namespace zimnik::journal
