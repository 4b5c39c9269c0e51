#include "hub/web/own_data.h"

#include <algorithm>

#include "hub/clock.h"
#include "hub/family.h"
#include "hub/web/words.h"
#include "hub/web/writing.h"
#include "schema/commands/family.h"
#include "schema/commands/person.h"
#include "schema/query.h"
#include "schema/read/people.h"
#include "schema/words.h"

namespace zimnik::hub {
namespace {

/// How forms name a member.
std::string word_of(const FamilyMember& member) {
  return member.school->id().hex() + "." + std::to_string(member.person);
}

const FamilyMember* find_member(const Family& family, const std::string& word) {
  const auto found =
      std::find_if(family.members.begin(), family.members.end(),
                   [&](const FamilyMember& member) { return word_of(member) == word; });
  return found == family.members.end() ? nullptr : &*found;
}

std::string text_of(const std::optional<journal::Date>& date) {
  return date ? date->russian() : "";
}

web::Values contact_values(const std::vector<journal::Contact>& contacts, const std::string& kind,
                           int counter) {
  const auto found = std::find_if(contacts.begin(), contacts.end(),
                                  [&](const journal::Contact& it) { return it.kind == kind; });
  const bool is_there = found != contacts.end();
  return {{"counter", counter},
          {"kind", kind},
          {"is_phone", kind == "phone"},
          {"value", is_there ? found->value : ""},
          {"is_there", is_there},
          {"is_own", is_there && found->source == journal::kByGuardian},
          {"source", is_there ? found->source : ""},
          {"date", is_there ? text_of(found->date) : ""}};
}

/// Nothing where the school is too busy.
std::optional<web::Values> member_values(const FamilyMember& member, int first_counter) {
  auto values = entry_values(*member.school);
  if (!values) return std::nullopt;
  member.school->read([&](sync::Database& database) {
    const journal::Snapshot snapshot(database);
    const auto contacts = journal::contacts_of(database, member.person);
    const auto consent = journal::consent_of(database, member.person, journal::kElectronicDiary);
    values->merge({{"member", word_of(member)},
                   {"member_name", journal::name_of(database, member.person).full()},
                   {"member_school", member.school->entry().name},
                   {"contacts", web::List{contact_values(contacts, "phone", first_counter),
                                          contact_values(contacts, "email", first_counter + 1)}},
                   {"consent_entry", web::Values{{"counter", first_counter + 2}}},
                   {"is_granted", consent.state == journal::ConsentState::granted},
                   {"is_refused", consent.state == journal::ConsentState::refused},
                   {"is_own", consent.source == journal::kByGuardian},
                   {"source", consent.source},
                   {"date", text_of(consent.date)}});
  });
  return values;
}

net::Response submit_own(FamilySite& site, const net::Request& request, const Visitor& visitor,
                         const std::function<void(sync::Command&, const net::Fields&, std::int64_t,
                                                  journal::Date)>& write) {
  const auto family = family_of(site.hub(), visitor.account);
  const auto form = request.form().value_or(net::Fields());
  const auto* member = find_member(family, form.get("member"));
  if (member == nullptr) return site.not_found(request);
  return submit(site, request, *member, "/own?saved",
                [&](sync::Command& command, const net::Fields& fields) {
                  const auto today = wall_time(site.now(), zone_of(command.database())).date;
                  write(command, fields, member->person, today);
                });
}

}  // namespace

net::Response own_data_page(FamilySite& site, const net::Request& request, const Visitor& visitor) {
  const auto family = family_of(site.hub(), visitor.account);
  web::List members;
  int counter = 1;
  for (const auto& member : family.members) {
    auto values = member_values(member, counter);
    if (!values) return site.refusal(request, 503, {kSchoolBusy});
    members.push_back(std::move(*values));
    counter += 3;
  }
  const auto* federal = site.federal();
  return site.page(
      request, "own_data", "Мои данные",
      {{"is_saved", request.query.find("saved").has_value()},
       {"has_members", !members.empty()},
       {"members", members},
       {"has_second_factor", site.hub().second_factors().is_on(visitor.account)},
       {"spare_codes", site.hub().second_factors().spare_codes(visitor.account)},
       {"provider", federal == nullptr ? "" : federal->provider.settings().name},
       {"is_bound", site.hub().identities().identity_of(visitor.account).has_value()}});
}

net::Response set_own_contact(FamilySite& site, const net::Request& request,
                              const Visitor& visitor) {
  return submit_own(site, request, visitor,
                    [](sync::Command& command, const net::Fields& form, std::int64_t person,
                       journal::Date today) {
                      journal::set_contact(command, person, form.get("kind"), form.get("value"),
                                           journal::kByGuardian, today);
                    });
}

net::Response set_own_consent(FamilySite& site, const net::Request& request,
                              const Visitor& visitor) {
  return submit_own(site, request, visitor,
                    [](sync::Command& command, const net::Fields& form, std::int64_t person,
                       journal::Date today) {
                      journal::record_consent(command, person, journal::kElectronicDiary,
                                              journal::checked_agreement(form.get("answer")),
                                              journal::kByGuardian, today);
                    });
}

}  // namespace zimnik::hub
