#include "hub/web/diary.h"

#include "hub/console/access_log.h"
#include "hub/web/family_values.h"
#include "schema/diary/diary_values.h"
#include "schema/read/diary_week.h"
#include "schema/read/messages.h"

namespace zimnik::hub {
namespace {

constexpr std::size_t kMostThreads = 50;  // in which new messages are looked for

/// Why there is nothing to read: no consent, or no child.
net::Response no_diary(FamilySite& site, const net::Request& request, const Family& family,
                       int status) {
  return site.page(request, "no_diary", "Нет доступа",
                   {{"is_without_consent", !family.children.empty()},
                    {"is_without_child", family.children.empty() && !family.members.empty()},
                    {"is_without_code", family.members.empty() && family.silent.empty()},
                    {"silent", silent_values(family)}},
                   status);
}

}  // namespace

net::Response to_diary(FamilySite& site, const net::Request& request, const Visitor& visitor) {
  const auto family = family_of(site.hub(), visitor.account);
  const auto* child = family.first_readable();
  if (child == nullptr) return no_diary(site, request, family, family.silent.empty() ? 200 : 503);
  return net::Response::see_other(diary_path(child->child.pupil));
}

web::Values child_values(const Family& family, const FamilyChild& child, const std::string& here) {
  const auto pupil = child.child.pupil;
  const auto children = children_values(family, pupil);
  return {{"school", child.school->entry().name},
          {"pupil", pupil},
          {"pupil_name", child.child.name.plain()},
          {"class_name", child.child.class_name},
          {"has_children", !children.empty()},
          {"children", children},
          {"silent", silent_values(family)},
          {"is_week", here == diary_path(pupil)},
          {"is_messages", here == diary_path(pupil) + "/messages"},
          {"is_absence", here == diary_path(pupil) + "/absence"}};
}

net::Response for_child(FamilySite& site, const net::Request& request, const Visitor& visitor,
                        const ChildPage& page) {
  const auto family = family_of(site.hub(), visitor.account);
  const auto* child = family.find(number_from(request.place.at("pupil")));
  if (child == nullptr && family.silent.empty()) return site.not_found(request);
  if (child == nullptr) return no_diary(site, request, family, 503);
  if (!child->is_readable) return no_diary(site, request, family, 403);
  AccessLog(site.hub().database())
      .note({Reader::Kind::family, visitor.account}, child->school->id(), {child->child.pupil},
            site.now());
  return page(family, *child);
}

net::Response diary_page(FamilySite& site, const net::Request& request, const Visitor& visitor) {
  return for_child(
      site, request, visitor, [&](const Family& family, const FamilyChild& child) -> net::Response {
        const auto& translate = site.pages().translator(request);
        const auto wanted = journal::Date::parse(request.query.get("week"));
        const auto pupil = child.child.pupil;
        // Before the week: it is at least as new as this says.
        const auto freshness = freshness_of(site.hub(), child.school->id());
        web::Values values;
        std::string name;
        child.school->read([&](sync::Database& database) {
          const auto zone = zone_of(database);
          const auto today = wall_time(site.now(), zone).date;
          const auto week = journal::diary_week(database, pupil, wanted.value_or(today).monday());
          if (!week) return;
          name = week->name.plain();
          values = journal::week_values(*week, today, translate);
          values.merge(freshness_values(freshness, zone));
          const auto threads =
              journal::message_threads(database, pupil, today.school_year(), kMostThreads);
          const auto unread = journal::unread_messages(threads, true).size();
          if (unread > 0) values["unread"] = unread;
        });
        if (values.empty()) return site.not_found(request);
        values.merge(child_values(family, child, diary_path(pupil)));
        return site.page(request, "diary", translate("Дневник") + ": " + name, std::move(values));
      });
}

}  // namespace zimnik::hub
