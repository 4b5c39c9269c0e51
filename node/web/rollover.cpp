#include "node/web/rollover.h"

#include "node/web/care.h"
#include "node/web/plan_values.h"
#include "node/web/years.h"
#include "schema/access.h"
#include "schema/commands/put.h"
#include "schema/commands/rollover.h"
#include "schema/read/next_year.h"
#include "schema/read/periods.h"
#include "schema/read/setup.h"
#include "schema/words.h"
#include "sync/web/visit.h"

namespace zimnik::node {

namespace {

using journal::ClassPath;
using journal::RolloverWish;
using journal::StayingClass;

constexpr const char* kNotBuilder =
    "Классы переводят технический специалист, завуч и директор всей школы.";
constexpr const char* kForeign = "Форма пришла не с этой страницы. Откройте её снова.";
constexpr const char* kEntryFields[] = {"page", "counter", "site", "arrival", "shown"};

std::vector<int> years_to_begin(journal::Date today) {
  return {today.school_year(), today.school_year() + 1};
}

/// Until the end of July the school year that comes, then the one that has come.
int year_of(const std::string& asked, journal::Date today) {
  return year_asked(asked, years_to_begin(today), today.year());
}

bool may_roll_over(Site& site, const Visitor& visitor) {
  return site.journal().read([&](sync::Database& database) {
    return journal::may_manage_structure(database, visitor.person, site.today());
  });
}

const char* word_of(ClassPath path) {
  switch (path) {
    case ClassPath::goes_on:
      return "goes_on";
    case ClassPath::graduates:
      return "graduates";
    case ClassPath::waits:
      return "waits";
  }
  return "";
}

ClassPath path_from(const std::string& word) {
  for (const auto path : {ClassPath::goes_on, ClassPath::graduates}) {
    if (word == word_of(path)) return path;
  }
  return ClassPath::waits;
}

std::set<std::int64_t> people_from(const net::Fields& form, std::string_view field) {
  std::set<std::int64_t> people;
  for (const auto& [name, value] : form.all()) {
    if (name == field) people.insert(number_from(value));
  }
  return people;
}

/// Throws CommandRefused where a day is none.
RolloverWish wish_from(const net::Fields& form, journal::Date today) {
  RolloverWish wish;
  wish.year = year_of(form.get("year"), today);
  for (const auto& [given, id] : form.all()) {
    if (given != "class") continue;
    const auto school_class = number_from(id);
    const auto field = [&](const char* name) {
      return form.get(name + ("-" + std::to_string(school_class)));
    };
    const auto teacher = number_from(field("teacher"));
    wish.classes.push_back(
        {school_class, path_from(field("path")), journal::trimmed(field("letter")),
         number_from(field("branch")), static_cast<int>(number_from(field("shift"))),
         teacher != 0 ? std::optional(teacher) : std::nullopt, !field("courses").empty()});
  }
  wish.repeating = people_from(form, "repeat");
  wish.leaving = people_from(form, "leave");
  wish.last_day =
      journal::checked_date(form.get("last_day"), "Последний день выбывающих и выпускников");
  wish.order = {journal::trimmed(form.get("order_number")),
                journal::checked_date(form.get("order_date"), "Дата приказа"),
                {}};
  wish.with_periods = !form.get("periods").empty();
  return wish;
}

web::List options(const std::vector<std::pair<std::int64_t, std::string>>& choices,
                  std::int64_t chosen) {
  web::List lines;
  for (const auto& [id, text] : choices) {
    lines.push_back(
        web::Values{{"id", std::to_string(id)}, {"text", text}, {"selected", id == chosen}});
  }
  return lines;
}

/// What each class's row chooses from.
struct Choices {
  std::vector<std::pair<std::int64_t, std::string>> branches, teachers;
};
Choices choices_of(sync::Database& database) {
  Choices choices;
  for (const auto& branch : journal::branches(database)) {
    choices.branches.emplace_back(branch.id, branch.name);
  }
  for (const auto& [id, name] :
       journal::people_of_kind(database, journal::word_of(journal::PersonKind::staff))) {
    if (name.is_readable()) choices.teachers.emplace_back(id, name.brief());
  }
  return choices;
}

web::Values class_values(const StayingClass& school_class, const Choices& choices) {
  const auto& title = school_class.title;
  const auto wish = journal::usual_wish(title);
  web::List pupils;
  for (const auto& pupil : school_class.pupils) {
    pupils.push_back(web::Values{{"pupil", std::to_string(pupil.id)}, {"name", pupil.name.full()}});
  }
  return {{"id", std::to_string(title.id)},
          {"class_name", title.text()},
          {"next_grade", std::to_string(title.grade_level + 1)},
          {"may_go_on", title.grade_level < journal::limits::kGradeLevels},
          {"goes_on", wish.path == ClassPath::goes_on},
          {"graduates", wish.path == ClassPath::graduates},
          {"letter", wish.letter},
          {"branches", options(choices.branches, wish.branch)},
          {"is_second", wish.shift == 2},
          {"teachers", options(choices.teachers, wish.class_teacher.value_or(0))},
          {"with_courses", wish.with_courses},
          {"count", std::to_string(pupils.size())},
          {"any_pupils", !pupils.empty()},
          {"pupils", pupils}};
}

void add_periods(web::Values& values, sync::Database& database, int year,
                 const web::Translator& translate) {
  web::List lines;
  for (const auto& period : journal::periods_to_take_over(database, year)) {
    lines.push_back(
        web::Values{{"title", translate(journal::Period{year, period.code, {}, {}, {}}.title())},
                    {"from", period.starts.russian()},
                    {"to", period.ends.russian()}});
  }
  values["any_periods"] = !lines.empty();
  values["periods"] = lines;
}

/// What the form told, to be told again with the next one.
web::List carried(const net::Fields& form) {
  web::List fields;
  for (const auto& [name, value] : form.all()) {
    const bool is_of_entry = std::any_of(std::begin(kEntryFields), std::end(kEntryFields),
                                         [&](const char* field) { return name == field; });
    if (!is_of_entry) fields.push_back(web::Values{{"name", name}, {"value", value}});
  }
  return fields;
}

}  // namespace

net::Response rollover_page(Site& site, const net::Request& request, const Visitor& visitor) {
  auto values = site.frame(request, visitor);
  if (!may_roll_over(site, visitor)) return site.refusal(request, 403, {kNotBuilder});
  const auto& translate = site.pages().translator(request);
  const auto today = site.today();
  const int year = year_of(request.query.get("year"), today);
  web::List classes;
  site.journal().read([&](sync::Database& database) {
    const auto choices = choices_of(database);
    for (const auto& school_class : journal::staying_classes(database, year - 1)) {
      classes.push_back(class_values(school_class, choices));
    }
    add_periods(values, database, year, translate);
  });
  add_years(values, years_to_begin(today), year, "/rollover");
  values["people_tabs"] = people_tabs(visitor, "/rollover", translate);
  values["old_years"] = year_text(year - 1);
  values["is_done"] = !request.query.get("done").empty();
  values["may_set_up"] =
      visitor.roles.has_any({journal::Role::principal, journal::Role::technical_specialist});
  values["empty"] = classes.empty();
  values["classes"] = classes;
  values["today"] = today.text();
  values["last_day"] = journal::Date::from(year, 6, 30).value().text();
  values["is_wide"] = true;
  return site.page(request, "rollover", "Новый учебный год", std::move(values));
}

net::Response rollover_preview(Site& site, const net::Request& request, const Visitor& visitor) {
  auto values = site.frame(request, visitor);
  if (!may_roll_over(site, visitor)) return site.refusal(request, 403, {kNotBuilder});
  const auto form = request.form();
  if (!form || !web::is_from_own_page(request)) return site.refusal(request, 400, {kForeign});
  const auto& translate = site.pages().translator(request);
  try {
    const auto wish = wish_from(*form, site.today());
    const auto plan = site.journal().read(
        [&](sync::Database& database) { return journal::plan_rollover(database, wish); });
    add_plan(values, plan, translate);
    values["years"] = year_text(wish.year);
    values["year"] = std::to_string(wish.year);
  } catch (const sync::CommandRefused& refused) {
    return site.refusal(request, 422, refused.why());
  }
  values["carried"] = carried(*form);
  return site.page(request, "rollover_preview", "Что будет в новом году", std::move(values));
}

net::Response roll_over(Site& site, const net::Request& request, const Visitor& visitor) {
  const auto form = request.form().value_or(net::Fields());
  const int year = year_of(form.get("year"), site.today());
  return site.submit(
      request, visitor, visitor.role(), "/rollover?year=" + std::to_string(year) + "&done=1",
      [&](sync::Command& command, const net::Fields& told) {
        journal::require(
            journal::may_manage_structure(command.database(), visitor.person, site.today()),
            kNotBuilder);
        journal::roll_over(command, wish_from(told, site.today()), told.get("shown"));
      });
}

}  // namespace zimnik::node
