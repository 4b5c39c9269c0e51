#include "schema/read/incidents.h"

#include "schema/query.h"

namespace zimnik::journal {

using sync::Database;
using sync::Statement;

namespace {

std::vector<Incident> incidents_where(Database& database, const std::string& condition,
                                      std::initializer_list<sync::Value> values) {
  std::vector<Incident> found;
  each_row(database,
           "SELECT id, login, what, reported_at, principal_received_at, support_received_at, act "
           "FROM incident WHERE " +
               condition + " ORDER BY reported_at DESC, id",
           values, [&](const Statement& row) {
             const auto time = [&](int column) -> std::optional<sync::Time> {
               if (row.is_null(column)) return std::nullopt;
               return sync::Time{row.integer(column)};
             };
             Incident incident{row.integer(0),
                               string_at(row, 1),
                               string_at(row, 2),
                               {row.integer(3)},
                               time(4),
                               time(5),
                               {}};
             if (row.blob(6).size() == sync::Hash::kSize) {
               incident.act = sync::Hash::from(row.blob(6));
             }
             found.push_back(std::move(incident));
           });
  return found;
}

}  // namespace

std::vector<Incident> incidents(Database& database) { return incidents_where(database, "1", {}); }

std::optional<Incident> incident(Database& database, std::int64_t id) {
  auto found = incidents_where(database, "id = ?", {id});
  return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
}

}  // namespace zimnik::journal
