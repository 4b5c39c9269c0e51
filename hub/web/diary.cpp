#include "hub/web/diary.h"

#include "hub/web/corrections.h"
#include "hub/web/diary_cache.h"
#include "hub/web/family_values.h"
#include "schema/diary/diary_values.h"
#include "schema/diary/results_values.h"
#include "schema/read/diary_week.h"
#include "schema/read/messages.h"
#include "sync/web/gzip.h"

namespace zimnik::hub {
namespace {

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

/// What a page of the diary is read with.
struct Reading {
  sync::Database& database;
  std::int64_t pupil;
  journal::Date today;  ///< where the school is
  const web::Translator& translate;
};

void note_look(Hub& hub, const Visitor& visitor, const sync::SchoolId& school, std::int64_t pupil) {
  hub.accesses().note({Reader::Kind::family, visitor.account}, school, {pupil}, hub.now());
}

/// What was corrected since the visit before. Notes until when this one lasts.
web::Values correction_values(FamilySite& site, const Visitor& visitor, sync::Database& database,
                              KeptPage& page, const web::Translator& translate) {
  const auto shown = corrigible_values(database, page.pupil, page.today);
  const auto visit =
      site.hub().seen().note({visitor.account, page.school, page.pupil}, shown, site.now());
  page.until = visit.until;
  if (!visit.before) return {};
  const auto corrections = corrections_between(*visit.before, shown, page.today);
  return corrections_values(database, corrections, visit.before->at, page.zone, translate);
}

/// The day that the address names; empty where it names none.
std::string day_text(const net::Request& request, const char* name) {
  const auto day = journal::Date::parse(request.query.get(name));
  return day ? day->text() : "";
}

/// A page of the child's diary with what `read` finds, and as of when that is true. Without values
/// there is no such page. `title` is Russian.
net::Response child_page(FamilySite& site, const net::Request& request, const Visitor& visitor,
                         const char* title,
                         const std::function<web::Values(const Reading&)>& read) {
  auto& hub = site.hub();
  const auto& translate = site.pages().translator(request);
  const DiaryCache::Key key{
      visitor.account,
      request.path + "?" + day_text(request, "week") + "&" + day_text(request, "day"),
      translate.language(), web::accepts_gzip(request.header("accept-encoding"))};
  if (const auto kept = site.diaries().find(key); kept && holds(hub, visitor.account, *kept)) {
    note_look(hub, visitor, kept->school, kept->pupil);
    return kept->response;
  }
  // Both before what is read: that is at least as new as they say.
  KeptPage kept;
  kept.basis = basis_of(hub, visitor.account);
  auto response = for_child(
      site, request, visitor, [&](const Family& family, const FamilyChild& child) -> net::Response {
        kept.school = child.school->id();
        kept.pupil = child.child.pupil;
        kept.freshness = freshness_of(hub, kept.school);
        web::Values values;
        child.school->read([&](sync::Database& database) {
          kept.zone = zone_of(database);
          kept.today = wall_time(site.now(), kept.zone).date;
          values = read({database, kept.pupil, kept.today, translate});
          if (values.empty()) return;
          values.merge(freshness_values(kept.freshness, kept.zone));
          values.merge(correction_values(site, visitor, database, kept, translate));
          const auto unread =
              journal::count_unread(database, kept.pupil, kept.today.school_year(), true);
          if (unread > 0) values["unread"] = unread;
        });
        if (values.empty()) return site.not_found(request);
        values.merge(child_values(family, child, request.path));
        return site.page(request, "diary", translate(title) + ": " + child.child.name.plain(),
                         std::move(values));
      });
  if (response.status != 200) return response;
  kept.response = response;
  site.diaries().keep(key, std::move(kept));
  return response;
}

}  // namespace

net::Response offline_page(FamilySite& site, const net::Request& request) {
  return site.page(request, "offline", "Нет связи", {});
}

net::Response to_diary(FamilySite& site, const net::Request& request, const Visitor& visitor) {
  const auto family = family_of(site.hub(), visitor.account);
  const auto* child = family.first_readable();
  if (child == nullptr) return no_diary(site, request, family, family.silent.empty() ? 200 : 503);
  return net::Response::see_other(diary_path(child->child.pupil));
}

web::Values child_values(const Family& family, const FamilyChild& child, const std::string& here) {
  const auto pupil = child.child.pupil;
  const auto path = diary_path(pupil);
  const auto children = children_values(family, pupil);
  return {{"school", child.school->entry().name},      {"pupil", pupil},
          {"pupil_name", child.child.name.plain()},    {"class_name", child.child.class_name},
          {"has_children", !children.empty()},         {"children", children},
          {"silent", silent_values(family)},           {"diary_path", path},
          {"is_messages", here == path + "/messages"}, {"is_absence", here == path + "/absence"}};
}

net::Response for_child(FamilySite& site, const net::Request& request, const Visitor& visitor,
                        const ChildPage& page) {
  const auto family = family_of(site.hub(), visitor.account);
  const auto* child = family.find(number_from(request.place.at("pupil")));
  if (child == nullptr && family.silent.empty()) return site.not_found(request);
  if (child == nullptr) return no_diary(site, request, family, 503);
  if (!child->is_readable) return no_diary(site, request, family, 403);
  note_look(site.hub(), visitor, child->school->id(), child->child.pupil);
  return page(family, *child);
}

net::Response diary_page(FamilySite& site, const net::Request& request, const Visitor& visitor) {
  const auto wanted = journal::Date::parse(request.query.get("week"));
  return child_page(site, request, visitor, "Дневник", [&](const Reading& at) {
    const auto week = journal::diary_week(at.database, at.pupil, wanted.value_or(at.today));
    return week ? journal::week_values(*week, at.today, at.translate) : web::Values();
  });
}

net::Response day_page(FamilySite& site, const net::Request& request, const Visitor& visitor) {
  const auto wanted = journal::Date::parse(request.query.get("day"));
  return child_page(site, request, visitor, "День", [&](const Reading& at) {
    const auto day = wanted.value_or(at.today);
    const auto week = journal::diary_week(at.database, at.pupil, day);
    return week ? journal::day_values(*week, day, at.today, at.translate) : web::Values();
  });
}

net::Response results_page(FamilySite& site, const net::Request& request, const Visitor& visitor) {
  return child_page(site, request, visitor, "Итоги", [&](const Reading& at) {
    const auto extract = journal::extract_of(at.database, at.pupil, at.today);
    return extract ? journal::results_values(*extract, at.translate) : web::Values();
  });
}

net::Response subject_page(FamilySite& site, const net::Request& request, const Visitor& visitor) {
  const auto wanted = number_from(request.place.at("subject"));
  return child_page(site, request, visitor, "Предмет", [&](const Reading& at) {
    const auto subject = journal::pupil_subject(at.database, at.pupil, wanted, at.today);
    return subject ? journal::subject_values(*subject, at.translate) : web::Values();
  });
}

net::Response schedule_page(FamilySite& site, const net::Request& request, const Visitor& visitor) {
  return child_page(site, request, visitor, "Расписание", [&](const Reading& at) {
    const auto schedule = journal::pupil_schedule(at.database, at.pupil, at.today);
    return schedule ? journal::schedule_values(*schedule, at.translate) : web::Values();
  });
}

}  // namespace zimnik::hub
