#include "node/web/unseen.h"

#include "schema/read/finals.h"
#include "schema/read/unseen_finals.h"

namespace zimnik::node {

namespace {

using journal::UnseenFinals;

web::Values line_of(const UnseenFinals& finals, const web::Translator& translate) {
  web::List pupils;
  for (const auto& pupil : finals.pupils) {
    pupils.push_back(web::Values{
        {"id", std::to_string(pupil.id)}, {"name", pupil.name.plain()}, {"value", pupil.value}});
  }
  web::Values line{{"class_name", finals.class_name},
                   {"course", std::to_string(finals.course.id)},
                   {"course_title", finals.course.text()},
                   {"code", finals.period},
                   {"period", translate(journal::final_period_title(finals.period))},
                   {"entered", finals.entered.text()},
                   {"arrived", finals.arrived ? finals.arrived->text() : std::string()},
                   {"count", std::to_string(finals.pupils.size())},
                   {"pupils", pupils}};
  if (finals.school_class) line["school_class"] = std::to_string(*finals.school_class);
  return line;
}

web::List lines_of(const std::vector<UnseenFinals>& list, const web::Translator& translate) {
  web::List lines;
  for (const auto& finals : list) lines.push_back(line_of(finals, translate));
  return lines;
}

/// The classes whose slips are to be printed, each once, in the order of the list.
web::List classes_of(const std::vector<UnseenFinals>& list) {
  web::List classes;
  std::optional<std::int64_t> last;
  for (const auto& finals : list) {
    if (!finals.school_class || finals.school_class == last) continue;
    last = finals.school_class;
    classes.push_back(
        web::Values{{"id", std::to_string(*finals.school_class)}, {"name", finals.class_name}});
  }
  return classes;
}

}  // namespace

net::Response unseen_page(Site& site, const net::Request& request, const Visitor& visitor) {
  auto values = site.frame(request, visitor);
  const auto& translate = site.pages().translator(request);
  journal::UnseenReport report;
  site.with_entry_times([&](sync::Replica& replica, const sync::EntryTimes& times) {
    const int year = journal::year_at_work(replica.database(), site.today());
    report = journal::unseen_finals(replica, times, year, site.now());
  });
  values["is_unseen"] = true;
  values["none"] = report.waiting.empty();
  values["waiting"] = lines_of(report.waiting, translate);
  values["waiting_classes"] = classes_of(report.waiting);
  values["any_late"] = !report.late.empty();
  values["late"] = lines_of(report.late, translate);
  values["any_on_paper"] = !report.on_paper.empty();
  values["on_paper"] = lines_of(report.on_paper, translate);
  values["paper_classes"] = classes_of(report.on_paper);
  values["as_of"] = journal::local_time(site.now()).text();
  values["is_wide"] = true;
  return site.page(request, "unseen", "Итоговые, которых ещё нет у родителей", std::move(values));
}

}  // namespace zimnik::node
