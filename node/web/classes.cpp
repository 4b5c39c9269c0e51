#include "node/web/classes.h"

#include "node/web/care.h"
#include "node/web/years.h"
#include "schema/access.h"
#include "schema/commands/put.h"
#include "schema/read/class_people.h"
#include "schema/read/membership.h"
#include "schema/words.h"

namespace zimnik::node {

namespace {

using journal::ClassPage;
using journal::ClassPupil;
using journal::Role;

std::string name_or_dash(const journal::PersonName& name) {
  return name.is_readable() ? name.brief() : std::string("—");
}

web::List contacts_of(const std::vector<journal::Contact>& contacts) {
  web::List lines;
  for (const auto& contact : contacts) lines.push_back(contact_values(contact));
  return lines;
}

web::Values pupil_values(const ClassPupil& pupil, std::size_t number) {
  web::List guardians;
  for (const auto& [guardian, contacts] : pupil.guardians) {
    guardians.push_back(web::Values{{"name", guardian.name.full()},
                                    {"relation", guardian.relation},
                                    {"contacts", contacts_of(contacts)}});
  }
  std::string days;
  for (const auto date : pupil.unexcused_days) {
    days += (days.empty() ? "" : ", ") + date.russian().substr(0, 5);
  }
  return {{"id", std::to_string(pupil.id)},
          {"number", std::to_string(number)},
          {"name", pupil.name.full()},
          {"birth_date", russian(pupil.birth_date)},
          {"contacts", contacts_of(pupil.contacts)},
          {"guardians", guardians},
          {"any_unexcused", pupil.unexcused_lessons > 0},
          {"lessons", std::to_string(pupil.unexcused_lessons)},
          {"days", days}};
}

/// Pupils by the beginning of the family name, those too who left.
void add_found(Site& site, const std::string& sought, web::Values& values) {
  web::List found;
  site.journal().read([&](sync::Database& database) {
    for (const auto& pupil : journal::people_named(
             database, journal::word_of(journal::PersonKind::pupil), journal::trimmed(sought))) {
      const auto at_hand = journal::class_at_hand(database, pupil.id, site.today());
      const auto title = at_hand ? journal::class_title(database, *at_hand) : std::nullopt;
      found.push_back(web::Values{{"id", std::to_string(pupil.id)},
                                  {"name", pupil.name.full()},
                                  {"class_name", title ? title->text() : std::string()}});
    }
  });
  values["sought"] = sought;
  values["none_found"] = found.empty();
  values["found"] = found;
}

std::vector<journal::ClassLine> lines_for(sync::Database& database, const Visitor& visitor,
                                          int year, journal::Date today) {
  auto lines = journal::class_lines(database, year, today);
  std::erase_if(lines, [&](const journal::ClassLine& line) {
    return !journal::may_read_class(database, visitor.person, line.title.id, today);
  });
  return lines;
}

}  // namespace

void add_class_frame(web::Values& values, const Visitor& visitor,
                     const journal::ClassTitle& school_class, const std::string& here,
                     const web::Translator& translate) {
  const auto path = "/class/" + std::to_string(school_class.id);
  web::List tabs;
  const auto add = [&](const std::string& href, const std::string& title) {
    tabs.push_back(
        web::Values{{"href", href}, {"title", translate(title)}, {"is_here", here == href}});
  };
  add("/classes?year=" + std::to_string(school_class.year), "Все классы");
  add(path, "Список класса");
  add(path + "/week", "Пропуски недели");
  add(path + "/consents", "Согласия и отказы");
  if (visitor.roles.has_any({Role::principal, Role::deputy_head, Role::class_teacher})) {
    add(path + "/messages", "Сообщения семьям");
  }
  values["class_id"] = std::to_string(school_class.id);
  values["class_name"] = school_class.text();
  values["years"] = year_text(school_class.year);
  values["class_tabs"] = tabs;
}

net::Response classes_page(Site& site, const net::Request& request, const Visitor& visitor) {
  auto values = site.frame(request, visitor);
  const auto lines = site.journal().read([&](sync::Database& database) {
    const int year = shown_year(values, database, request, site.today());
    return lines_for(database, visitor, year, site.today());
  });
  const bool is_of_school = site.journal().read([&](sync::Database& database) {
    return journal::may_move_pupils(database, visitor.person, site.today());
  });
  if (lines.size() == 1 && !is_of_school && !request.query.find("year")) {
    return net::Response::see_other("/class/" + std::to_string(lines.front().title.id));
  }
  web::List classes;
  int pupils = 0;
  for (const auto& line : lines) {
    pupils += line.pupils;
    classes.push_back(web::Values{{"id", std::to_string(line.title.id)},
                                  {"title", line.title.text()},
                                  {"class_teacher", name_or_dash(line.class_teacher)},
                                  {"branch", line.branch},
                                  {"shift", std::to_string(line.title.shift)},
                                  {"pupils", std::to_string(line.pupils)}});
  }
  values["may_search"] = is_of_school;
  if (is_of_school) add_found(site, request.query.get("find"), values);
  values["people_tabs"] = people_tabs(visitor, "/classes", site.pages().translator(request));
  values["empty"] = classes.empty();
  values["classes"] = classes;
  values["pupils"] = std::to_string(pupils);
  return site.page(request, "classes", "Классы", std::move(values));
}

net::Response class_page(Site& site, const net::Request& request, const Visitor& visitor) {
  auto values = site.frame(request, visitor);
  const auto school_class = number_from(request.place.at("school_class"));
  const auto today = site.today();
  bool may_move = false;
  const auto page = site.journal().read([&](sync::Database& database) -> std::optional<ClassPage> {
    if (!journal::may_read_class(database, visitor.person, school_class, today)) {
      return std::nullopt;
    }
    may_move = journal::may_move_pupils(database, visitor.person, today);
    return journal::class_page(database, school_class, today);
  });
  if (!page) return site.refusal(request, 404, {kNoClass});
  const auto& translate = site.pages().translator(request);
  add_class_frame(values, visitor, page->title, request.path, translate);
  web::List pupils;
  for (const auto& pupil : page->pupils) {
    pupils.push_back(pupil_values(pupil, pupils.size() + 1));
  }
  values["may_move"] = may_move;
  values["today"] = page->day.text();
  values["class_teacher"] = name_or_dash(page->class_teacher);
  values["day"] = page->day.russian();
  values["period"] = page->period ? translate(page->period->title()) : std::string();
  values["empty"] = pupils.empty();
  values["pupils"] = pupils;
  return site.page(request, "class", "Список класса", std::move(values));
}

}  // namespace zimnik::node
