#include "node/web/remarks.h"

#include "schema/commands/inspection_remark.h"
#include "schema/commands/put.h"
#include "schema/ids.h"
#include "schema/read/inspection_remarks.h"

namespace zimnik::node {

namespace {

using journal::ShownRemark;

std::string russian(const std::optional<journal::Date>& date) {
  return date ? date->russian() : std::string();
}

web::Values remark_values(const ShownRemark& remark, journal::Date today) {
  return {{"id", std::to_string(remark.id)},
          {"course", std::to_string(remark.course.id)},
          {"title", remark.course.text()},
          {"teacher", remark.course.teacher_name.brief()},
          {"date", russian(remark.date)},
          {"text", remark.text},
          {"due", russian(remark.due)},
          {"note", remark.note},
          {"open", remark.is_open()},
          {"corrected", remark.is_corrected()},
          {"accepted", !remark.is_open() && !remark.is_corrected()},
          {"overdue", remark.is_overdue(today)}};
}

std::optional<journal::Date> date_or_nothing(const std::string& text, const char* what) {
  if (text.empty()) return std::nullopt;
  return journal::checked_date(text, what);
}

web::List course_options(sync::Database& database, int year, std::int64_t chosen) {
  web::List options;
  for (const auto& course : journal::courses_of_year(database, year)) {
    options.push_back(web::Values{{"id", std::to_string(course.id)},
                                  {"title", course.text()},
                                  {"selected", course.id == chosen}});
  }
  return options;
}

}  // namespace

net::Response remarks_page(Site& site, const net::Request& request, const Visitor& visitor) {
  auto values = site.frame(request, visitor);
  const auto today = site.today();
  const bool is_head = visitor.is_head();
  web::List lines;
  site.journal().read([&](sync::Database& database) {
    const int year = journal::year_at_work(database, today);
    const auto whose = is_head ? std::nullopt : std::optional(visitor.person);
    for (const auto& remark : journal::inspection_remarks(database, year, whose)) {
      auto line = remark_values(remark, today);
      line["counter"] = std::to_string(lines.size() + 2);
      line["may_correct"] = remark.is_open() && journal::may_set_final(database, visitor.person,
                                                                       remark.course.id, today);
      line["may_accept"] = is_head && remark.is_corrected();
      line["may_reopen"] = is_head && !remark.is_open();
      lines.push_back(std::move(line));
    }
    if (is_head) {
      values["courses"] = course_options(database, year, number_from(request.query.get("course")));
    }
  });
  values["empty"] = lines.empty();
  values["remarks"] = lines;
  values["is_head"] = is_head;
  return site.page(request, "remarks", "Замечания к журналам", std::move(values));
}

net::Response add_remark(Site& site, const net::Request& request, const Visitor& visitor) {
  return site.submit(
      request, visitor, visitor.role(), "/remarks",
      [&](sync::Command& command, const net::Fields& form) {
        const auto text = form.get("text");
        journal::add_inspection_remark(
            command, journal::new_id(site.today().school_year()),
            {number_from(form.get("course")), date_or_nothing(form.get("date"), "Дата урока"), text,
             date_or_nothing(form.get("due"), "Срок исправления")});
      });
}

net::Response correct_remark(Site& site, const net::Request& request, const Visitor& visitor) {
  return site.submit(request, visitor, journal::Role::subject_teacher, "/remarks",
                     [&](sync::Command& command, const net::Fields& form) {
                       const auto id = number_from(form.get("id"));
                       const auto remark = journal::inspection_remark(command.database(), id);
                       journal::require(
                           remark && journal::may_set_final(command.database(), visitor.person,
                                                            remark->course.id, site.today()),
                           "Такого замечания к Вашим журналам нет");
                       journal::correct_inspection_remark(command, id, form.get("note"));
                     });
}

net::Response decide_remark(Site& site, const net::Request& request, const Visitor& visitor) {
  return site.submit(request, visitor, visitor.role(), "/remarks",
                     [&](sync::Command& command, const net::Fields& form) {
                       const auto id = number_from(form.get("id"));
                       if (form.get("decision") == "accept") {
                         return journal::accept_inspection_remark(command, id);
                       }
                       journal::reopen_inspection_remark(command, id, form.get("note"));
                     });
}

web::List open_remarks(sync::Database& database, const Visitor& visitor, journal::Date today) {
  web::List lines;
  const int year = journal::year_at_work(database, today);
  for (const auto& remark : journal::inspection_remarks(database, year, visitor.person)) {
    if (remark.is_open()) lines.push_back(remark_values(remark, today));
  }
  return lines;
}

}  // namespace zimnik::node
