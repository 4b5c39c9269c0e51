#include "schema/import/plan.h"

#include <algorithm>

#include "schema/commands/put.h"
#include "schema/ids.h"
#include "schema/read/periods.h"
#include "sync/core/crypto.h"

namespace zimnik::journal {

namespace {

/// The day on which lessons begin.
Date first_day_of(sync::Database& database, int year) {
  const auto periods = periods_of_year(database, year);
  return periods.empty() ? Date::from(year, 9, 1).value() : periods.front().starts;
}

std::string query_for(const std::string& table) {
  return table == "enrolment" ? "SELECT 1 FROM enrolment e JOIN school_class k ON k.id = "
                                "e.school_class WHERE k.year = ? LIMIT 1"
                              : "SELECT 1 FROM timetable t JOIN course c ON c.id = t.course "
                                "JOIN school_class k ON k.id = c.school_class WHERE k.year = ? "
                                "LIMIT 1";
}

}  // namespace

std::size_t Plan::count(Effect effect) const {
  return static_cast<std::size_t>(
      std::count_if(changes.begin(), changes.end(),
                    [&](const Change& change) { return change.effect == effect; }));
}

std::string Plan::outline() const {
  std::string text;
  for (const auto& change : changes) {
    text += change.file + "\n" + std::to_string(change.line) + "\n" +
            std::to_string(static_cast<int>(change.effect)) + "\n" + change.what.text() + "\n";
    for (const auto& detail : change.details) text += "\t" + detail.text() + "\n";
  }
  for (const auto& fault : faults) text += fault.text() + "\n";
  return text;
}

std::string Plan::digest() const { return sync::sha256({"zimnik import", outline()}).hex(); }

std::int64_t NewIds::next() {
  if (used_ == ids_.size()) ids_.push_back(new_id(school_year_));
  return ids_[used_++];
}

Date first_day_for(sync::Database& database, const std::string& table,
                   const ImportOptions& options) {
  if (options.since) return *options.since;
  const auto first_day = first_day_of(database, options.year);
  const bool has_begun = has_row(database, query_for(table), {std::int64_t{options.year}});
  return has_begun ? std::max(first_day, options.today) : first_day;
}

void carry_out(sync::Command& command, const Plan& plan) {
  if (!plan.faults.empty()) refuse("{1}", {plan.faults.front().text()});
  for (const auto& change : plan.changes) {
    if (!change.write) continue;
    try {
      change.write(command);
    } catch (const sync::Outranked&) {
      throw;
    } catch (const sync::CommandRefused& refused) {
      if (change.line == 0) throw;
      refuse("строка {1}: {2}", {std::to_string(change.line), refused.why().text()});
    }
  }
}

}  // namespace zimnik::journal
