#include "schema/read/orders.h"

#include <algorithm>
#include <charconv>
#include <tuple>

#include "schema/query.h"
#include "schema/read/courses.h"
#include "schema/roles.h"
#include "schema/words.h"

namespace zimnik::journal {

using sync::Database;
using sync::Statement;

namespace {

/// The id behind a word as role_grant.scope has it: «course:12».
std::optional<std::int64_t> id_behind(std::string_view scope, std::string_view word) {
  if (!scope.starts_with(word)) return std::nullopt;
  scope.remove_prefix(word.size());
  std::int64_t id = 0;
  const auto end = scope.data() + scope.size();
  const auto [at, error] = std::from_chars(scope.data(), end, id);
  return error == std::errc() && at == end ? std::optional(id) : std::nullopt;
}

std::string scope_title(Database& database, const ShownGrant& grant) {
  if (grant.course) {
    const auto course = course_title(database, *grant.course);
    return course ? course->text() : "—";
  }
  if (!grant.school_class) return "";
  const auto school_class = class_title(database, *grant.school_class);
  return school_class ? school_class->text() : "—";
}

int rank_of_word(const std::string& word) {
  const auto role = role_of(word);
  return role ? rank_of(*role) : 0;
}

}  // namespace

std::vector<ShownOrder> orders_of_year(Database& database, int year) {
  std::vector<ShownOrder> orders;
  each_row(database, "SELECT id, number, title, date FROM school_order ORDER BY date DESC, id DESC",
           {}, [&](const Statement& row) {
             const auto date = date_at(row, 3);
             if (!date || date->school_year() != year) return;
             orders.push_back({row.integer(0), string_at(row, 1), string_at(row, 2), *date});
           });
  return orders;
}

std::vector<ShownDuty> duties(Database& database, Date today) {
  std::vector<ShownDuty> found;
  each_row(database,
           "SELECT r.duty, r.person, p.family_name, p.given_name, p.patronymic, r.since, r.until, "
           "r.order_number FROM responsibility r LEFT JOIN person p ON p.id = r.person",
           {}, [&](const Statement& row) {
             const auto since = date_at(row, 5);
             if (!since) return;
             found.push_back({string_at(row, 0), row.integer(1), PersonName::at(row, 2), *since,
                              date_at(row, 6), string_at(row, 7)});
           });
  std::sort(found.begin(), found.end(), [&](const ShownDuty& left, const ShownDuty& right) {
    const auto order = [&](const ShownDuty& duty) {
      return std::tuple(duty.has_ended(today), duty.duty, duty.since, duty.person);
    };
    return order(left) < order(right);
  });
  return found;
}

std::vector<ShownGrant> staff_grants(Database& database, Date today) {
  const Snapshot snapshot(database);
  std::vector<ShownGrant> grants;
  each_row(database,
           "SELECT g.person, p.family_name, p.given_name, p.patronymic, g.role, g.scope, g.since, "
           "g.until, g.order_number FROM role_grant g JOIN person p ON p.id = g.person "
           "WHERE p.kind = ? AND g.state = ? AND (g.until IS NULL OR g.until >= ?)",
           {text_value(word_of(PersonKind::staff)), text_value(kGranted), date_value(today)},
           [&](const Statement& row) {
             const auto scope = string_at(row, 5);
             grants.push_back({row.integer(0), PersonName::at(row, 1), string_at(row, 4), "",
                               id_behind(scope, "course:"), id_behind(scope, "class:"),
                               date_at(row, 6), date_at(row, 7), string_at(row, 8)});
           });
  for (auto& grant : grants) grant.scope = scope_title(database, grant);
  std::sort(grants.begin(), grants.end(), [](const ShownGrant& left, const ShownGrant& right) {
    if (comes_before(left.name, right.name)) return true;
    if (comes_before(right.name, left.name)) return false;
    return std::tuple(left.person, -rank_of_word(left.role), left.role, left.scope) <
           std::tuple(right.person, -rank_of_word(right.role), right.role, right.scope);
  });
  return grants;
}

}  // namespace zimnik::journal
