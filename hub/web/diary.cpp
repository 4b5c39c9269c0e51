#include "hub/web/diary.h"

#include "hub/console/access_log.h"
#include "hub/web/family_values.h"
#include "schema/diary/diary_values.h"
#include "schema/read/diary_week.h"

namespace zimnik::hub {
namespace {

/// Why there is nothing to read: no consent, or no child.
net::Response no_diary(FamilySite& site, const net::Request& request, const Family& family,
                       int status) {
  return site.page(request, "no_diary", "Нет доступа",
                   {{"is_without_consent", !family.children.empty()},
                    {"is_without_code", family.children.empty() && family.silent.empty()},
                    {"silent", silent_values(family)}},
                   status);
}

}  // namespace

net::Response to_diary(FamilySite& site, const net::Request& request, const Visitor& visitor) {
  const auto family = family_of(site.hub(), visitor.account);
  const auto* child = family.first_readable();
  if (child == nullptr) return no_diary(site, request, family, family.silent.empty() ? 200 : 503);
  return net::Response::see_other("/diary/" + std::to_string(child->child.pupil));
}

const FamilyChild* readable_child(FamilySite& site, const net::Request& request,
                                  const Family& family, std::optional<net::Response>& refusal) {
  const auto* child = family.find(number_from(request.place.at("pupil")));
  if (child != nullptr && child->is_readable) return child;
  if (child != nullptr) {
    refusal = no_diary(site, request, family, 403);
  } else {
    refusal =
        family.silent.empty() ? site.not_found(request) : no_diary(site, request, family, 503);
  }
  return nullptr;
}

net::Response diary_page(FamilySite& site, const net::Request& request, const Visitor& visitor) {
  const auto family = family_of(site.hub(), visitor.account);
  std::optional<net::Response> refusal;
  const auto* child = readable_child(site, request, family, refusal);
  if (child == nullptr) return *refusal;
  const auto& translate = site.pages().translator(request);
  const auto wanted = journal::Date::parse(request.query.get("week"));
  const auto pupil = child->child.pupil;
  // Before the week: it is at least as new as this says.
  const auto freshness = freshness_of(site.hub(), child->school->id());
  web::Values values;
  std::string name;
  child->school->read([&](sync::Database& database) {
    const auto zone = zone_of(database);
    const auto today = wall_time(site.now(), zone).date;
    const auto week = journal::diary_week(database, pupil, wanted.value_or(today).monday());
    if (!week) return;
    name = week->name.plain();
    values = journal::week_values(*week, today, translate);
    values.merge(freshness_values(freshness, zone));
  });
  if (values.empty()) return site.not_found(request);
  AccessLog(site.hub().database())
      .note({Reader::Kind::family, visitor.account}, child->school->id(), {pupil}, site.now());
  values["school"] = child->school->entry().name;
  values["pupil"] = pupil;
  const auto children = children_values(family, pupil);
  values["has_children"] = !children.empty();
  values["children"] = children;
  values["silent"] = silent_values(family);
  return site.page(request, "diary", translate("Дневник") + ": " + name, std::move(values));
}

}  // namespace zimnik::hub
