#include "node/web/finals_in_time.h"

#include "node/web/period_choice.h"
#include "schema/read/finals_in_time.h"

namespace zimnik::node {

namespace {

web::List finals_of(const std::vector<journal::UntimelyFinal>& list) {
  web::List finals;
  for (const auto& final : list) {
    finals.push_back(web::Values{
        {"pupil", final.name.plain()}, {"value", final.value}, {"entered", final.entered.text()}});
  }
  return finals;
}

web::Values line_of(const journal::CourseFinals& found, journal::Date today,
                    const web::Translator& translate) {
  web::List missing;
  for (const auto& pupil : found.missing)
    missing.push_back(web::Values{{"pupil", pupil.name.plain()}});
  return {{"course", std::to_string(found.course.id)},
          {"course_title", found.course.text()},
          {"teacher", found.course.teacher_name.brief()},
          {"code", found.period.code},
          {"period", translate(found.period.title())},
          {"from", journal::finals_opening(found.period.ends).date.russian()},
          {"to", found.period.ends.russian()},
          {"overdue", found.period.ends < today},
          {"any_missing", !missing.empty()},
          {"lacking", std::to_string(missing.size())},
          {"missing", missing},
          {"any_early", !found.early.empty()},
          {"early_count", std::to_string(found.early.size())},
          {"early", finals_of(found.early)},
          {"any_late", !found.late.empty()},
          {"late_count", std::to_string(found.late.size())},
          {"late", finals_of(found.late)}};
}

}  // namespace

net::Response finals_in_time_page(Site& site, const net::Request& request, const Visitor& visitor) {
  auto values = site.frame(request, visitor);
  const auto today = site.today();
  const auto& translate = site.pages().translator(request);
  values["is_finals"] = true;
  site.with_entry_times([&](sync::Replica& replica, const sync::EntryTimes& times) {
    auto& database = replica.database();
    const auto periods = journal::periods_of_year(database, journal::year_at_work(database, today));
    const auto period = period_asked(periods, request.query.get("period"), today);
    values["has_periods"] = period.has_value();
    if (!period) return;
    web::List lines;
    for (const auto& found : journal::untimely_finals(replica, times, *period, today)) {
      lines.push_back(line_of(found, today, translate));
    }
    const auto opens = journal::finals_opening(period->ends).date;
    values["empty"] = lines.empty();
    values["lines"] = lines;
    values["is_before"] = today < opens;
    values["opens"] = opens.russian();
    values["choices"] = period_choices(periods, period->code, false, translate);
  });
  values["is_wide"] = true;
  return site.page(request, "finals_in_time", "Итоговые в последнюю неделю периода",
                   std::move(values));
}

}  // namespace zimnik::node
