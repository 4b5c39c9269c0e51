#include "schema/read/slips.h"

#include <algorithm>

#include "schema/query.h"
#include "schema/read/family.h"
#include "schema/read/people.h"

namespace zimnik::journal {

using sync::Database;

namespace {

/// The subject's result of a period; empty where there is none.
std::string value_of(const SubjectResult& subject, const std::string& code) {
  for (const auto& final : subject.finals) {
    if (final.period == code && !final.value.empty()) return final.value;
  }
  return "";
}

}  // namespace

bool needs_paper(Database& database, std::int64_t pupil, Date today) {
  const auto guardians = guardians_of(database, pupil, today);
  return std::none_of(guardians.begin(), guardians.end(), [](const Guardian& guardian) {
    return guardian.has_access && guardian.consent.state == ConsentState::granted;
  });
}

SlipResults slip_results(const DiaryWeek& week) {
  SlipResults results;
  std::vector<std::string> known;
  for (const auto& period : week.periods) known.push_back(period.code);
  for (const auto* code : {"year", "exam", "total"}) known.emplace_back(code);
  for (const auto& code : known) {
    const bool is_there = std::ranges::any_of(week.subjects, [&](const SubjectResult& subject) {
      return !value_of(subject, code).empty();
    });
    if (is_there) results.columns.push_back(code);
  }
  for (const auto& subject : week.subjects) {
    SlipResults::Subject line{subject.name, {}};
    for (const auto& code : results.columns) line.values.push_back(value_of(subject, code));
    const bool has_any =
        std::ranges::any_of(line.values, [](const std::string& value) { return !value.empty(); });
    if (has_any) results.subjects.push_back(std::move(line));
  }
  return results;
}

std::optional<ClassSlips> class_slips(Database& database, std::int64_t school_class, Date day,
                                      bool only_paper, Date today) {
  constexpr int kSaturday = 5;
  const Snapshot snapshot(database);
  auto title = class_title(database, school_class);
  if (!title) return std::nullopt;
  ClassSlips slips{school_title(database), std::move(*title), day.monday(), {}};
  for (const auto& pupil : pupils_of_class(database, school_class, slips.monday.plus(kSaturday))) {
    if (only_paper && !needs_paper(database, pupil.id, today)) continue;
    if (auto week = diary_week(database, pupil.id, day)) slips.weeks.push_back(std::move(*week));
  }
  return slips;
}

}  // namespace zimnik::journal
