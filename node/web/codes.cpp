#include "node/web/codes.h"

#include "node/diary_codes.h"
#include "schema/commands/put.h"
#include "schema/limits.h"
#include "schema/read/courses.h"
#include "schema/read/school_title.h"
#include "sync/web/one_time_code.h"

namespace zimnik::node {

namespace {

constexpr const char* kNoClass = "Такого класса нет, или он не Ваш.";

std::int64_t class_of(const net::Request& request) {
  return number_from(request.place.at("school_class"));
}

std::string path_of(const net::Request& request) {
  return "/class/" + std::to_string(class_of(request)) + "/codes";
}

std::string children_text(const journal::ClassGuardian& whose) {
  std::string text;
  for (const auto& child : whose.children) text += (text.empty() ? "" : ", ") + child.plain();
  return text;
}

/// What both pages have of the class; nothing where the visitor has no right to it.
bool add_class(web::Values& values, sync::Database& database, std::int64_t school_class,
               const Visitor& visitor, journal::Date today) {
  const auto title = journal::class_title(database, school_class);
  if (!title || !journal::may_care_for_class(database, visitor.person, school_class, today)) {
    return false;
  }
  values["id"] = std::to_string(school_class);
  values["class_name"] = title->text();
  values["school"] = journal::school_title(database).text();
  return true;
}

}  // namespace

net::Response codes_page(Site& site, const net::Request& request, const Visitor& visitor) {
  auto values = site.frame(request, visitor);
  const auto today = site.today();
  const bool is_found = site.journal().read([&](sync::Database& database) {
    if (!add_class(values, database, class_of(request), visitor, today)) return false;
    web::List lines;
    for (const auto& whose : journal::guardians_of_class(database, class_of(request), today)) {
      lines.push_back(
          web::Values{{"name", whose.guardian.name.full()},
                      {"relation", whose.guardian.relation},
                      {"children", children_text(whose)},
                      {"has_code", whose.guardian.has_access},
                      {"refused", whose.guardian.consent.state == journal::ConsentState::refused}});
    }
    values["any"] = !lines.empty();
    values["guardians"] = lines;
    return true;
  });
  if (!is_found) return site.refusal(request, 404, {kNoClass});
  values["counter"] = 1;
  return site.page(request, "codes", "Коды доступа", std::move(values));
}

net::Response make_codes(Site& site, const net::Request& request, const Visitor& visitor) {
  const auto today = site.today();
  std::vector<DiaryCode> codes;
  std::string address;
  auto written = site.submit(
      request, visitor, visitor.role(), path_of(request),
      [&](sync::Command& command, const net::Fields& form) {
        auto& database = command.database();
        journal::require(
            journal::may_care_for_class(database, visitor.person, class_of(request), today),
            kNoClass);
        address = form.get("address");
        journal::require_text(address, journal::limits::kNameBytes, "Адрес дневника");
        codes = new_diary_codes(database, class_of(request), !form.get("anew").empty(), today);
        journal::require(!codes.empty(), "Новые коды некому: у всех в классе они уже есть");
        issue_diary_codes(command, codes, site.now());
      });
  if (codes.empty() || written.status != 303) return written;
  auto values = site.frame(request, visitor);
  site.journal().read([&](sync::Database& database) {
    add_class(values, database, class_of(request), visitor, today);
  });
  web::List slips;
  for (const auto& code : codes) {
    slips.push_back(web::Values{{"name", code.whose.guardian.name.full()},
                                {"children", children_text(code.whose)},
                                {"code", web::code_in_groups(code.code)}});
  }
  values["slips"] = slips;
  values["address"] = address;
  return site.page(request, "code_slips", "Коды доступа", std::move(values));
}

}  // namespace zimnik::node
