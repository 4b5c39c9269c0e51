#include "schema/read/next_year.h"

#include <algorithm>
#include <map>

#include "schema/query.h"
#include "schema/read/periods.h"

namespace zimnik::journal {

using sync::Database;
using sync::Statement;

namespace {

/// Where each pupil of the year is who hasn't left.
std::map<std::int64_t, std::int64_t> last_classes(Database& database, int year) {
  std::map<std::int64_t, std::int64_t> classes;
  each_row(database,
           "SELECT e.pupil, e.school_class FROM enrolment e JOIN school_class k ON k.id = "
           "e.school_class WHERE k.year = ? AND e.until IS NULL ORDER BY e.since, e.school_class",
           {std::int64_t{year}},
           [&](const Statement& row) { classes[row.integer(0)] = row.integer(1); });
  return classes;
}

}  // namespace

std::vector<StayingClass> staying_classes(Database& database, int year) {
  const Snapshot snapshot(database);
  std::map<std::int64_t, std::vector<NamedPerson>> pupils;
  for (const auto& [pupil, school_class] : last_classes(database, year)) {
    pupils[school_class].push_back({pupil, name_of(database, pupil)});
  }
  std::vector<StayingClass> classes;
  for (auto& title : classes_of_year(database, year)) {
    auto& people = pupils[title.id];
    std::sort(people.begin(), people.end(), [](const auto& left, const auto& right) {
      if (comes_before(left.name, right.name)) return true;
      return !comes_before(right.name, left.name) && left.id < right.id;
    });
    const auto teacher =
        title.class_teacher ? name_of(database, *title.class_teacher) : PersonName{};
    classes.push_back({std::move(title), teacher, std::move(people)});
  }
  return classes;
}

std::set<std::int64_t> enrolled_in_year(Database& database, int year) {
  std::set<std::int64_t> pupils;
  each_row(database,
           "SELECT e.pupil FROM enrolment e JOIN school_class k ON k.id = e.school_class "
           "WHERE k.year = ?",
           {std::int64_t{year}}, [&](const Statement& row) { pupils.insert(row.integer(0)); });
  return pupils;
}

std::vector<Subgroup> subgroups_of(Database& database, std::int64_t school_class) {
  std::vector<Subgroup> groups;
  each_row(database,
           "SELECT id, name FROM study_group WHERE school_class = ? AND kind = 'subgroup' "
           "ORDER BY id",
           {school_class}, [&](const Statement& row) {
             groups.push_back({row.integer(0), string_at(row, 1), {}});
           });
  for (auto& group : groups) {
    each_row(database, "SELECT pupil FROM group_member WHERE study_group = ? AND until IS NULL",
             {group.id}, [&](const Statement& row) { group.members.insert(row.integer(0)); });
  }
  return groups;
}

std::vector<ProposedPeriod> periods_to_take_over(Database& database, int year) {
  const Snapshot snapshot(database);
  if (!periods_of_year(database, year).empty()) return {};
  std::vector<ProposedPeriod> before;
  for (const auto& period : periods_of_year(database, year - 1)) {
    before.push_back({period.code, period.starts, period.ends});
  }
  return a_year_later(before, year);
}

}  // namespace zimnik::journal
