#include "node/web/extract.h"

#include "node/web/years.h"
#include "schema/deadlines.h"
#include "schema/read/extract.h"

namespace zimnik::node {

using journal::Extract;

namespace {

constexpr const char* kNoPupil = "Такого обучающегося нет, или он не из Вашего класса.";

std::string text_of(const std::vector<journal::ShownMark>& marks) {
  std::string text;
  for (const auto& mark : marks) {
    text += (text.empty() ? "" : " ") + (mark.value ? std::to_string(*mark.value) : ".");
  }
  return text;
}

web::List subjects_of(const Extract& extract) {
  web::List subjects;
  for (const auto& subject : extract.subjects) {
    web::List results;
    for (const auto& result : subject.results) {
      results.push_back(web::Values{{"value", result.empty() ? std::string("—") : result}});
    }
    subjects.push_back(web::Values{{"name", subject.name},
                                   {"results", results},
                                   {"marks", text_of(subject.marks)},
                                   {"average", subject.average.text()},
                                   {"missed", std::to_string(subject.missed)}});
  }
  return subjects;
}

void add_extract(web::Values& values, const Extract& extract, const web::Translator& translate) {
  web::List columns;
  for (const auto& column : extract.columns) {
    columns.push_back(web::Values{{"title", translate(column.title)}});
  }
  const int year = extract.school_class.year;
  values["school"] = extract.school.text();
  values["pupil"] = extract.name.full();
  values["birth"] = extract.birth_date ? extract.birth_date->russian() : std::string();
  values["class_name"] = extract.school_class.text();
  values["class_teacher"] =
      extract.class_teacher.is_readable() ? extract.class_teacher.brief() : std::string("—");
  values["years"] = year_text(year);
  values["period"] = extract.period ? translate(extract.period->title()) : std::string("—");
  values["columns"] = columns;
  values["subjects"] = subjects_of(extract);
  values["missed"] = std::to_string(extract.missed);
  values["with_reason"] = std::to_string(extract.missed_with_reason);
}

}  // namespace

net::Response extract_page(Site& site, const net::Request& request, const Visitor& visitor) {
  auto values = site.frame(request, visitor);
  const auto pupil = number_from(request.place.at("pupil"));
  const auto today = site.today();
  const auto& translate = site.pages().translator(request);
  bool is_found = false;
  site.journal().read([&](sync::Database& database) {
    const auto school_class = journal::last_class_of_pupil(database, pupil, today);
    if (!school_class ||
        !journal::may_care_for_class(database, visitor.person, *school_class, today)) {
      return;
    }
    const auto extract = journal::extract_of(database, pupil, today);
    if (!extract) return;
    is_found = true;
    add_extract(values, *extract, translate);
  });
  if (!is_found) return site.refusal(request, 404, {kNoPupil});
  values["id"] = std::to_string(pupil);
  values["now"] = journal::local_time(site.now()).text();
  return site.page(request, "extract", "Выписка", std::move(values));
}

}  // namespace zimnik::node
