#include "schema/read/groups.h"

#include <algorithm>
#include <tuple>

#include "schema/ids.h"
#include "schema/query.h"
#include "schema/read/class_people.h"
#include "schema/read/membership.h"

namespace zimnik::journal {

using sync::Database;
using sync::Statement;

namespace {

constexpr const char* kGroups =
    "SELECT g.id, g.name, g.kind, g.school_class, k.grade_level, k.letter, k.year "
    "FROM study_group g LEFT JOIN school_class k ON k.id = g.school_class ";

GroupTitle group_at(const Statement& row) {
  GroupTitle group;
  group.id = row.integer(0);
  group.name = string_at(row, 1);
  group.kind = string_at(row, 2);
  group.school_class = integer_at(row, 3);
  if (!row.is_null(4)) group.class_name = std::to_string(row.integer(4)) + string_at(row, 5);
  group.year = row.is_null(6) ? year_of_id(group.id) : static_cast<int>(row.integer(6));
  return group;
}

/// The day as of which a group is shown: as its class, or within its year.
Date group_day(const GroupTitle& group, Date today) {
  ClassTitle of_year;
  of_year.year = group.year;
  return class_day(of_year, today);
}

void complete(Database& database, GroupTitle& group, Date today) {
  each_row(database,
           "SELECT count(DISTINCT pupil) FROM group_member WHERE study_group = ?1 AND since <= ?2 "
           "AND (until IS NULL OR until >= ?2)",
           {group.id, date_value(group_day(group, today))},
           [&](const Statement& row) { group.members = static_cast<int>(row.integer(0)); });
  group.courses = courses_of_group(database, group.id);
}

std::vector<GroupMember> members_of(Database& database, const GroupTitle& group, Date day) {
  std::vector<GroupMember> members;
  each_row(
      database,
      "SELECT m.pupil, p.family_name, p.given_name, p.patronymic, m.since, m.until "
      "FROM group_member m LEFT JOIN person p ON p.id = m.pupil WHERE m.study_group = ?",
      {group.id}, [&](const Statement& row) {
        const auto since = date_at(row, 4);
        if (!since) return;
        members.push_back({row.integer(0), PersonName::at(row, 1), "", *since, date_at(row, 5)});
      });
  for (auto& member : members) {
    const auto school_class = class_of_pupil(database, member.pupil, day);
    const auto title = school_class ? class_title(database, *school_class) : std::nullopt;
    if (title) member.class_name = title->text();
  }
  std::sort(members.begin(), members.end(), [&](const auto& left, const auto& right) {
    if (left.is_in(day) != right.is_in(day)) return left.is_in(day);
    if (comes_before(left.name, right.name)) return true;
    if (comes_before(right.name, left.name)) return false;
    return std::tie(left.pupil, left.since) < std::tie(right.pupil, right.since);
  });
  return members;
}

}  // namespace

std::vector<GroupTitle> groups_of_year(Database& database, int year, Date today) {
  const Snapshot snapshot(database);
  std::vector<GroupTitle> groups;
  each_row(database,
           std::string(kGroups) +
               "ORDER BY k.grade_level IS NULL, k.grade_level, k.letter, "
               "g.name, g.id",
           {}, [&](const Statement& row) {
             auto group = group_at(row);
             if (group.year == year) groups.push_back(std::move(group));
           });
  for (auto& group : groups) complete(database, group, today);
  return groups;
}

std::optional<GroupPage> group_page(Database& database, std::int64_t group,
                                    std::optional<std::int64_t> school_class, Date today) {
  const Snapshot snapshot(database);
  std::optional<GroupPage> page;
  each_row(database, std::string(kGroups) + "WHERE g.id = ?", {group}, [&](const Statement& row) {
    page = GroupPage{group_at(row), {}, {}};
  });
  if (!page) return page;
  complete(database, page->title, today);
  const auto day = group_day(page->title, today);
  page->members = members_of(database, page->title, day);
  const auto of_class = page->title.school_class ? page->title.school_class : school_class;
  if (!of_class) return page;
  page->others = pupils_of_class(database, *of_class, day);
  std::erase_if(page->others, [&](const NamedPerson& person) {
    return std::any_of(page->members.begin(), page->members.end(), [&](const auto& member) {
      return member.pupil == person.id && member.is_in(day);
    });
  });
  return page;
}

}  // namespace zimnik::journal
