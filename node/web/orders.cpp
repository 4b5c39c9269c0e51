#include "node/web/orders.h"

#include "node/web/care.h"
#include "node/web/years.h"
#include "schema/access.h"
#include "schema/commands/account.h"
#include "schema/commands/order.h"
#include "schema/commands/put.h"
#include "schema/ids.h"
#include "schema/read/courses.h"
#include "schema/read/in_words.h"
#include "schema/read/orders.h"
#include "schema/words.h"

namespace zimnik::node {

namespace {

using journal::Role;

constexpr const char* kAboveRank = "Роль выше Вашей должности: её даёт и снимает директор.";
constexpr const char* kOwnOffice = "Свою роль директора снять нельзя: её снимает другой директор.";

Role granting_role(const Visitor& visitor) {
  return visitor.roles.has(Role::principal) ? Role::principal : Role::technical_specialist;
}

web::List staff_options(sync::Database& database) {
  web::List options;
  for (const auto& person :
       journal::people_of_kind(database, journal::word_of(journal::PersonKind::staff))) {
    options.push_back(
        web::Values{{"person", std::to_string(person.id)}, {"name", person.name.full()}});
  }
  return options;
}

/// «course:12», «class:7», or empty: a part of the school, as the form names it.
journal::Scope scope_in(const net::Fields& form) {
  const auto text = form.get("scope");
  if (text.empty()) return {};
  const auto colon = text.find(':');
  const auto id = number_from(text.substr(colon == std::string::npos ? 0 : colon + 1));
  if (text.starts_with("course:") && id != 0) return {id, {}};
  if (text.starts_with("class:") && id != 0) return {{}, id};
  journal::refuse("Роль: нет такой части школы");
}

net::Response submit_role(Site& site, const net::Request& request, const Visitor& visitor,
                          const std::function<void(sync::Command&, const net::Fields&,
                                                   std::int64_t person, Role role)>& write) {
  return site.submit(request, visitor, granting_role(visitor), "/roles",
                     [&](sync::Command& command, const net::Fields& form) {
                       const auto role = journal::role_of(form.get("role"));
                       journal::require(role.has_value(), "Нет такой роли");
                       journal::require(journal::may_give_role(command.database(), visitor.person,
                                                               *role, site.today()),
                                        kAboveRank);
                       write(command, form, number_from(form.get("person")), *role);
                     });
}

journal::OrderPaper order_in(const net::Fields& form) {
  return {form.get("number"), journal::checked_date(form.get("date"), "Дата приказа"),
          form.get("title")};
}

net::Response submit_order(Site& site, const net::Request& request, const Visitor& visitor,
                           const Site::Writing& write) {
  const auto role = visitor.roles.has(Role::principal) ? Role::principal : Role::secretary;
  return site.submit(request, visitor, role, "/orders", write);
}

void add_scopes(web::Values& values, sync::Database& database, int year) {
  web::List classes, courses;
  for (const auto& school_class : journal::classes_of_year(database, year)) {
    classes.push_back(web::Values{{"scope", "class:" + std::to_string(school_class.id)},
                                  {"title", school_class.text()}});
  }
  for (const auto& course : journal::courses_of_year(database, year)) {
    courses.push_back(
        web::Values{{"scope", "course:" + std::to_string(course.id)}, {"title", course.text()}});
  }
  values["classes"] = classes;
  values["courses"] = courses;
}

}  // namespace

net::Response orders_page(Site& site, const net::Request& request, const Visitor& visitor) {
  auto values = site.frame(request, visitor);
  const auto today = site.today();
  web::List orders, duties;
  site.journal().read([&](sync::Database& database) {
    const int year = today.school_year();
    for (const auto& order : journal::orders_of_year(database, year)) {
      orders.push_back(web::Values{{"counter", std::to_string(orders.size() + 3)},
                                   {"id", std::to_string(order.id)},
                                   {"number", order.number},
                                   {"date", order.date.russian()},
                                   {"day", order.date.text()},
                                   {"title", order.title}});
    }
    for (const auto& duty : journal::duties(database, today)) {
      duties.push_back(web::Values{{"counter", std::to_string(orders.size() + duties.size() + 3)},
                                   {"duty", duty.duty},
                                   {"person", std::to_string(duty.person)},
                                   {"name", duty.name.full()},
                                   {"since_day", duty.since.text()},
                                   {"since", duty.since.russian()},
                                   {"until", russian(duty.until)},
                                   {"goes_on", !duty.until.has_value()},
                                   {"order", duty.order_number}});
    }
    values["staff"] = staff_options(database);
    values["years"] = year_text(year);
  });
  values["any_orders"] = !orders.empty();
  values["orders"] = orders;
  values["any_duties"] = !duties.empty();
  values["duties"] = duties;
  values["is_principal"] = visitor.roles.has(Role::principal);
  values["duty_entry"] = web::Values{{"counter", std::string("2")}};
  values["today"] = today.text();
  values["people_tabs"] = people_tabs(visitor, "/orders", site.pages().translator(request));
  return site.page(request, "orders", "Приказы и ответственные", std::move(values));
}

net::Response add_order(Site& site, const net::Request& request, const Visitor& visitor) {
  return submit_order(site, request, visitor, [&](sync::Command& command, const net::Fields& form) {
    journal::add_order(command, journal::new_id(site.today().school_year()), order_in(form));
  });
}

net::Response correct_order(Site& site, const net::Request& request, const Visitor& visitor) {
  return submit_order(site, request, visitor, [](sync::Command& command, const net::Fields& form) {
    journal::correct_order(command, number_from(form.get("order")), order_in(form));
  });
}

net::Response assign_duty(Site& site, const net::Request& request, const Visitor& visitor) {
  return site.submit(request, visitor, Role::principal, "/orders",
                     [&](sync::Command& command, const net::Fields& form) {
                       journal::assign_duty(command, form.get("duty"),
                                            number_from(form.get("person")),
                                            journal::checked_date(form.get("since"), "Первый день"),
                                            day_or_nothing(form, "until", "Последний день"),
                                            form.get("order_number"));
                     });
}

net::Response end_duty(Site& site, const net::Request& request, const Visitor& visitor) {
  return site.submit(request, visitor, Role::principal, "/orders",
                     [&](sync::Command& command, const net::Fields& form) {
                       journal::end_duty(
                           command, form.get("duty"), number_from(form.get("person")),
                           journal::checked_date(form.get("since"), "Первый день"),
                           journal::checked_date(form.get("last_day"), "Последний день"));
                     });
}

net::Response roles_page(Site& site, const net::Request& request, const Visitor& visitor) {
  auto values = site.frame(request, visitor);
  const auto today = site.today();
  const auto& translate = site.pages().translator(request);
  web::List grants, roles;
  site.journal().read([&](sync::Database& database) {
    for (const auto& grant : journal::staff_grants(database, today)) {
      const auto role = journal::role_of(grant.role);
      grants.push_back(
          web::Values{{"counter", std::to_string(grants.size() + 2)},
                      {"person", std::to_string(grant.person)},
                      {"name", grant.name.full()},
                      {"role", grant.role},
                      {"role_title", translate(journal::role_name(grant.role))},
                      {"scope", grant.scope},
                      {"scope_word", journal::Scope{grant.course, grant.school_class}.text()},
                      {"since", russian(grant.since)},
                      {"until", russian(grant.until)},
                      {"order", grant.order_number},
                      {"may_withdraw",
                       role && journal::may_give_role(database, visitor.person, *role, today)}});
    }
    for (const auto role : journal::kRoles) {
      if (!journal::kStaffRoles.has(role)) continue;
      if (!journal::may_give_role(database, visitor.person, role, today)) continue;
      const std::string word(journal::word_of(role));
      roles.push_back(
          web::Values{{"role", word}, {"role_title", translate(journal::role_name(word))}});
    }
    values["staff"] = staff_options(database);
    add_scopes(values, database, journal::year_at_work(database, today));
  });
  values["grants"] = grants;
  values["roles"] = roles;
  values["today"] = today.text();
  values["people_tabs"] = people_tabs(visitor, "/roles", translate);
  return site.page(request, "roles", "Роли", std::move(values));
}

net::Response grant_role(Site& site, const net::Request& request, const Visitor& visitor) {
  return submit_role(
      site, request, visitor,
      [&](sync::Command& command, const net::Fields& form, std::int64_t person, Role role) {
        journal::require(!journal::trimmed(form.get("order_number")).empty(),
                         "Роль дают по приказу: впишите его номер");
        journal::grant_role(command, person, role, scope_in(form), form.get("order_number"),
                            journal::checked_date(form.get("since"), "Первый день"),
                            day_or_nothing(form, "until", "Последний день"));
      });
}

net::Response withdraw_role(Site& site, const net::Request& request, const Visitor& visitor) {
  return submit_role(
      site, request, visitor,
      [&](sync::Command& command, const net::Fields& form, std::int64_t person, Role role) {
        journal::require(role != Role::principal || person != visitor.person, kOwnOffice);
        journal::withdraw_role(command, person, role, scope_in(form), form.get("order_number"));
      });
}

}  // namespace zimnik::node
