// Orders, who is responsible for what by them, and which roles were given to whom.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "schema/dates.h"
#include "schema/read/people.h"
#include "sync/store/database.h"

namespace zimnik::journal {

struct ShownOrder {
  std::int64_t id = 0;
  std::string number, title;
  Date date;
};
/// Of a school year by their days, the latest first.
std::vector<ShownOrder> orders_of_year(sync::Database& database, int year);

struct ShownDuty {
  std::string duty;
  std::int64_t person = 0;
  PersonName name;
  Date since;
  std::optional<Date> until;
  std::string order_number;

  bool has_ended(Date today) const { return until && *until < today; }
};
/// Those that last first, each in order of duty and day.
std::vector<ShownDuty> duties(sync::Database& database, Date today);

struct ShownGrant {
  std::int64_t person = 0;
  PersonName name;
  std::string role;   ///< a word of roles.h
  std::string scope;  ///< empty: the school; «7А», «7А, Алгебра»: a part of it
  std::optional<std::int64_t> course, school_class;
  std::optional<Date> since, until;
  std::string order_number;
};
/// Of staff, those that are in force on the day or will be; in order of names and ranks.
std::vector<ShownGrant> staff_grants(sync::Database& database, Date today);

}  // namespace zimnik::journal
