#include "node/web/diary.h"

#include "node/web/messages.h"
#include "schema/access.h"
#include "schema/diary/diary_values.h"
#include "schema/diary/results_values.h"
#include "schema/read/diary_week.h"
#include "schema/read/family.h"

namespace zimnik::node {

using journal::Role;

namespace {

constexpr const char* kNoDiary = "Такого дневника нет, или он не для Вас.";

std::string path_of(std::int64_t pupil) { return "/diary/" + std::to_string(pupil); }

/// Whose diaries the visitor reads as one of the family, in order of their names.
std::vector<journal::Child> children_for(sync::Database& database, const Visitor& visitor,
                                         journal::Date today) {
  if (!visitor.roles.has(Role::guardian)) return {};
  auto children = journal::children_of(database, visitor.person, today);
  std::erase_if(children, [&](const journal::Child& child) {
    return !journal::may_read_diary(database, visitor.person, child.pupil, today);
  });
  return children;
}

bool is_of_family(sync::Database& database, const Visitor& visitor, std::int64_t pupil,
                  journal::Date today) {
  if (visitor.person == pupil) return visitor.roles.has(Role::pupil);
  return visitor.roles.has(Role::guardian) &&
         journal::may_read_diary(database, visitor.person, pupil, today);
}

Role family_role(const Visitor& visitor) {
  return visitor.roles.has(Role::guardian) ? Role::guardian : Role::pupil;
}

web::List children_values(const std::vector<journal::Child>& children, std::int64_t shown) {
  web::List values;
  if (children.size() < 2) return values;
  for (const auto& child : children) {
    values.push_back(web::Values{{"href", path_of(child.pupil)},
                                 {"child_name", child.name.given_name},
                                 {"child_class", child.class_name},
                                 {"is_here", child.pupil == shown}});
  }
  return values;
}

/// Whose diary it is, the ways to its other pages and to those of the family's other children.
void add_family(web::Values& values, sync::Database& database, const Visitor& visitor,
                std::int64_t pupil, journal::Date today) {
  const auto children = children_values(children_for(database, visitor, today), pupil);
  values["has_children"] = !children.empty();
  values["children"] = children;
  values["diary_path"] = path_of(pupil);
  const auto itself = journal::pupil_itself(database, pupil, today);
  if (!itself) return;
  values["pupil_name"] = itself->name.plain();
  values["class_name"] = itself->class_name;
}

/// What a page of the diary is read with.
struct Reading {
  sync::Database& database;
  std::int64_t pupil;
  journal::Date today;
  const web::Translator& translate;
};

/// A page of the diary that nothing is written on. Without values there is no such page. `title` is
/// Russian.
net::Response part_page(Site& site, const net::Request& request, const Visitor& visitor,
                        const char* title, const std::function<web::Values(const Reading&)>& read) {
  auto values = site.frame(request, visitor);
  const auto pupil = number_from(request.place.at("pupil"));
  const auto today = site.today();
  const auto& translate = site.pages().translator(request);
  const bool is_found = site.journal().read([&](sync::Database& database) {
    if (!journal::may_open_diary(database, visitor.person, pupil, today)) return false;
    auto found = read({database, pupil, today, translate});
    if (found.empty()) return false;
    values.merge(std::move(found));
    add_family(values, database, visitor, pupil, today);
    return true;
  });
  if (!is_found) return site.refusal(request, 404, {kNoDiary});
  return site.page(request, "diary_page", title, std::move(values));
}

}  // namespace

net::Response own_diary_page(Site& site, const net::Request& request, const Visitor& visitor) {
  if (visitor.roles.has(Role::pupil)) return net::Response::see_other(path_of(visitor.person));
  const auto children = site.journal().read(
      [&](sync::Database& database) { return children_for(database, visitor, site.today()); });
  if (!children.empty()) return net::Response::see_other(path_of(children.front().pupil));
  return site.page(request, "no_diary", "Дневник", site.frame(request, visitor));
}

net::Response diary_page(Site& site, const net::Request& request, const Visitor& visitor) {
  auto values = site.frame(request, visitor);
  const auto pupil = number_from(request.place.at("pupil"));
  const auto today = site.today();
  const auto day = journal::Date::parse(request.query.get("week")).value_or(today);
  const auto& translate = site.pages().translator(request);
  std::vector<std::int64_t> unread;
  bool is_of_family_here = false;
  const bool is_found = site.journal().read([&](sync::Database& database) {
    if (!journal::may_open_diary(database, visitor.person, pupil, today)) return false;
    const auto week = journal::diary_week(database, pupil, day);
    if (!week) return false;
    values.merge(journal::week_values(*week, today, translate));
    add_family(values, database, visitor, pupil, today);
    is_of_family_here = is_of_family(database, visitor, pupil, today);
    values["may_answer"] = is_of_family_here;
    unread = add_messages(values, request, database, pupil, today, true);
    return true;
  });
  if (!is_found) return site.refusal(request, 404, {kNoDiary});
  if (is_of_family_here) note_read(site, request, visitor, family_role(visitor), unread);
  values["messages_path"] = path_of(pupil) + "/message";
  return site.page(request, "diary", "Дневник", std::move(values));
}

net::Response diary_day_page(Site& site, const net::Request& request, const Visitor& visitor) {
  return part_page(site, request, visitor, "Дневник", [&](const Reading& at) {
    const auto day = journal::Date::parse(request.query.get("day")).value_or(at.today);
    const auto week = journal::diary_week(at.database, at.pupil, day);
    return week ? journal::day_values(*week, day, at.today, at.translate) : web::Values();
  });
}

net::Response diary_results_page(Site& site, const net::Request& request, const Visitor& visitor) {
  return part_page(site, request, visitor, "Итоги", [&](const Reading& at) {
    const auto extract = journal::extract_of(at.database, at.pupil, at.today);
    return extract ? journal::results_values(*extract, at.translate) : web::Values();
  });
}

net::Response diary_subject_page(Site& site, const net::Request& request, const Visitor& visitor) {
  return part_page(site, request, visitor, "Предмет", [&](const Reading& at) {
    const auto subject = journal::pupil_subject(at.database, at.pupil,
                                                number_from(request.place.at("subject")), at.today);
    return subject ? journal::subject_values(*subject, at.translate) : web::Values();
  });
}

net::Response diary_schedule_page(Site& site, const net::Request& request, const Visitor& visitor) {
  return part_page(site, request, visitor, "Расписание", [&](const Reading& at) {
    const auto schedule = journal::pupil_schedule(at.database, at.pupil, at.today);
    return schedule ? journal::schedule_values(*schedule, at.translate) : web::Values();
  });
}

net::Response write_to_school(Site& site, const net::Request& request, const Visitor& visitor) {
  const auto pupil = number_from(request.place.at("pupil"));
  return submit_message(site, request, visitor, family_role(visitor), pupil, path_of(pupil),
                        [&](sync::Database& database) {
                          return is_of_family(database, visitor, pupil, site.today());
                        });
}

}  // namespace zimnik::node
