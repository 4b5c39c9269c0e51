#include "node/web/class_week.h"

#include <algorithm>

#include "node/web/care.h"
#include "node/web/classes.h"
#include "schema/access.h"
#include "schema/deadlines.h"
#include "schema/read/class_people.h"
#include "schema/words.h"

namespace zimnik::node {

namespace {

using journal::AbsenceRow;
using journal::PupilAbsence;

constexpr int kSchoolDays = 6;  // Sunday is shown where something stands in it
constexpr const char* kWeekdays[] = {"Пн", "Вт", "Ср", "Чт", "Пт", "Сб", "Вс"};

/// The lessons of a day by what they show: «н» 1, 2, 3.
web::List codes_of(const std::vector<PupilAbsence>& absences) {
  web::List codes;
  std::vector<std::string> seen;
  for (const auto& first : absences) {
    if (std::find(seen.begin(), seen.end(), first.code) != seen.end()) continue;
    seen.push_back(first.code);
    std::string numbers, subjects;
    for (const auto& absence : absences) {
      if (absence.code != first.code) continue;
      numbers += (numbers.empty() ? "" : ", ") + std::to_string(absence.lesson.number);
      subjects += (subjects.empty() ? "" : ", ") + absence.subject_name;
    }
    codes.push_back(web::Values{{"code", first.code},
                                {"unexcused", first.is_unexcused()},
                                {"numbers", numbers},
                                {"subjects", subjects}});
  }
  return codes;
}

/// `heads`: of the days, as the table's columns have them; on a phone each cell says its own.
web::Values row_values(const AbsenceRow& row, const std::vector<std::string>& heads,
                       std::size_t counter) {
  web::List cells;
  for (std::size_t day = 0; day < heads.size(); ++day) {
    cells.push_back(web::Values{{"head", heads[day]}, {"codes", codes_of(row.days.at(day))}});
  }
  return {{"pupil", std::to_string(row.pupil)},
          {"counter", std::to_string(counter)},
          {"name", row.name.plain()},
          {"cells", cells},
          {"is_open", row.first_unexcused.has_value()},
          {"since", row.first_unexcused ? row.first_unexcused->text() : std::string()},
          {"until", row.last_unexcused ? row.last_unexcused->text() : std::string()}};
}

void add_week(web::Values& values, const journal::AbsenceWeek& week,
              const web::Translator& translate) {
  const bool has_sunday = std::any_of(week.rows.begin(), week.rows.end(),
                                      [](const auto& row) { return !row.days.back().empty(); });
  const int days = has_sunday ? kSchoolDays + 1 : kSchoolDays;
  std::vector<std::string> heads;
  for (int day = 0; day < days; ++day) {
    heads.push_back(translate(std::string(kWeekdays[day])) + " " +
                    week.monday.plus(day).russian().substr(0, 5));
  }
  web::List columns, rows;
  for (const auto& head : heads) columns.push_back(web::Values{{"head", head}});
  bool is_first = true;
  for (const auto& row : week.rows) {
    auto line = row_values(row, heads, rows.size() + 1);
    line["is_first"] = is_first && row.first_unexcused.has_value();
    is_first = is_first && !row.first_unexcused;
    rows.push_back(std::move(line));
  }
  values["columns"] = columns;
  values["empty"] = rows.empty();
  values["rows"] = rows;
  values["monday"] = week.monday.text();
  values["from"] = week.monday.russian();
  values["to"] = week.monday.plus(days - 1).russian();
  values["before"] = week.monday.plus(-7).text();
  values["after"] = week.monday.plus(7).text();
}

/// What families said of the week, with the form that makes an excuse of it.
void add_notices(web::Values& values, const std::vector<journal::AnnouncedAbsence>& notices,
                 std::size_t first_counter) {
  web::List lines;
  for (const auto& notice : notices) {
    const auto sent_on = notice.sent_at ? journal::local_time(*notice.sent_at).text() : "";
    lines.push_back(web::Values{{"counter", first_counter + lines.size()},
                                {"pupil", notice.pupil},
                                {"name", notice.name.plain()},
                                {"since", notice.since.text()},
                                {"until", notice.until.text()},
                                {"since_text", notice.since.russian()},
                                {"until_text", notice.until.russian()},
                                {"is_of_days", notice.since != notice.until},
                                {"reason", notice.reason},
                                {"author", notice.author.plain()},
                                {"sent_on", sent_on},
                                {"is_entered", notice.is_entered}});
  }
  values["has_notices"] = !lines.empty();
  values["notices"] = lines;
}

/// Nothing where the visitor doesn't read the class.
template <class Read>
auto of_own_class(Site& site, const net::Request& request, const Visitor& visitor, Read read)
    -> decltype(read(std::declval<sync::Database&>(), 0)) {
  const auto school_class = number_from(request.place.at("school_class"));
  return site.journal().read(
      [&](sync::Database& database) -> decltype(read(database, school_class)) {
        if (!journal::may_read_class(database, visitor.person, school_class, site.today())) {
          return std::nullopt;
        }
        return read(database, school_class);
      });
}

}  // namespace

net::Response class_week_page(Site& site, const net::Request& request, const Visitor& visitor) {
  auto values = site.frame(request, visitor);
  const auto& translate = site.pages().translator(request);
  const auto day = journal::Date::parse(request.query.get("day")).value_or(site.today());
  bool may_care = false;
  const auto week = of_own_class(
      site, request, visitor, [&](sync::Database& database, std::int64_t school_class) {
        may_care =
            journal::may_care_for_class(database, visitor.person, school_class, site.today());
        return journal::absence_week(database, school_class, day);
      });
  if (!week) return site.refusal(request, 404, {kNoClass});
  add_class_frame(values, visitor, week->title, request.path, translate);
  add_week(values, *week, translate);
  add_notices(values, week->notices, week->rows.size() + 1);
  values["may_care"] = may_care;
  values["is_wide"] = true;
  return site.page(request, "class_week", "Пропуски недели", std::move(values));
}

net::Response class_consents_page(Site& site, const net::Request& request, const Visitor& visitor) {
  auto values = site.frame(request, visitor);
  const auto page = of_own_class(site, request, visitor,
                                 [&](sync::Database& database, std::int64_t school_class) {
                                   return journal::class_page(database, school_class, site.today());
                                 });
  if (!page) return site.refusal(request, 404, {kNoClass});
  add_class_frame(values, visitor, page->title, request.path, site.pages().translator(request));
  web::List lines;
  int granted = 0, refused = 0;
  for (const auto& pupil : page->pupils) {
    for (const auto& [guardian, contacts] : pupil.guardians) {
      const auto& consent = guardian.consent;
      const bool is_granted = consent.state == journal::ConsentState::granted;
      const bool is_refused = consent.state == journal::ConsentState::refused;
      granted += is_granted ? 1 : 0;
      refused += is_refused ? 1 : 0;
      lines.push_back(web::Values{{"id", std::to_string(pupil.id)},
                                  {"pupil", pupil.name.plain()},
                                  {"guardian", guardian.name.full()},
                                  {"relation", guardian.relation},
                                  {"granted", is_granted},
                                  {"refused", is_refused},
                                  {"by_self", consent.source == journal::kByGuardian},
                                  {"source", consent.source},
                                  {"date", russian(consent.date)}});
    }
  }
  values["empty"] = lines.empty();
  values["count"] = std::to_string(lines.size());
  values["granted_count"] = std::to_string(granted);
  values["refused_count"] = std::to_string(refused);
  values["lines"] = lines;
  values["day"] = page->day.russian();
  return site.page(request, "class_consents", "Согласия класса", std::move(values));
}

}  // namespace zimnik::node
