#include "node/web/imports.h"

#include <algorithm>

#include "node/file_import.h"
#include "node/web/plan_values.h"
#include "node/web/years.h"
#include "schema/import/folding.h"
#include "schema/read/courses.h"
#include "schema/read/years.h"
#include "sync/web/multipart.h"
#include "sync/web/visit.h"

namespace zimnik::node {

using journal::Effect;
using journal::ImportKind;
using journal::Role;

namespace {

constexpr const char* kNoKind = "Файлов такого вида нет.";
constexpr const char* kNotYours = "Файлы этого вида вносят другие. Скажите завучу.";
constexpr const char* kGone = "Этот файл уже внесён, или прошло больше часа. Пришлите его снова.";
constexpr const char* kEmptyFile = "Файл не выбран, или он пуст.";
constexpr const char* kNoFile = "Файл не пришёл. Выберите его снова.";
constexpr const char* kForeign = "Форма пришла не с этой страницы. Откройте её снова.";
constexpr const char* kBadDay = "День, с которого действует файл: нет такой даты.";
constexpr const char* kNoCourse = "Выберите свой журнал: КТП вносят для него.";
constexpr std::string_view kTemplateEnding = ".csv";

/// A kind is for the whole school: a role for a part of it doesn't do.
bool may_bring_in(const Visitor& visitor, const ImportKind& kind) {
  return std::any_of(visitor.grants.begin(), visitor.grants.end(), [&](const auto& grant) {
    return grant.scope.empty() && kind.roles.has(grant.role);
  });
}

bool may_set_up(const Visitor& visitor) {
  return visitor.roles.has_any({Role::principal, Role::technical_specialist});
}

/// Those of a teacher are its own.
std::vector<journal::CourseTitle> courses_for(sync::Database& database, const Visitor& visitor,
                                              int year) {
  const bool has_all = visitor.is_head() || visitor.roles.has(Role::technical_specialist);
  if (has_all) return journal::courses_of_year(database, year);
  auto courses = journal::courses_of(database, visitor.person, year);
  std::erase_if(courses, [&](const auto& course) { return course.teacher != visitor.person; });
  return courses;
}

std::string code_of(const net::Request& request) {
  auto code = request.place.at("kind");
  if (code.ends_with(kTemplateEnding)) code.resize(code.size() - kTemplateEnding.size());
  return code;
}

/// The kind that the address names, or what to answer instead.
struct Asked {
  const ImportKind* kind = nullptr;
  net::Response refusal{};
};
Asked asked_kind(const Site& site, const net::Request& request, const Visitor& visitor) {
  const auto* kind = journal::import_kind(code_of(request));
  if (kind == nullptr) return {nullptr, site.refusal(request, 404, {kNoKind})};
  if (!may_bring_in(visitor, *kind)) return {nullptr, site.refusal(request, 403, {kNotYours})};
  return {kind, {}};
}

/// Files are of the school year of today, from June on of the next one too.
int year_of(Site& site, const std::string& asked) {
  const auto today = site.today();
  return year_asked(asked, journal::years_to_prepare(today), today.school_year());
}

void add_year(web::Values& values, Site& site, const net::Request& request) {
  add_years(values, journal::years_to_prepare(site.today()),
            year_of(site, request.query.get("year")), request.path);
}

journal::ImportOptions options_for(Site& site, const Visitor& visitor, const std::string& year) {
  journal::ImportOptions options;
  options.today = site.today();
  options.year = year_of(site, year);
  options.role = visitor.role();
  return options;
}

/// The one that a new school brings in next; null after the last.
const ImportKind* kind_after(const ImportKind& kind, const Visitor& visitor) {
  bool is_past = false;
  for (const auto& other : journal::import_kinds()) {
    const bool is_other_way = other.is_other_way || other.plan_files != nullptr;
    if (is_past && !is_other_way && may_bring_in(visitor, other)) return &other;
    is_past = is_past || &other == &kind;
  }
  return nullptr;
}

net::Response template_file(const ImportKind& kind) {
  return {200,
          "text/csv; charset=utf-8",
          journal::import_template(kind),
          {{"Content-Disposition", std::string("attachment; filename=\"") + kind.code + ".csv\""},
           {"X-Content-Type-Options", "nosniff"}}};
}

web::Values values_of(const ImportKind& kind, const web::Translator& translate) {
  return {{"code", std::string(kind.code)},
          {"is_archive", kind.plan_files != nullptr},
          {"kind_title", translate(std::string(kind.title))},
          {"note", translate(std::string(kind.note))}};
}

std::string then_of(const journal::Plan& plan, const ImportKind& kind,
                    const journal::ImportOptions& options) {
  return std::string("/import/") + kind.code + "?year=" + std::to_string(options.year) +
         (kind.is_of_course ? "&course=" + std::to_string(options.course) : "") +
         "&written=" + std::to_string(plan.changes.size() - plan.count(Effect::same));
}

/// Of a kind that is for one journal: which.
std::string course_of(Site& site, const KeptUpload& kept) {
  if (!kept.kind->is_of_course) return "";
  return site.journal().read([&](sync::Database& database) {
    const auto title = journal::course_title(database, kept.options.course);
    return title ? title->text() : std::string();
  });
}

}  // namespace

net::Response imports_page(Site& site, const net::Request& request, const Visitor& visitor) {
  auto values = site.frame(request, visitor);
  const auto& translate = site.pages().translator(request);
  web::List kinds;
  for (const auto& kind : journal::import_kinds()) {
    if (may_bring_in(visitor, kind)) kinds.push_back(values_of(kind, translate));
  }
  add_year(values, site, request);
  values["kinds"] = kinds;
  values["may_set_up"] = may_set_up(visitor);
  return site.page(request, "imports", "Импорт из файлов", std::move(values));
}

net::Response import_kind_page(Site& site, const net::Request& request, const Visitor& visitor) {
  const auto [kind, refusal] = asked_kind(site, request, visitor);
  if (kind == nullptr) return refusal;
  if (request.place.at("kind").ends_with(kTemplateEnding)) {
    return kind->plan_files == nullptr ? template_file(*kind)
                                       : site.refusal(request, 404, {kNoKind});
  }
  auto values = site.frame(request, visitor);
  values.merge(values_of(*kind, site.pages().translator(request)));
  web::List columns;
  for (const auto& column : kind->columns) {
    columns.push_back(web::Values{{"name", std::string(column.name)},
                                  {"example", std::string(column.example)},
                                  {"needed", column.is_needed}});
  }
  values["columns"] = columns;
  add_year(values, site, request);
  values["written"] = request.query.get("written");
  if (const auto* next = kind_after(*kind, visitor)) {
    values["next"] = values_of(*next, site.pages().translator(request));
  }
  values["may_set_up"] = may_set_up(visitor);
  values["has_since"] = kind->has_since;
  values["is_of_course"] = kind->is_of_course;
  if (kind->is_of_course) {
    web::List courses;
    const auto asked = number_from(request.query.get("course"));
    site.journal().read([&](sync::Database& database) {
      for (const auto& course :
           courses_for(database, visitor, year_of(site, request.query.get("year")))) {
        courses.push_back(web::Values{{"id", std::to_string(course.id)},
                                      {"title", course.text()},
                                      {"selected", course.id == asked}});
      }
    });
    values["courses"] = courses;
  }
  return site.page(request, "import", "Импорт из файла", std::move(values));
}

net::Response upload_file(Site& site, const net::Request& request, const Visitor& visitor) {
  const auto [kind, refusal] = asked_kind(site, request, visitor);
  if (kind == nullptr) return refusal;
  if (!web::is_from_own_page(request)) return site.refusal(request, 400, {kForeign});
  const auto upload = web::upload_from(request);
  if (!upload) return site.refusal(request, 422, {kNoFile});
  if (upload->file.empty()) return site.refusal(request, 422, {kEmptyFile});
  auto options = options_for(site, visitor, upload->get("year"));
  if (!upload->get("since").empty()) {
    options.since = journal::day_from(upload->get("since"));
    if (!options.since) return site.refusal(request, 422, {kBadDay});
  }
  if (kind->is_of_course) {
    options.course = number_from(upload->get("course"));
    const auto own = site.journal().read(
        [&](sync::Database& database) { return courses_for(database, visitor, options.year); });
    const bool is_own = std::any_of(
        own.begin(), own.end(), [&](const auto& course) { return course.id == options.course; });
    if (!is_own) return site.refusal(request, 403, {kNoCourse});
  }
  const auto token = site.uploads().keep(visitor.login, {kind, options, upload->file}, site.now());
  return net::Response::see_other("/import/preview/" + token);
}

net::Response import_preview(Site& site, const net::Request& request, const Visitor& visitor) {
  const auto& token = request.place.at("token");
  const auto kept = site.uploads().find(token, visitor.login, site.now());
  if (!kept) return site.refusal(request, 404, {kGone});
  auto values = site.frame(request, visitor);
  const auto& translate = site.pages().translator(request);
  values.merge(values_of(*kept->kind, translate));
  FileImport import(*kept->kind, kept->bytes, kept->options);
  add_plan(values, import.look(site.journal()), translate);
  values["token"] = token;
  values["course_title"] = course_of(site, *kept);
  values["course"] = std::to_string(kept->options.course);
  values["year"] = std::to_string(kept->options.year);
  values["years"] = year_text(kept->options.year);
  return site.page(request, "import_preview", "Что изменит файл", std::move(values));
}

net::Response confirm_import(Site& site, const net::Request& request, const Visitor& visitor) {
  const auto& token = request.place.at("token");
  const auto kept = site.uploads().find(token, visitor.login, site.now());
  if (!kept) return site.refusal(request, 404, {kGone});
  if (!may_bring_in(visitor, *kept->kind)) return site.refusal(request, 403, {kNotYours});
  const auto form = request.form();
  if (!form || !web::is_from_own_page(request)) return site.refusal(request, 400, {kForeign});
  FileImport import(*kept->kind, kept->bytes, kept->options);
  const auto then = then_of(import.look(site.journal()), *kept->kind, kept->options);
  try {
    import.prepare(site.journal(), form->get("shown"));
  } catch (const sync::CommandRefused& refused) {
    return site.refusal(request, 422, refused.why());
  }
  auto answer =
      site.submit(request, visitor, visitor.role(), then,
                  [&](sync::Command& command, const net::Fields&) { import.write(command); });
  if (answer.status == 303) site.uploads().drop(token);
  return answer;
}

}  // namespace zimnik::node
