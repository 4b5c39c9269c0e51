#include "hub/console/deeds_pages.h"

#include "hub/deeds.h"
#include "hub/recovery.h"
#include "schema/commands/put.h"
#include "schema/read/acts.h"

namespace zimnik::hub {
namespace {

constexpr std::size_t kTyped = 4;       // digits of an id that confirm
constexpr std::size_t kActDigits = 16;  // of an act's name, on its page and in the table

using web::List;
using web::Values;

std::string short_name(const sync::ListedAct& act) { return act.name.hex().substr(0, kActDigits); }

bool may_undo(const sync::ListedAct& act) {
  return act.in_force && !std::holds_alternative<sync::Forget>(act.act.what);
}

/// Throws unless the form says the beginning of this id.
void require_typed(const net::Fields& form, const std::string& id) {
  if (form.get("typed") != id.substr(0, kTyped)) {
    journal::refuse("для подтверждения введите первые четыре знака номера: {1}",
                    {id.substr(0, kTyped)});
  }
}

}  // namespace

net::Response revoke_form(Console& console, const net::Request& request,
                          const OperatorAccount& visitor) {
  auto* school = console.school_of(request);
  if (school == nullptr) return console.no_school(request, visitor);
  const auto status = status_of(console.hub(), *school);
  const auto& place = request.place.at("site");
  for (const auto& site : status.of_sites) {
    if (site.id.hex() != place || site.is_revoked) continue;
    return console.page(
        request, visitor, "console_revoke", "Отозвать узел",
        {{"id", school->id().hex()},
         {"name", school->entry().name},
         {"site", site.id.hex()},
         {"typed", site.id.hex().substr(0, kTyped)},
         {"site_name", site.name},
         {"exchange", site.exchange ? moment_for_operators(*site.exchange) : std::string("—")}});
  }
  return console.refusal(request, visitor, 404, {"Такого узла нет, или он уже отозван."});
}

net::Response revoke_site(Console& console, const net::Request& request,
                          const OperatorAccount& visitor) {
  auto* school = console.school_of(request);
  if (school == nullptr) return console.no_school(request, visitor);
  return console.submit(request, visitor, [&](const net::Fields& form) {
    const auto& site = request.place.at("site");
    require_typed(form, site);
    const auto made = revoke(console.hub(), visitor.login,
                             {school->id().hex(), site, "", {}, {}, form.get("reason")});
    List lines;
    for (const auto& line : made.lines) lines.push_back(Values{{"line", line}});
    return console.page(request, visitor, "console_revoked", "Узел отозван",
                        {{"id", school->id().hex()},
                         {"name", school->entry().name},
                         {"lines", lines},
                         {"unnoted", made.unnoted},
                         {"is_school_open", made.is_school_open},
                         {"file", console.hub().folder().revocations()}});
  });
}

Values act_values(const sync::ListedAct& act, const web::Translator& translate) {
  return {{"act", short_name(act)},
          {"text", translate(journal::text_of(act, moment_for_operators))},
          {"time", moment_for_operators(act.time)},
          {"author", act.origin.author},
          {"reason", act.act.reason},
          {"in_force", act.in_force},
          {"may_undo", may_undo(act)},
          {"is_of_site", std::holds_alternative<sync::VoidSite>(act.act.what)},
          {"is_of_act", std::holds_alternative<sync::Revoke>(act.act.what)}};
}

std::string recovery_of(Console& console, School& school, const web::Translator& translate) {
  const auto text = recovery_text(console.hub(), school);
  return text ? translate(*text) : std::string();
}

net::Response undo_form(Console& console, const net::Request& request,
                        const OperatorAccount& visitor) {
  auto* school = console.school_of(request);
  if (school == nullptr) return console.no_school(request, visitor);
  const auto acts = school->lock().replica.acts();
  for (const auto& act : acts) {
    if (short_name(act) != request.place.at("act") || !may_undo(act)) continue;
    auto values = act_values(act, console.translator(request));
    values["id"] = school->id().hex();
    values["name"] = school->entry().name;
    values["typed"] = act.name.hex().substr(0, kTyped);
    return console.page(request, visitor, "console_undo", "Отменить акт", std::move(values));
  }
  return console.refusal(request, visitor, 404,
                         {"Такого акта нет, он уже не в силе, или отменить его нельзя."});
}

net::Response undo_act(Console& console, const net::Request& request,
                       const OperatorAccount& visitor) {
  auto* school = console.school_of(request);
  if (school == nullptr) return console.no_school(request, visitor);
  return console.submit(request, visitor, [&](const net::Fields& form) {
    const auto& act = request.place.at("act");
    require_typed(form, act);
    revoke(console.hub(), visitor.login, {school->id().hex(), "", act, {}, {}, form.get("reason")});
    return net::Response::see_other("/school/" + school->id().hex());
  });
}

net::Response accept_form(Console& console, const net::Request& request,
                          const OperatorAccount& visitor) {
  auto* school = console.school_of(request);
  if (school == nullptr) return console.no_school(request, visitor);
  if (!console.hub().recoveries().is_closed(school->id())) {
    return console.refusal(request, visitor, 404, {"Школа не закрыта."});
  }
  return console.page(request, visitor, "console_accept", "Открыть школу",
                      {{"id", school->id().hex()},
                       {"name", school->entry().name},
                       {"typed", school->id().hex().substr(0, kTyped)},
                       {"recovery", recovery_of(console, *school, console.translator(request))}});
}

net::Response accept_school(Console& console, const net::Request& request,
                            const OperatorAccount& visitor) {
  auto* school = console.school_of(request);
  if (school == nullptr) return console.no_school(request, visitor);
  return console.submit(request, visitor, [&](const net::Fields& form) {
    const auto id = school->id().hex();
    require_typed(form, id);
    accept_schools(console.hub(), visitor.login, {id});
    return net::Response::see_other("/school/" + id);
  });
}

}  // namespace zimnik::hub
