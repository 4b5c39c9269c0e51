#include "node/web/frost_days.h"

#include "schema/commands/frost_day.h"
#include "schema/commands/put.h"
#include "schema/read/frost_days.h"
#include "schema/read/setup.h"

namespace zimnik::node {

namespace {

web::Values values_of(const journal::FrostDay& day, std::size_t counter) {
  return {{"counter", std::to_string(counter)},
          {"branch", std::to_string(day.branch)},
          {"building", day.branch_name},
          {"shift", std::to_string(day.shift)},
          {"date", day.date.text()},
          {"day", day.date.russian()},
          {"through", std::to_string(day.through_grade)},
          {"source", day.source}};
}

web::List values_of(const std::vector<journal::FrostDay>& days) {
  web::List values;
  for (const auto& day : days) values.push_back(values_of(day, values.size() + 2));
  return values;
}

web::List choices(const std::vector<journal::BranchName>& branches) {
  web::List values;
  for (const auto& it : branches) {
    values.push_back(web::Values{{"id", std::to_string(it.id)}, {"name", it.name}});
  }
  return values;
}

}  // namespace

net::Response frost_days_page(Site& site, const net::Request& request, const Visitor& visitor) {
  auto values = site.frame(request, visitor);
  const auto today = site.today();
  const int year = today.school_year();
  site.journal().read([&](sync::Database& database) {
    const auto days = journal::frost_days(database, *journal::Date::from(year, 8, 1),
                                          *journal::Date::from(year + 1, 7, 31));
    values["empty"] = days.empty();
    values["days"] = values_of(days);
    values["branches"] = choices(journal::branches(database));
  });
  values["is_head"] = visitor.is_head();
  values["today"] = today.text();
  return site.page(request, "frost_days", "Актированные дни", std::move(values));
}

net::Response announce_frost_day(Site& site, const net::Request& request, const Visitor& visitor) {
  return site.submit(request, visitor, visitor.role(), "/frost-days",
                     [&](sync::Command& command, const net::Fields& form) {
                       journal::set_frost_day(command, number_from(form.get("branch")),
                                              static_cast<int>(number_from(form.get("shift"))),
                                              journal::checked_date(form.get("date"), "День"),
                                              static_cast<int>(number_from(form.get("through"))),
                                              form.get("source"));
                     });
}

net::Response withdraw_frost_day(Site& site, const net::Request& request, const Visitor& visitor) {
  return site.submit(request, visitor, visitor.role(), "/frost-days",
                     [&](sync::Command& command, const net::Fields& form) {
                       journal::remove_frost_day(command, number_from(form.get("branch")),
                                                 static_cast<int>(number_from(form.get("shift"))),
                                                 journal::checked_date(form.get("date"), "День"));
                     });
}

web::List frost_on(Site& site, journal::Date date) {
  return site.journal().read([&](sync::Database& database) {
    return values_of(journal::frost_days(database, date, date));
  });
}

}  // namespace zimnik::node
