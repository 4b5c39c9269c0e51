#include "node/web/load.h"

#include <algorithm>

#include "node/web/care.h"
#include "node/web/years.h"
#include "schema/access.h"
#include "schema/commands/course.h"
#include "schema/commands/put.h"
#include "schema/ids.h"
#include "schema/import/folding.h"
#include "schema/read/courses.h"
#include "schema/read/groups.h"
#include "schema/read/years.h"
#include "schema/words.h"

namespace zimnik::node {

namespace {

constexpr const char* kNotManager =
    "Нагрузку ведут директор, завуч и технический специалист всей школы.";
constexpr std::size_t kAddCounter = 1;

/// What one page is about: a class, or streams where there is none.
struct Part {
  std::int64_t school_class = 0;
  std::string query() const {
    return school_class == 0 ? "?streams" : "?class=" + std::to_string(school_class);
  }
};

Part asked(const net::Fields& query, const std::vector<journal::ClassTitle>& classes) {
  if (query.find("streams")) return {};
  const auto id = number_from(query.get("class"));
  const bool is_there =
      std::any_of(classes.begin(), classes.end(), [&](const auto& it) { return it.id == id; });
  if (is_there) return {id};
  return {classes.empty() ? 0 : classes.front().id};
}

web::List tabs_of(const std::vector<journal::ClassTitle>& classes, const Part& part,
                  const web::Translator& translate) {
  web::List tabs;
  for (const auto& it : classes) {
    tabs.push_back(web::Values{{"query", Part{it.id}.query()},
                               {"title", it.text()},
                               {"is_here", it.id == part.school_class}});
  }
  tabs.push_back(web::Values{{"query", Part{}.query()},
                             {"title", translate("Потоки и планы")},
                             {"is_here", part.school_class == 0}});
  return tabs;
}

web::List staff_options(const std::vector<journal::NamedPerson>& staff,
                        std::optional<std::int64_t> chosen) {
  web::List options;
  for (const auto& person : staff) {
    options.push_back(web::Values{{"person", std::to_string(person.id)},
                                  {"person_name", person.name.brief()},
                                  {"is_chosen", person.id == chosen}});
  }
  return options;
}

std::string text_of(std::optional<int> hours) { return hours ? std::to_string(*hours) : ""; }

/// Puts the values of one part together. One use.
class LoadValues {
 public:
  LoadValues(sync::Database& database, const Part& part, int year, journal::Date today)
      : database_(database), part_(part), year_(year), today_(today) {
    staff_ = journal::people_of_kind(database, journal::word_of(journal::PersonKind::staff));
  }

  void add_to(web::Values& values) {
    values["courses"] = courses();
    values["groups"] = groups();
    values["staff"] = staff_options(staff_, {});
    web::List names;
    for (const auto& subject : journal::subjects(database_)) {
      names.push_back(web::Values{{"subject_name", subject.name}});
    }
    values["subjects"] = names;
    values["is_class"] = part_.school_class != 0;
  }

 private:
  web::List courses() {
    const auto planned = journal::curriculum_hours(database_, part_.school_class);
    web::List lines;
    for (const auto& course : courses_of_part()) {
      const auto plan = planned.find(course.subject);
      const bool has_plan = plan != planned.end();
      lines.push_back(web::Values{
          {"course", std::to_string(course.id)},
          {"counter", std::to_string(lines.size() + kAddCounter + 1)},
          {"title", course.text()},
          {"subject_name", course.subject_name},
          {"group_name", course.group_name},
          {"teachers", staff_options(staff_, course.teacher)},
          {"is_untaught", !course.teacher.has_value()},
          {"hours", text_of(course.hours)},
          {"planned", has_plan ? std::to_string(plan->second) : std::string()},
          {"is_off_plan", has_plan && course.group_name.empty() && course.hours != plan->second}});
    }
    return lines;
  }

