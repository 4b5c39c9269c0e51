#include "hub/console/schools_page.h"

#include "hub/console/deeds_pages.h"
#include "hub/console/standing.h"
#include "hub/console/token_pages.h"
#include "hub/deeds.h"
#include "hub/recovery.h"
#include "hub/token_deeds.h"
#include "schema/tables.h"

namespace zimnik::hub {
namespace {

using web::List;
using web::Values;

Values figure_values(const Figure& figure, const web::Translator& translate) {
  return {{"text", translate(figure.text)}, {"is_bad", figure.is_bad}};
}

/// Of a school that was looked at; `is_attended` where an operator should look.
Values school_values(Console& console, const School& school, const web::Translator& translate) {
  const auto surveyed = console.survey().of(school.id());
  Values values{{"id", school.id().hex()},
                {"name", school.entry().name},
                {"is_closed", console.hub().recoveries().is_closed(school.id())},
                {"is_waiting", !surveyed},
                {"fault", surveyed ? surveyed->fault : std::string()}};
  if (!surveyed || !surveyed->fault.empty()) return values;
  const auto standing =
      standing_of(surveyed->status, journal::journal_schema().version, console.hub().now());
  List figures;
  for (const auto* figure :
       {&standing.exchange, &standing.lag, &standing.queue, &standing.version, &standing.skew,
        &standing.forks, &standing.conflicts, &standing.certificate}) {
    figures.push_back(figure_values(*figure, translate));
  }
  values["figures"] = figures;
  return values;
}

bool asks_for_attention(Console& console, const School& school) {
  const auto surveyed = console.survey().of(school.id());
  if (!surveyed) return false;
  if (!surveyed->fault.empty() || console.hub().recoveries().is_closed(school.id())) return true;
  return standing_of(surveyed->status, journal::journal_schema().version, console.hub().now())
      .asks_for_attention();
}

Values site_values(const SiteStatus& site, sync::Time now, const web::Translator& translate) {
  const auto lag = site.is_at_work() ? site.lag() : std::nullopt;
  return {
      {"id", site.id.hex()},
      {"short_id", site.id.hex().substr(0, 8)},
      {"name", site.name},
      {"is_laptop", site.kind == sync::SiteKind::laptop},
      {"is_revoked", site.is_revoked},
      {"is_replaced", site.is_replaced},
      {"lag", lag ? translate(*lag) : std::string()},
      {"exchange", figure_values(ago(site.exchange, now), translate)},
      {"complete", figure_values(ago(site.complete, now), translate)},
      {"lacking", static_cast<std::int64_t>(site.lacking)},
      {"schema", site.schema ? std::to_string(*site.schema) : std::string("—")},
      {"skew", figure_values(skew_figure(site.seen.skew), translate)},
      {"refusals", site.seen.refusals > 0 ? std::to_string(site.seen.refusals) : ""},
      {"last_refusal", site.seen.last_refusal ? moment_for_operators(*site.seen.last_refusal) : ""},
      {"why_refused", site.seen.why_refused},
      {"certificate",
       figure_values(certificate_figure(site.seen.certificate_end, now), translate)}};
}

List acts_of(School& school, const web::Translator& translate) {
  List acts;
  const auto locked = school.lock();
  for (const auto& act : locked.replica.acts()) acts.push_back(act_values(act, translate));
  return acts;
}

}  // namespace

net::Response schools_page(Console& console, const net::Request& request,
                           const OperatorAccount& visitor) {
  const auto& translate = console.translator(request);
  const bool is_filtered = request.query.get("only") == "attention";
  List schools;
  int all = 0, attended = 0;
  for (const auto* school : console.hub().schools()) {
    ++all;
    const bool is_attended = asks_for_attention(console, *school);
    attended += is_attended ? 1 : 0;
    if (is_filtered && !is_attended) continue;
    schools.push_back(school_values(console, *school, translate));
  }
  return console.page(request, visitor, "console_schools", "Школы",
                      {{"schools", schools},
                       {"any", !schools.empty()},
                       {"all", all},
                       {"attended", attended},
                       {"is_filtered", is_filtered},
                       {"may_add", visitor.role == OperatorRole::administrator}});
}

net::Response add_school_page(Console& console, const net::Request& request,
                              const OperatorAccount& visitor) {
  return console.submit(request, visitor, [&](const net::Fields& form) {
    const auto& school = add_school(console.hub(), visitor.login, form.get("name"));
    return net::Response::see_other("/school/" + school.id().hex());
  });
}

net::Response school_page(Console& console, const net::Request& request,
                          const OperatorAccount& visitor) {
  auto* school = console.school_of(request);
  if (school == nullptr) return console.no_school(request, visitor);
  const auto& translate = console.translator(request);
  Values values{{"id", school->id().hex()},
                {"school", school->id().hex()},
                {"name", school->entry().name},
                {"is_closed", console.hub().recoveries().is_closed(school->id())},
                {"may_revoke", visitor.role == OperatorRole::administrator},
                {"most_hours",
                 visitor.role == OperatorRole::administrator ? kTokenHours : kSupportTokenHours}};
  const auto tokens = unused_token_values(console, *school, visitor);
  values["any_tokens"] = !tokens.empty();
  values["tokens"] = tokens;
  try {
    console.survey().look_at(*school);
    values["recovery"] = recovery_of(console, *school, translate);
    // Accounts and reasons stand in acts.
    if (visitor.role == OperatorRole::administrator) values["acts"] = acts_of(*school, translate);
  } catch (const std::runtime_error& error) {
    values["fault"] = error.what();
  }
  const auto surveyed = console.survey().of(school->id());
  if (surveyed && surveyed->fault.empty()) {
    const auto now = console.hub().now();
    List sites;
    for (const auto& site : surveyed->status.of_sites) {
      sites.push_back(site_values(site, now, translate));
    }
    values["any_sites"] = !sites.empty();
    values["sites"] = sites;
    values["leaves"] = static_cast<std::int64_t>(surveyed->status.leaves);
    values["only_here"] = static_cast<std::int64_t>(surveyed->status.only_here);
    values["conflicts"] = surveyed->status.conflicts;
    values["old_conflicts"] = surveyed->status.old_conflicts;
    values["forks"] = surveyed->status.forks;
  }
  return console.page(request, visitor, "console_school", school->entry().name, std::move(values));
}

}  // namespace zimnik::hub
