#include "schema/read/absences.h"

#include <algorithm>
#include <set>
#include <tuple>

#include "schema/formulas.h"
#include "schema/query.h"
#include "schema/read/entries.h"
#include "schema/read/membership.h"
#include "schema/words.h"

namespace zimnik::journal {

using sync::Database;

bool PupilAbsence::is_unexcused() const { return code == word_of(Absence::absent); }

std::map<std::int64_t, std::vector<PupilAbsence>> absences_of(
    Database& database, const std::vector<std::int64_t>& pupils, int school_year, Date from,
    Date to) {
  const Snapshot snapshot(database);
  std::map<std::int64_t, std::int64_t> subjects;  // by course
  std::map<std::int64_t, std::vector<Excuse>> excuses;
  for (const auto pupil : pupils) {
    excuses[pupil] = excuses_of(database, pupil);
    for (const auto& taught : courses_of_pupil(database, pupil, school_year)) {
      subjects[taught.course.id] = taught.course.subject;
    }
  }
  std::map<std::int64_t, std::vector<PupilAbsence>> absences;
  for (const auto& [course, subject] : subjects) {
    const auto name =
        one_text(database, "SELECT name FROM subject WHERE id = ?", {subject}).value_or("");
    for (const auto& absence : absences_between(database, course, from, to)) {
      const auto known = excuses.find(absence.pupil);
      if (known == excuses.end()) continue;
      const auto reason = reason_on(known->second, absence.lesson.date);
      absences[absence.pupil].push_back({absence.lesson, name, absence.fact,
                                         std::string(attendance_code(absence.fact, reason)),
                                         absence.late_minutes});
    }
  }
  for (auto& [pupil, own] : absences) {
    std::sort(own.begin(), own.end(), [](const PupilAbsence& left, const PupilAbsence& right) {
      return std::tie(left.lesson.date, left.lesson.number, left.lesson.course) <
             std::tie(right.lesson.date, right.lesson.number, right.lesson.course);
    });
  }
  return absences;
}

}  // namespace zimnik::journal
