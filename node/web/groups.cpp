#include "node/web/groups.h"

#include "node/web/care.h"
#include "node/web/years.h"
#include "schema/access.h"
#include "schema/commands/course.h"
#include "schema/commands/put.h"
#include "schema/ids.h"
#include "schema/read/groups.h"
#include "schema/read/years.h"

namespace zimnik::node {

namespace {

using journal::Role;

constexpr const char* kNotManager =
    "Группы ведут технический специалист, завуч и директор всей школы.";
constexpr const char* kNoGroup = "Такой группы нет.";

std::string kind_title(const std::string& kind) {
  if (kind == "subgroup") return "подгруппа";
  if (kind == "stream") return "поток";
  if (kind == "individual_plan") return "индивидуальный план";
  return kind;
}

bool may_manage(Site& site, const Visitor& visitor) {
  return site.journal().read([&](sync::Database& database) {
    return journal::may_manage_structure(database, visitor.person, site.today());
  });
}

std::int64_t group_of(const net::Request& request) {
  return number_from(request.place.at("group"));
}

std::string page_of(std::int64_t group) { return "/groups/" + std::to_string(group); }

net::Response submit_group(Site& site, const net::Request& request, const Visitor& visitor,
                           const std::string& then, const Site::Writing& write) {
  return site.submit(
      request, visitor, visitor.role(), then, [&](sync::Command& command, const net::Fields& form) {
        journal::require(
            journal::may_manage_structure(command.database(), visitor.person, site.today()),
            kNotManager);
        write(command, form);
      });
}

web::Values title_values(const journal::GroupTitle& group, const web::Translator& translate) {
  web::List courses;
  for (const auto& course : group.courses) {
    courses.push_back(
        web::Values{{"title", course.text()},
                    {"teacher", course.teacher_name.is_readable() ? course.teacher_name.brief()
                                                                  : std::string()}});
  }
  return {{"group", std::to_string(group.id)},
          {"group_name", group.name},
          {"kind", translate(kind_title(group.kind))},
          {"class_name", group.class_name},
          {"is_subgroup", group.school_class.has_value()},
          {"members", std::to_string(group.members)},
          {"load_query", group.school_class ? "?class=" + std::to_string(*group.school_class)
                                            : std::string("?streams")},
          {"any_courses", !courses.empty()},
          {"courses", courses}};
}

web::List class_options(sync::Database& database, int year, std::int64_t chosen) {
  web::List options;
  for (const auto& school_class : journal::classes_of_year(database, year)) {
    options.push_back(web::Values{{"id", std::to_string(school_class.id)},
                                  {"title", school_class.text()},
                                  {"selected", school_class.id == chosen}});
  }
  return options;
}

void add_members(web::Values& values, const journal::GroupPage& page, journal::Date today) {
  web::List members, left, others;
  for (const auto& member : page.members) {
    const bool is_in = member.is_in(today);
    auto& lines = is_in ? members : left;
    lines.push_back(web::Values{{"pupil", std::to_string(member.pupil)},
                                {"counter", std::to_string(members.size() + 4)},
                                {"name", member.name.full()},
                                {"class_name", member.class_name},
                                {"since", member.since.russian()},
                                {"until", russian(member.until)},
                                {"goes_on", !member.until.has_value()}});
  }
  for (const auto& person : page.others) {
    others.push_back(
        web::Values{{"pupil", std::to_string(person.id)}, {"name", person.name.full()}});
  }
  values["any_members"] = !members.empty();
  values["member_lines"] = members;
  values["any_left"] = !left.empty();
  values["left"] = left;
  values["any_others"] = !others.empty();
  values["others"] = others;
}

}  // namespace

net::Response groups_page(Site& site, const net::Request& request, const Visitor& visitor) {
  auto values = site.frame(request, visitor);
  const auto& translate = site.pages().translator(request);
  if (!may_manage(site, visitor)) return site.refusal(request, 403, {kNotManager});
  web::List groups;
  site.journal().read([&](sync::Database& database) {
    const int year = shown_year(values, database, request, site.today());
    for (const auto& group : journal::groups_of_year(database, year, site.today())) {
      groups.push_back(title_values(group, translate));
    }
    values["choices"] = class_options(database, year, 0);
  });
  values["people_tabs"] = people_tabs(visitor, "/groups", translate);
  values["empty"] = groups.empty();
  values["groups"] = groups;
  return site.page(request, "groups", "Группы", std::move(values));
}

net::Response add_group(Site& site, const net::Request& request, const Visitor& visitor) {
  const auto asked = request.form().value_or(net::Fields()).get("year");
  const auto group = journal::new_id(site.journal().read([&](sync::Database& database) {
    return year_asked(asked, journal::years_of_school(database, site.today()),
                      journal::year_at_work(database, site.today()));
  }));
  return submit_group(
      site, request, visitor, page_of(group), [&](sync::Command& command, const net::Fields& form) {
        const auto kind = form.get("kind");
        const auto school_class = number_from(form.get("school_class"));
        const bool is_of_class = kind == "subgroup" && school_class != 0;
        journal::set_group(command, group, form.get("name"), kind,
                           is_of_class ? std::optional(school_class) : std::nullopt);
      });
}

net::Response group_page(Site& site, const net::Request& request, const Visitor& visitor) {
  auto values = site.frame(request, visitor);
  const auto& translate = site.pages().translator(request);
  const auto today = site.today();
  const auto asked = number_from(request.query.get("class"));
  bool is_found = false;
  if (may_manage(site, visitor)) {
    site.journal().read([&](sync::Database& database) {
      const auto page = journal::group_page(
          database, group_of(request), asked != 0 ? std::optional(asked) : std::nullopt, today);
      if (!page) return;
      is_found = true;
      values.merge(title_values(page->title, translate));
      add_members(values, *page, today);
      values["choices"] = class_options(database, page->title.year, asked);
      values["is_asked"] = asked != 0 || page->title.school_class.has_value();
    });
  }
  if (!is_found) return site.refusal(request, 404, {kNoGroup});
  values["rename_entry"] = web::Values{{"counter", std::string("2")}};
  values["join_entry"] = web::Values{{"counter", std::string("3")}};
  values["asked"] = asked != 0 ? std::to_string(asked) : std::string();
  values["people_tabs"] = people_tabs(visitor, "", translate);
  values["today"] = today.text();
  return site.page(request, "group", "Группа", std::move(values));
}

net::Response rename_group(Site& site, const net::Request& request, const Visitor& visitor) {
  const auto group = group_of(request);
  return submit_group(
      site, request, visitor, page_of(group), [&](sync::Command& command, const net::Fields& form) {
        const auto page = journal::group_page(command.database(), group, {}, site.today());
        if (!page) journal::refuse("Нет такой группы");
        journal::set_group(command, group, form.get("name"), page->title.kind,
                           page->title.school_class);
      });
}

net::Response join_group(Site& site, const net::Request& request, const Visitor& visitor) {
  const auto group = group_of(request);
  const auto asked = number_from(request.form().value_or(net::Fields()).get("class"));
  const auto then =
      page_of(group) + (asked != 0 ? "?class=" + std::to_string(asked) : std::string());
  return submit_group(
      site, request, visitor, then, [&](sync::Command& command, const net::Fields& form) {
        const auto since = journal::checked_date(form.get("since"), "Первый день в группе");
        bool is_any = false;
        for (const auto& [name, value] : form.all()) {
          if (name != "pupil") continue;
          is_any = true;
          journal::join_group(command, group, number_from(value), since);
        }
        journal::require(is_any, "Отметьте, кого включить в группу");
      });
}

net::Response leave_group(Site& site, const net::Request& request, const Visitor& visitor) {
  const auto group = group_of(request);
  return submit_group(
      site, request, visitor, page_of(group), [&](sync::Command& command, const net::Fields& form) {
        journal::leave_group(command, group, number_from(form.get("pupil")),
                             journal::checked_date(form.get("last_day"), "Последний день"));
      });
}

}  // namespace zimnik::node