  std::vector<journal::CourseTitle> courses_of_part() {
    if (part_.school_class != 0) {
      return journal::courses_of_class(database_, part_.school_class);
    }
    auto found = journal::courses_of_year(database_, year_);
    std::erase_if(found, [](const auto& course) { return !course.class_name.empty(); });
    return found;
  }

  web::List groups() {
    web::List options;
    for (const auto& group : journal::groups_of_year(database_, year_, today_)) {
      if (group.school_class.value_or(0) != part_.school_class) continue;
      options.push_back(web::Values{{"group", std::to_string(group.id)}, {"title", group.name}});
    }
    return options;
  }

  sync::Database& database_;
  const Part part_;
  const int year_;
  const journal::Date today_;
  std::vector<journal::NamedPerson> staff_;
};

net::Response submit_load(Site& site, const net::Request& request, const Visitor& visitor,
                          const Site::Writing& write) {
  const auto form = request.form().value_or(net::Fields());
  const Part part{number_from(form.get("school_class"))};
  return site.submit(
      request, visitor, visitor.role(),
      "/load" + part.query() + "&year=" + std::to_string(number_from(form.get("year"))),
      [&](sync::Command& command, const net::Fields& fields) {
        journal::require(
            journal::may_manage_structure(command.database(), visitor.person, site.today()),
            kNotManager);
        write(command, fields);
      });
}

/// The subject of this name, however it is written; a new one where there is none.
std::int64_t subject_named(sync::Command& command, const std::string& name, int year) {
  const auto sought = journal::folded(name);
  for (const auto& subject : journal::subjects(command.database())) {
    if (journal::folded(subject.name) == sought) return subject.id;
  }
  const auto id = journal::new_id(year);
  journal::set_subject(command, id, journal::trimmed(name));
  return id;
}

std::optional<std::int64_t> choice(const net::Fields& form, const char* field) {
  const auto number = number_from(form.get(field));
  return number == 0 ? std::nullopt : std::optional(number);
}

void set_teaching(sync::Command& command, std::int64_t course, const net::Fields& form) {
  journal::set_course_teacher(command, course, choice(form, "teacher"));
  if (!form.get("hours").empty()) {
    const auto hours = number_from(form.get("hours"));
    journal::set_course_hours(command, course,
                              static_cast<int>(std::clamp<std::int64_t>(hours, 0, INT32_MAX)));
  }
}

}  // namespace

net::Response load_page(Site& site, const net::Request& request, const Visitor& visitor) {
  auto values = site.frame(request, visitor);
  const auto& translate = site.pages().translator(request);
  const auto today = site.today();
  site.journal().read([&](sync::Database& database) {
    const int year = shown_year(values, database, request, today);
    const auto classes = journal::classes_of_year(database, year);
    const auto part = asked(request.query, classes);
    values["load_tabs"] = tabs_of(classes, part, translate);
    values["school_class"] = part.school_class == 0 ? "" : std::to_string(part.school_class);
    LoadValues(database, part, year, today).add_to(values);
  });
  values["counter"] = std::to_string(kAddCounter);
  values["people_tabs"] = people_tabs(visitor, "/load", translate);
  return site.page(request, "load", "Нагрузка", std::move(values));
}

net::Response add_course(Site& site, const net::Request& request, const Visitor& visitor) {
  return submit_load(site, request, visitor, [&](sync::Command& command, const net::Fields& form) {
    const auto years = journal::years_of_school(command.database(), site.today());
    const int year = year_asked(form.get("year"), years,
                                journal::year_at_work(command.database(), site.today()));
    const auto school_class = choice(form, "school_class"), group = choice(form, "group");
    const auto subject = subject_named(command, form.get("subject"), year);
    const auto course = journal::new_id(year);
    journal::set_course(command, course, subject, school_class, group);
    set_teaching(command, course, form);
  });
}

net::Response change_course(Site& site, const net::Request& request, const Visitor& visitor) {
  return submit_load(site, request, visitor, [](sync::Command& command, const net::Fields& form) {
    set_teaching(command, number_from(form.get("course")), form);
  });
}

}  // namespace zimnik::node
