#include "node/web/accounts.h"

#include <map>

#include "node/web/region_code.h"
#include "schema/commands/account.h"
#include "schema/commands/incident.h"
#include "schema/commands/person.h"
#include "schema/commands/put.h"
#include "schema/deadlines.h"
#include "schema/ids.h"
#include "schema/limits.h"
#include "schema/logins.h"
#include "schema/read/courses.h"
#include "schema/read/family.h"
#include "schema/read/in_words.h"
#include "schema/read/people.h"
#include "sync/web/one_time_code.h"

namespace zimnik::node {

using journal::Role;

namespace {

constexpr const char* kOutranks = "Это может только директор";
constexpr sync::Time kDay{24LL * 3600 * 1000};

/// One who has an account, or could.
struct Owner {
  std::int64_t person = 0;
  journal::PersonName name;
  std::optional<journal::Account> account;
};

/// A code that is shown once.
struct Slip {
  std::string login;
  std::int64_t person = 0;
  std::string code = web::new_code();
};

std::vector<journal::NamedPerson> staff_of(sync::Database& database) {
  return journal::people_of_kind(database, "staff");
}

/// Its pupils, each with the guardians after it.
std::vector<journal::NamedPerson> people_of_class(sync::Database& database, std::int64_t id,
                                                  journal::Date today) {
  std::vector<journal::NamedPerson> people;
  for (auto& pupil : journal::pupils_of_class(database, id, today)) {
    people.push_back(pupil);
    for (auto& guardian : journal::guardians_of(database, pupil.id, today)) {
      people.push_back({guardian.id, guardian.name});
    }
  }
  return people;
}

/// Guardians of its pupils who consented to the electronic diary, each once.
std::vector<journal::NamedPerson> readers_of_class(sync::Database& database, std::int64_t id,
                                                   journal::Date today) {
  std::map<std::int64_t, journal::NamedPerson> readers;
  for (const auto& pupil : journal::pupils_of_class(database, id, today)) {
    for (auto& guardian : journal::guardians_of(database, pupil.id, today)) {
      if (guardian.consent.state != journal::ConsentState::granted) continue;
      readers.emplace(guardian.id, journal::NamedPerson{guardian.id, guardian.name});
    }
  }
  std::vector<journal::NamedPerson> people;
  for (auto& [person, reader] : readers) people.push_back(std::move(reader));
  return people;
}

std::vector<Owner> owners_of(sync::Database& database,
                             const std::vector<journal::NamedPerson>& people) {
  std::multimap<std::int64_t, journal::Account> accounts;
  for (auto& account : journal::accounts(database)) accounts.emplace(account.person, account);
  std::vector<Owner> owners;
  for (const auto& person : people) {
    const auto [begin, end] = accounts.equal_range(person.id);
    if (begin == end) owners.push_back({person.id, person.name, {}});
    for (auto at = begin; at != end; ++at) owners.push_back({person.id, person.name, at->second});
  }
  return owners;
}

std::string roles_of(sync::Database& database, std::int64_t person, journal::Date today,
                     const web::Translator& translate) {
  auto roles = journal::family_roles_of(database, person, today);
  for (const auto& grant : journal::grants_of(database, person, today)) roles.add(grant.role);
  std::string text;
  for (const auto role : journal::kRoles) {
    if (!roles.has(role)) continue;
    text += (text.empty() ? "" : ", ") +
            translate(journal::role_name(std::string(journal::word_of(role))));
  }
  return text;
}

/// The name of an issuer's server, which is what people know it by.
std::string host_of(const std::string& issuer) {
  const auto start = issuer.find("://");
  const auto host = start == std::string::npos ? issuer : issuer.substr(start + 3);
  return host.substr(0, host.find('/'));
}

web::Values values_of(const Owner& owner, const std::string& roles, bool may_manage,
                      std::size_t counter) {
  web::Values values{{"person", std::to_string(owner.person)},
                     {"person_name", owner.name.full()},
                     {"roles", roles},
                     {"may_manage", may_manage},
                     {"counter", std::to_string(counter)},
                     {"has_account", owner.account.has_value()}};
  if (owner.account) {
    values["account"] = owner.account->login;
    values["is_open"] = owner.account->is_open;
    values["has_code"] = !owner.account->code_hash.empty();
  }
  return values;
}

web::List tabs_of(sync::Database& database, journal::Date today, std::int64_t chosen) {
  web::List tabs;
  for (const auto& it :
       journal::classes_of_year(database, journal::year_at_work(database, today))) {
    tabs.push_back(web::Values{
        {"id", std::to_string(it.id)}, {"text", it.text()}, {"is_here", it.id == chosen}});
  }
  return tabs;
}

/// Roles that the visitor may give a new member of the staff.
web::List choices_of(sync::Database& database, const Visitor& visitor, journal::Date today,
                     const web::Translator& translate) {
  web::List choices;
  for (const auto role : journal::kRoles) {
    if (!journal::kStaffRoles.has(role) ||
        !journal::may_give_role(database, visitor.person, role, today))
      continue;
    const std::string word(journal::word_of(role));
    choices.push_back(web::Values{{"word", word},
                                  {"text", translate(journal::role_name(word))},
                                  {"is_usual", role == Role::subject_teacher}});
  }
  return choices;
}

sync::Time code_end(sync::Time now) { return {now.ms + journal::limits::kCodeDays * kDay.ms}; }

void issue(sync::Command& command, const Slip& slip, sync::Time now) {
  journal::issue_code(command, slip.login, web::hash_of_code(slip.code).hex(), code_end(now));
}

/// An account without a password: its code comes first. Whoever guesses has nothing to guess at.
void open_account(sync::Command& command, const Slip& slip, sync::Time now) {
  journal::add_account(command, slip.login, slip.person, "-");
  issue(command, slip, now);
}

net::Response show_slips(Site& site, const net::Request& request, const Visitor& visitor,
                         const std::vector<Slip>& slips) {
  auto values = site.frame(request, visitor);
  web::List list;
  site.journal().read([&](sync::Database& database) {
    for (const auto& slip : slips) {
      list.push_back(web::Values{{"owner", journal::name_of(database, slip.person).full()},
                                 {"account", slip.login},
                                 {"code", web::code_in_groups(slip.code)}});
    }
  });
  values["slips"] = list;
  values["address"] = request.header("host");
  values["until"] = journal::local_time(code_end(site.now())).date.russian();
  return site.page(request, "account_codes", "Коды для входа", std::move(values));
}

/// Runs a form that issues codes: `write` says which. They are shown in the answer itself, so they
/// stand in no address and are nowhere kept.
using Issuing = std::function<std::vector<Slip>(sync::Command&, const net::Fields&)>;
net::Response issue_and_show(Site& site, const net::Request& request, const Visitor& visitor,
                             const Issuing& write) {
  std::vector<Slip> slips;
  auto answer = site.submit(
      request, visitor, visitor.role(), "/accounts",
      [&](sync::Command& command, const net::Fields& form) { slips = write(command, form); });
  return answer.status == 303 ? show_slips(site, request, visitor, slips) : std::move(answer);
}

/// The account that a form names, if the visitor may manage it.
journal::Account named(sync::Database& database, const Visitor& visitor, const net::Fields& form,
                       journal::Date today) {
  auto account = journal::account_of(database, form.get("account"));
  if (!account) journal::refuse("Нет такой учётной записи");
  journal::require(journal::may_manage_account(database, visitor.person, account->person, today),
                   kOutranks);
  return std::move(*account);
}

/// A new member of the staff, as the form describes it. Gives the person's id, which has a key.
std::int64_t hire(sync::Command& command, std::int64_t person, const Visitor& visitor,
                  const net::Fields& form, journal::Date today) {
  const auto role = journal::role_of(form.get("role"));
  journal::require(role.has_value(), "Выберите роль");
  journal::require(journal::may_give_role(command.database(), visitor.person, *role, today),
                   kOutranks);
  journal::add_person(
      command, person, journal::PersonKind::staff,
      {journal::trimmed(form.get("family_name")), journal::trimmed(form.get("given_name")),
       journal::trimmed(form.get("patronymic"))});
  journal::grant_role(command, person, *role, {}, journal::trimmed(form.get("order")), today);
  return person;
}

}  // namespace

net::Response accounts_page(Site& site, const net::Request& request, const Visitor& visitor) {
  auto values = site.frame(request, visitor);
  const auto translate = site.pages().translator(request);
  const auto today = site.today();
  const auto school_class = number_from(request.query.get("class"));
  web::List list;
  site.journal().read([&](sync::Database& database) {
    const auto people =
        school_class != 0 ? people_of_class(database, school_class, today) : staff_of(database);
    for (const auto& owner : owners_of(database, people)) {
      auto row =
          values_of(owner, roles_of(database, owner.person, today, translate),
                    journal::may_manage_account(database, visitor.person, owner.person, today),
                    list.size() + 2);
      const auto issuer = journal::federal_identity_of(database, owner.person);
      if (issuer) row["federal"] = host_of(*issuer);
      row["may_have_region_code"] = may_issue_region_code(database, visitor, owner.person);
      list.push_back(std::move(row));
    }
    values["classes"] = tabs_of(database, today, school_class);
    values["roles"] = choices_of(database, visitor, today, translate);
  });
  values["owners"] = list;
  values["is_class"] = school_class != 0;
  values["school_class"] = std::to_string(school_class);
  return site.page(request, "accounts", "Логины", std::move(values));
}

net::Response add_account(Site& site, const net::Request& request, const Visitor& visitor) {
  const auto new_person = journal::new_id(site.today().school_year());
  const auto form = request.form().value_or(net::Fields());
  const auto known = number_from(form.get("person"));
  if (known == 0) site.journal().make_person_keys({new_person});
  return issue_and_show(
      site, request, visitor, [&](sync::Command& command, const net::Fields& fields) {
        const auto today = site.today();
        const auto person = known != 0 ? known : hire(command, new_person, visitor, fields, today);
        auto& database = command.database();
        journal::require(
            known == 0 || journal::may_manage_account(database, visitor.person, person, today),
            kOutranks);
        const auto name = journal::name_of(database, person);
        auto login = journal::trimmed(fields.get("account"));
        if (login.empty()) login = journal::free_login(database, name.family_name, name.given_name);
        const Slip slip{login, person};
        open_account(command, slip, site.now());
        return std::vector{slip};
      });
}

net::Response add_class_accounts(Site& site, const net::Request& request, const Visitor& visitor) {
  return issue_and_show(
      site, request, visitor, [&](sync::Command& command, const net::Fields& form) {
        std::vector<Slip> slips;
        auto& database = command.database();
        const auto today = site.today();
        const auto people =
            form.get("whom") == "guardians"
                ? readers_of_class(database, number_from(form.get("class")), today)
                : journal::pupils_of_class(database, number_from(form.get("class")), today);
        for (const auto& owner : owners_of(database, people)) {
          if (owner.account || !owner.name.is_readable()) continue;
          slips.push_back(
              {journal::free_login(database, owner.name.family_name, owner.name.given_name),
               owner.person});
          open_account(command, slips.back(), site.now());
        }
        journal::require(!slips.empty(), "Здесь логины уже есть у всех, кому их можно завести");
        return slips;
      });
}

net::Response issue_account_code(Site& site, const net::Request& request, const Visitor& visitor) {
  return issue_and_show(
      site, request, visitor, [&](sync::Command& command, const net::Fields& form) {
        const auto account = named(command.database(), visitor, form, site.today());
        journal::require(account.is_open, "Логин закрыт: сначала откройте его");
        const Slip slip{account.login, account.person};
        issue(command, slip, site.now());
        return std::vector{slip};
      });
}

net::Response close_account(Site& site, const net::Request& request, const Visitor& visitor) {
  std::string login;
  bool is_stolen = false;
  auto answer = site.submit(request, visitor, visitor.role(), "/accounts",
                            [&](sync::Command& command, const net::Fields& form) {
                              login = named(command.database(), visitor, form, site.today()).login;
                              journal::require(login != visitor.login,
                                               "Свой логин закрыть нельзя: попросите директора");
                              journal::lock_account(command, login);
                              is_stolen = !form.get("stolen").empty();
                              if (!is_stolen) return;
                              const auto incident = journal::new_id(site.today().school_year());
                              journal::report_incident(command, incident, login,
                                                       "Логин закрыт как украденный", site.now());
                              visitor.roles.has(Role::principal)
                                  ? journal::receive_as_principal(command, incident, site.now())
                                  : journal::receive_as_support(command, incident, site.now());
                            });
  if (answer.status != 303) return answer;
  site.state().close_sessions_of(login);
  return is_stolen ? net::Response::see_other("/incidents") : std::move(answer);
}

net::Response reopen_account(Site& site, const net::Request& request, const Visitor& visitor) {
  return site.submit(request, visitor, visitor.role(), "/accounts",
                     [&](sync::Command& command, const net::Fields& form) {
                       const auto account = named(command.database(), visitor, form, site.today());
                       journal::unlock_account(command, account.login);
                     });
}

net::Response password_page(Site& site, const net::Request& request, const Visitor& visitor) {
  return site.page(request, "password", "Замена пароля", site.frame(request, visitor));
}

net::Response change_password(Site& site, const net::Request& request, const Visitor& visitor) {
  return site.door().change_password(request, visitor);
}

}  // namespace zimnik::node
