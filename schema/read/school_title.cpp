#include "schema/read/school_title.h"

#include "schema/commands/school.h"
#include "schema/query.h"

namespace zimnik::journal {

std::string SchoolTitle::text() const {
  return settlement.empty() ? name : name + ", " + settlement;
}

SchoolTitle school_title(sync::Database& database) {
  SchoolTitle title;
  each_row(database, "SELECT name, settlement, time_zone FROM school WHERE id = ?", {kSchool},
           [&](const sync::Statement& row) {
             title = {string_at(row, 0), string_at(row, 1), string_at(row, 2)};
           });
  return title;
}

std::string absence_text(sync::Database& database) {
  return one_text(database, "SELECT absence_message FROM school WHERE id = ?", {kSchool})
      .value_or("");
}

}  // namespace zimnik::journal
