#include "hub/console/leak.h"

#include <algorithm>
#include <map>
#include <stdexcept>

#include "hub/access_log.h"
#include "hub/console/operator_store.h"
#include "hub/query.h"
#include "sync/core/encoding.h"

namespace zimnik::hub {
namespace {

using journal::text_value;
using sync::Database;
using sync::Statement;

constexpr std::string_view kApiKey = "api:";

std::vector<Leak> leaks_where(Database& database, const std::string& condition,
                              std::initializer_list<sync::Value> values) {
  std::vector<Leak> leaks;
  journal::each_row(database,
                    "SELECT number, noticed_at, opened_at, opened_by, what, account, school, "
                    "from_at, until_at, notified_at, inquiry_at FROM leak WHERE " +
                        condition + " ORDER BY number DESC",
                    values, [&](const Statement& row) {
                      Leak leak;
                      leak.number = row.integer(0);
                      leak.noticed = {row.integer(1)};
                      leak.opened = {row.integer(2)};
                      leak.opened_by = row.text(3);
                      leak.what = row.text(4);
                      leak.account = row.text(5);
                      if (!row.is_null(6)) leak.school = sync::SchoolId::from(row.blob(6));
                      leak.from = {row.integer(7)};
                      leak.until = {row.integer(8)};
                      leak.notified = time_at(row, 9);
                      leak.inquired = time_at(row, 10);
                      leaks.push_back(std::move(leak));
                    });
  return leaks;
}

/// All people whom the school's journal has.
std::vector<Touched> all_of(Hub& hub, const sync::SchoolId& id) {
  auto* school = hub.find(id);
  if (school == nullptr) return {};
  return school->read([&](Database& database) {
    std::vector<Touched> touched;
    journal::each_row(database, "SELECT id FROM person ORDER BY id", {}, [&](const Statement& row) {
      touched.push_back({id, row.integer(0), 0, {}, {}});
    });
    return touched;
  });
}

/// The accounts of that login: a family's and an operator's may have the same. A key of the API by
/// its number: «api:7», which is no login.
std::vector<Reader> readers_of(Hub& hub, const std::string& login) {
  std::vector<Reader> readers;
  if (login.starts_with(kApiKey)) {
    const auto number = sync::from_decimal(std::string_view(login).substr(kApiKey.size()));
    if (number) readers.push_back({Reader::Kind::api, *number});
  }
  if (const auto family = hub.families().account_of(login)) {
    readers.push_back({Reader::Kind::family, family->id});
  }
  if (const auto found = OperatorStore(hub.database()).find(login)) {
    readers.push_back({Reader::Kind::console, found->id});
  }
  return readers;
}

using ByPerson = std::map<std::pair<sync::SchoolId, std::int64_t>, Touched>;

void add(ByPerson& touched, const Access& access) {
  const auto [place, is_new] = touched.try_emplace(
      {access.school, access.person},
      Touched{access.school, access.person, access.count, access.first, access.last});
  if (is_new) return;
  auto& found = place->second;
  found.looks += access.count;
  found.first = std::min(found.first, std::optional(access.first));
  found.last = std::max(found.last, std::optional(access.last));
}

}  // namespace

std::int64_t LeakStore::open(const Leak& leak) {
  return database_.run([&](Database& database) {
    run_sql(database,
            "INSERT INTO leak (noticed_at, opened_at, opened_by, what, account, school, from_at, "
            "until_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            {leak.noticed.ms, leak.opened.ms, text_value(leak.opened_by), text_value(leak.what),
             text_value(leak.account), leak.school ? blob_value(*leak.school) : sync::Value(),
             leak.from.ms, leak.until.ms});
    return journal::one_integer(database, "SELECT max(number) FROM leak", {}).value();
  });
}

std::optional<Leak> LeakStore::find(std::int64_t number) {
  return database_.run([&](Database& database) -> std::optional<Leak> {
    auto leaks = leaks_where(database, "number = ?", {number});
    if (leaks.empty()) return std::nullopt;
    return std::move(leaks.front());
  });
}

std::vector<Leak> LeakStore::all() {
  return database_.run([](Database& database) { return leaks_where(database, "1", {}); });
}

void LeakStore::note_notified(std::int64_t number, sync::Time at) {
  database_.run([&](Database& database) {
    run_sql(database, "UPDATE leak SET notified_at = coalesce(notified_at, ?) WHERE number = ?",
            {at.ms, number});
  });
}

void LeakStore::note_inquired(std::int64_t number, sync::Time at) {
  database_.run([&](Database& database) {
    run_sql(database, "UPDATE leak SET inquiry_at = coalesce(inquiry_at, ?) WHERE number = ?",
            {at.ms, number});
  });
}

std::vector<Touched> touched_by(Hub& hub, const Leak& leak) {
  if (leak.school) return all_of(hub, *leak.school);
  auto& log = hub.accesses();
  ByPerson by_person;
  if (leak.account.empty()) {
    for (const auto& access : log.between(leak.from, leak.until)) add(by_person, access);
  } else {
    for (const auto& reader : readers_of(hub, leak.account)) {
      for (const auto& access : log.between(leak.from, leak.until, reader)) add(by_person, access);
    }
  }
  std::vector<Touched> touched;
  for (auto& [key, person] : by_person) touched.push_back(std::move(person));
  return touched;
}

}  // namespace zimnik::hub
