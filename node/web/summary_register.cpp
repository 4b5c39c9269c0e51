#include "node/web/summary_register.h"

#include <algorithm>

#include "node/web/percent.h"
#include "node/web/years.h"
#include "schema/deadlines.h"
#include "schema/read/finals.h"
#include "schema/read/summary_register.h"

namespace zimnik::node {

namespace {

using journal::SummaryRegister;

constexpr const char* kNoClass = "Такого класса нет, или он не Ваш.";

std::vector<journal::ClassTitle> classes_for(sync::Database& database, const Visitor& visitor,
                                             int year, journal::Date today) {
  auto classes = journal::classes_of_year(database, year);
  std::erase_if(classes, [&](const journal::ClassTitle& school_class) {
    return !may_read_register(database, visitor, school_class.id, today);
  });
  return classes;
}

web::List period_tabs(sync::Database& database, const SummaryRegister& page,
                      const web::Translator& translate) {
  web::List tabs;
  const auto add = [&](const std::string& code) {
    tabs.push_back(web::Values{{"code", code},
                               {"title", translate(journal::final_period_title(code))},
                               {"is_here", code == page.period}});
  };
  for (const auto& period :
       journal::periods_of_grade(database, page.school_class.year, page.school_class.grade_level)) {
    add(period.code);
  }
  add("year");
  return tabs;
}

web::List rows_of(const SummaryRegister& page) {
  web::List rows;
  for (const auto& row : page.rows) {
    web::List cells;
    for (const auto& cell : row.cells) {
      const bool is_missing = cell.value.empty() && cell.is_taught;
      cells.push_back(web::Values{{"value", is_missing ? std::string("·") : cell.value},
                                  {"missing", is_missing}});
    }
    rows.push_back(web::Values{{"number", std::to_string(rows.size() + 1)},
                               {"name", row.name.plain()},
                               {"cells", cells},
                               {"average", row.average.text()},
                               {"missed", std::to_string(row.lessons_missed)},
                               {"with_reason", std::to_string(row.missed_with_reason)}});
  }
  return rows;
}

/// The three lines below the table: a figure for each subject, and that of the class.
web::List figures_of(const SummaryRegister& page, const web::Translator& translate) {
  using Figure = std::optional<int> (journal::Results::*)() const;
  const std::pair<const char*, Figure> kFigures[] = {{"Успеваемость", &journal::Results::progress},
                                                     {"Качество", &journal::Results::quality},
                                                     {"СОУ", &journal::Results::learning}};
  const auto pupils = page.pupils();
  web::List figures;
  for (const auto& [title, figure] : kFigures) {
    web::List cells;
    for (const auto& subject : page.subjects) {
      cells.push_back(web::Values{{"value", percent_text((subject.results.*figure)())}});
    }
    figures.push_back(web::Values{{"title", translate(std::string(title))},
                                  {"cells", cells},
                                  {"of_class", percent_text((pupils.*figure)())}});
  }
  return figures;
}

web::Values counts_of(const journal::Results& pupils) {
  const auto text = [](int number) { return std::to_string(number); };
  return {{"fives", text(pupils.fives)},
          {"fours", text(pupils.fours)},
          {"threes", text(pupils.threes)},
          {"failing", text(pupils.twos + pupils.not_assessed)},
          {"without", text(pupils.without)}};
}

void add_register(web::Values& values, const SummaryRegister& page,
                  const web::Translator& translate) {
  web::List subjects;
  for (const auto& subject : page.subjects) subjects.push_back(web::Values{{"name", subject.name}});
  values["class_name"] = page.school_class.text();
  values["period"] = page.period;
  values["class_teacher"] =
      page.class_teacher.is_readable() ? page.class_teacher.brief() : std::string("—");
  values["school"] = page.school;
  values["settlement"] = page.settlement;
  values["years"] = year_text(page.school_class.year);
  values["year"] = std::to_string(page.school_class.year);
  values["period_title"] = translate(journal::final_period_title(page.period));
  values["from"] = page.from.russian();
  values["to"] = page.to.russian();
  values["subjects"] = subjects;
  values["rows"] = rows_of(page);
  values["figures"] = figures_of(page, translate);
  values["counts"] = counts_of(page.pupils());
  values["missed"] = std::to_string(page.lessons_missed());
  values["with_reason"] = std::to_string(page.missed_with_reason());
}

}  // namespace

bool may_read_register(sync::Database& database, const Visitor& visitor, std::int64_t school_class,
                       journal::Date today) {
  if (visitor.is_head()) return true;
  const auto title = journal::class_title(database, school_class);
  return title && title->class_teacher == visitor.person &&
         journal::may_care_for_class(database, visitor.person, school_class, today);
}

std::string register_period(sync::Database& database, std::int64_t school_class,
                            const std::string& asked, journal::Date today) {
  const auto title = journal::class_title(database, school_class);
  if (!title) return "";
  const auto periods = journal::periods_of_grade(database, title->year, title->grade_level);
  const bool is_one = asked == "year" || std::any_of(periods.begin(), periods.end(),
                                                     [&](const journal::Period& period) {
                                                       return period.code == asked;
                                                     });
  if (is_one) return asked;
  const auto at_hand = journal::period_at_hand(periods, today);
  return at_hand ? at_hand->code : "";
}

net::Response registers_page(Site& site, const net::Request& request, const Visitor& visitor) {
  auto values = site.frame(request, visitor);
  const auto classes = site.journal().read([&](sync::Database& database) {
    const int year = shown_year(values, database, request, site.today());
    return classes_for(database, visitor, year, site.today());
  });
  if (classes.size() == 1 && !request.query.find("year")) {
    return net::Response::see_other("/register/" + std::to_string(classes.front().id));
  }
  web::List lines;
  for (const auto& school_class : classes) {
    lines.push_back(
        web::Values{{"id", std::to_string(school_class.id)}, {"title", school_class.text()}});
  }
  values["empty"] = lines.empty();
  values["classes"] = lines;
  return site.page(request, "registers", "Сводные ведомости", std::move(values));
}

net::Response register_page(Site& site, const net::Request& request, const Visitor& visitor) {
  auto values = site.frame(request, visitor);
  const auto school_class = number_from(request.place.at("school_class"));
  const auto today = site.today();
  const auto& translate = site.pages().translator(request);
  bool is_found = false;
  site.journal().read([&](sync::Database& database) {
    if (!may_read_register(database, visitor, school_class, today)) return;
    const auto period = register_period(database, school_class, request.query.get("period"), today);
    const auto page = journal::summary_register(database, school_class, period, today);
    if (!page) return;
    is_found = true;
    add_register(values, *page, translate);
    values["tabs"] = period_tabs(database, *page, translate);
  });
  if (!is_found) return site.refusal(request, 404, {kNoClass});
  values["id"] = std::to_string(school_class);
  values["now"] = journal::local_time(site.now()).text();
  values["is_wide"] = true;
  return site.page(request, "register", "Сводная ведомость", std::move(values));
}

}  // namespace zimnik::node
