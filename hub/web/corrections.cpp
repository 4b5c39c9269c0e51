#include "hub/web/corrections.h"

#include <optional>

#include "hub/clock.h"
#include "hub/delivery/places.h"
#include "hub/web/family_site.h"
#include "schema/read/absences.h"
#include "schema/read/courses.h"
#include "schema/read/entries.h"
#include "schema/read/finals.h"
#include "schema/read/membership.h"
#include "schema/words.h"

namespace zimnik::hub {
namespace {

using journal::Date;
using sync::Database;

// A lesson's place sorts before a final's: «2026-11-23/901/1», «final/2026/901/q1».
const std::string kFinal = "final/";
const std::string kOwed = "●";

std::string finals_of_year(int year) { return kFinal + std::to_string(year) + "/"; }

std::string first_place(Date today) { return today.plus(-kCorrigibleDays).text(); }

/// Of a final; nothing where the place is a lesson's.
struct FinalPlace {
  std::int64_t course = 0;
  std::string period;
};
std::optional<FinalPlace> final_at(const std::string& place) {
  if (!place.starts_with(kFinal)) return std::nullopt;
  const auto course = place.find('/', kFinal.size());
  const auto period = course == std::string::npos ? course : place.find('/', course + 1);
  if (period == std::string::npos) return std::nullopt;
  return FinalPlace{number_from(place.substr(course + 1, period - course - 1)),
                    place.substr(period + 1)};
}

/// Where it stands, in words; nothing where that isn't known any more.
std::optional<web::Values> place_values(Database& database, const std::string& place,
                                        const web::Translator& translate) {
  const auto final = final_at(place);
  const auto lesson = final ? std::nullopt : lesson_at(place);
  if (!final && !lesson) return std::nullopt;
  const auto course = journal::course_title(database, final ? final->course : lesson->course);
  if (!course) return std::nullopt;
  return web::Values{{"subject", course->subject_name},
                     {"subject_id", std::to_string(course->subject)},
                     {"where", final ? translate(journal::final_period_title(final->period))
                                     : lesson->date.day_and_month()}};
}

}  // namespace

SeenValues corrigible_values(Database& database, std::int64_t pupil, Date today) {
  SeenValues values;
  const auto from = today.plus(-kCorrigibleDays);
  const auto year = today.school_year();
  for (const auto& taught : journal::courses_of_pupil(database, pupil, year)) {
    const auto course = taught.course.id;
    for (const auto& mark : journal::marks_between(database, course, from, today, pupil)) {
      if (mark.is_rejected) continue;
      values[place_of(mark.key)] = mark.value ? std::to_string(*mark.value) : kOwed;
    }
    for (const auto& final : journal::finals_of(database, pupil, course)) {
      const bool is_known = journal::final_period_title(final.period) != final.period;
      if (final.year != year || !is_known || !journal::is_final_value(final.value)) continue;
      values[finals_of_year(year) + std::to_string(course) + "/" + final.period] = final.value;
    }
  }
  auto absences = journal::absences_of(database, {pupil}, year, from, today);
  for (const auto& absence : absences[pupil]) {
    values[place_of(absence.lesson)] = absence.code;
  }
  return values;
}

std::vector<Correction> corrections_between(const Seen& before, const SeenValues& now, Date today) {
  std::vector<Correction> corrections;
  const auto first = first_place(today), finals = finals_of_year(today.school_year());
  for (const auto& [place, former] : before.values) {
    const bool is_past = place.starts_with(kFinal) ? !place.starts_with(finals) : place < first;
    if (is_past) continue;
    const auto found = now.find(place);
    const auto value = found == now.end() ? "" : found->second;
    if (value != former) corrections.push_back({place, former, value});
  }
  return corrections;
}

web::Values corrections_values(Database& database, const std::vector<Correction>& corrections,
                               sync::Time since, const std::string& zone,
                               const web::Translator& translate) {
  web::List list;
  for (const auto& correction : corrections) {
    auto values = place_values(database, correction.place, translate);
    if (!values) continue;
    values->merge({{"former", correction.former},
                   {"value", correction.value},
                   {"is_taken_back", correction.value.empty()}});
    list.push_back(std::move(*values));
  }
  return {{"has_corrections", !list.empty()},
          {"corrections", list},
          {"since", wall_time(since, zone).text()}};
}

}  // namespace zimnik::hub
