#include "node/web/finals.h"

#include <algorithm>

#include "schema/commands/final_mark.h"
#include "schema/commands/put.h"
#include "schema/read/finals.h"
#include "schema/words.h"

namespace zimnik::node {

namespace {

using journal::FinalCell;
using journal::FinalsPage;

constexpr const char* kNoCourse = "Такого журнала нет, или он не Ваш.";

web::List options(const std::string& chosen) {
  web::List options;
  for (const auto value : journal::final_values()) {
    options.push_back(web::Values{{"value", std::string(value)}, {"selected", value == chosen}});
  }
  return options;
}

std::string reference_of(const journal::ShownFinal& final) {
  const auto day = final.protocol_date ? final.protocol_date->russian() : std::string("—");
  return "№ " + final.protocol_number + ", " + day;
}

web::Values deferral_values(const FinalCell& cell) {
  return {{"until", cell.deferral->until.russian()},
          {"reason", cell.deferral->reason},
          {"document", cell.deferral->document}};
}

/// What a cell says: of the period at hand also its form.
web::Values cell_values(const FinalCell& cell, const journal::FinalColumn& column, bool is_at_hand,
                        bool may_post) {
  web::Values values{{"value", cell.final.value.empty() ? std::string("—") : cell.final.value},
                     {"average", cell.average.text()},
                     {"arithmetic", cell.average.arithmetic()},
                     {"has_average", cell.average.has_value()},
                     {"forecast", cell.forecast ? std::to_string(*cell.forecast) : std::string()},
                     {"at_hand", is_at_hand},
                     {"is_taught", cell.is_taught},
                     {"by_paper", cell.final.is_by_paper()},
                     {"by_order", cell.final.basis == "order"},
                     {"reference", reference_of(cell.final)},
                     {"is_deferred", cell.deferral.has_value()}};
  if (cell.deferral) values["deferral"] = deferral_values(cell);
  const bool is_open = !column.is_closed() || cell.deferral;
  if (is_at_hand && may_post && is_open && cell.is_taught && !cell.final.is_by_paper()) {
    values["choice"] = web::Values{{"options", options(cell.final.value)},
                                   {"was", cell.final.value},
                                   {"none", cell.final.value.empty()}};
  }
  return values;
}

/// The column that the address asks for, else that of the period at hand.
std::size_t column_at_hand(const FinalsPage& page, const std::string& asked, journal::Date today) {
  std::vector<journal::Period> periods;
  for (const auto& column : page.columns) {
    if (column.period) periods.push_back(*column.period);
  }
  const auto due = journal::period_at_hand(periods, today);
  const auto place = [&](const std::string& code) {
    std::size_t at = 0;
    while (at < page.columns.size() && page.columns[at].code != code) ++at;
    return at;
  };
  if (const auto at = place(asked); at < page.columns.size()) return at;
  const auto at = due ? place(due->code) : page.columns.size();
  return at < page.columns.size() ? at : 0;
}

/// The key of a result, as the page of its evidence is named.
std::string evidence_key(const FinalsPage& page, std::int64_t pupil, const std::string& period) {
  return std::to_string(pupil) + "," + std::to_string(page.course.id) + "," + period + "," +
         std::to_string(page.year);
}

web::List rows_of(const FinalsPage& page, std::size_t at_hand, bool may_post, bool may_prove) {
  web::List rows;
  for (const auto& row : page.rows) {
    web::List cells;
    for (std::size_t i = 0; i < page.columns.size(); ++i) {
      auto values = cell_values(row.cells[i], page.columns[i], i == at_hand, may_post);
      const bool has_value = !row.cells[i].final.value.empty();
      if (may_prove && has_value) {
        values["evidence"] = evidence_key(page, row.pupil, page.columns[i].code);
      }
      cells.push_back(std::move(values));
    }
    rows.push_back(web::Values{{"id", std::to_string(row.pupil)},
                               {"name", row.name.plain()},
                               {"deferred", row.cells[at_hand].deferral.has_value()},
                               {"cells", cells}});
  }
  return rows;
}

web::List columns_of(const FinalsPage& page, std::size_t at_hand,
                     const web::Translator& translate) {
  web::List columns;
  for (std::size_t i = 0; i < page.columns.size(); ++i) {
    const auto& column = page.columns[i];
    columns.push_back(web::Values{{"code", column.code},
                                  {"title", translate(column.title)},
                                  {"at_hand", i == at_hand},
                                  {"closed", column.is_closed()}});
  }
  return columns;
}

/// What a commission, an exam or an order may be about.
web::List paper_periods(const FinalsPage& page, std::size_t at_hand,
                        const web::Translator& translate) {
  auto periods = columns_of(page, at_hand, translate);
  for (const std::string code : {"exam", "total"}) {
    const bool is_there =
        std::any_of(page.columns.begin(), page.columns.end(),
                    [&](const journal::FinalColumn& column) { return column.code == code; });
    if (is_there) continue;
    periods.push_back(web::Values{{"code", code},
                                  {"title", translate(journal::final_period_title(code))},
                                  {"at_hand", false},
                                  {"closed", false}});
  }
  return periods;
}

bool has_deferred(const FinalsPage& page, std::size_t column) {
  return std::any_of(page.rows.begin(), page.rows.end(), [&](const journal::FinalRow& row) {
    return row.cells[column].deferral.has_value();
  });
}

std::string place_of(const net::Request& request, const std::string& period) {
  const auto path =
      "/course/" + std::to_string(number_from(request.place.at("course"))) + "/finals";
  return journal::is_final_period(period) ? path + "?period=" + period : path;
}

/// What a form is about, once the course is there.
journal::FinalKey key_of(sync::Database& database, const net::Request& request,
                         const net::Fields& form) {
  const auto course = journal::course_title(database, number_from(request.place.at("course")));
  if (!course) throw sync::CommandRefused(kNoCourse);
  return {number_from(form.get("pupil")), course->id, form.get("period"),
          journal::year_of_course(database, *course)};
}

void require_poster(sync::Database& database, const Visitor& visitor, std::int64_t course,
                    journal::Date today) {
  journal::require(journal::may_set_final(database, visitor.person, course, today),
                   "Итоговые отметки ставит учитель этого предмета.");
}

std::string period_in(const net::Request& request) {
  const auto form = request.form();
  return form ? form->get("period") : std::string();
}

}  // namespace

net::Response finals_page(Site& site, const net::Request& request, const Visitor& visitor) {
  auto values = site.frame(request, visitor);
  const auto course = number_from(request.place.at("course"));
  const auto today = site.today();
  const auto& translate = site.pages().translator(request);
  std::string title;
  site.journal().read([&](sync::Database& database) {
    if (!journal::may_read_course(database, visitor.person, course, today)) return;
    const auto page = journal::finals_page(database, course);
    if (!page) return;
    title = page->course.text();
    const auto at_hand = column_at_hand(*page, request.query.get("period"), today);
    const auto& column = page->columns[at_hand];
    const bool may_post = journal::may_set_final(database, visitor.person, course, today);
    values["teacher"] = page->course.teacher_name.brief();
    values["period"] = column.code;
    values["period_title"] = translate(column.title);
    values["is_closed"] = column.is_closed();
    values["is_period"] = column.period.has_value();
    values["may_post"] = may_post;
    values["may_defer"] = column.period && (may_post || visitor.is_head());
    values["columns"] = columns_of(*page, at_hand, translate);
    values["rows"] = rows_of(*page, at_hand, may_post, visitor.role() == journal::Role::principal);
    values["values"] = options("");
    values["has_deferred"] = has_deferred(*page, at_hand);
    values["paper_periods"] = paper_periods(*page, at_hand, translate);
  });
  if (title.empty()) return site.refusal(request, 404, {kNoCourse});
  values["id"] = std::to_string(course);
  values["is_head"] = visitor.is_head();
  values["is_wide"] = true;
  values["defer_entry"] = web::Values{{"counter", std::string("2")}};
  values["end_entry"] = web::Values{{"counter", std::string("3")}};
  values["paper_entry"] = web::Values{{"counter", std::string("4")}};
  return site.page(request, "finals", title, std::move(values));
}

net::Response post_finals(Site& site, const net::Request& request, const Visitor& visitor) {
  constexpr std::string_view kField = "final-";
  return site.submit(request, visitor, journal::Role::subject_teacher,
                     place_of(request, period_in(request)),
                     [&](sync::Command& command, const net::Fields& form) {
                       auto key = key_of(command.database(), request, form);
                       require_poster(command.database(), visitor, key.course, site.today());
                       for (const auto& [name, value] : form.all()) {
                         if (!name.starts_with(kField)) continue;
                         const auto pupil = name.substr(kField.size());
                         if (form.get("was-" + pupil) == value) continue;
                         key.pupil = number_from(pupil);
                         journal::post_final(command, key, value);
                       }
                     });
}

net::Response defer_final(Site& site, const net::Request& request, const Visitor& visitor) {
  const auto role = visitor.is_head() ? visitor.role() : journal::Role::subject_teacher;
  return site.submit(request, visitor, role, place_of(request, period_in(request)),
                     [&](sync::Command& command, const net::Fields& form) {
                       const auto key = key_of(command.database(), request, form);
                       if (!visitor.is_head()) {
                         require_poster(command.database(), visitor, key.course, site.today());
                       }
                       if (form.find("end")) return journal::end_deferral(command, key);
                       journal::defer_final(
                           command, key,
                           {journal::checked_date(form.get("until"), "Отсрочка до"),
                            form.get("reason"), form.get("document")});
                     });
}

net::Response set_final_by_paper(Site& site, const net::Request& request, const Visitor& visitor) {
  return site.submit(
      request, visitor, visitor.role(), place_of(request, period_in(request)),
      [&](sync::Command& command, const net::Fields& form) {
        const auto basis =
            form.get("basis") == "order" ? journal::Basis::order : journal::Basis::protocol;
        journal::set_final_by_paper(
            command, key_of(command.database(), request, form), form.get("value"), basis,
            {form.get("number"), journal::checked_date(form.get("date"), "Дата протокола")});
      });
}

}  // namespace zimnik::node
