#include "schema/read/class_people.h"

#include <algorithm>

#include "schema/query.h"
#include "schema/read/finals.h"

namespace zimnik::journal {

using sync::Database;

namespace {

PersonName teacher_of(Database& database, const ClassTitle& title) {
  return title.class_teacher ? name_of(database, *title.class_teacher) : PersonName{};
}

std::vector<std::int64_t> ids_of(const std::vector<NamedPerson>& people) {
  std::vector<std::int64_t> ids;
  for (const auto& person : people) ids.push_back(person.id);
  return ids;
}

ClassPupil pupil_line(Database& database, const NamedPerson& person, Date day) {
  ClassPupil pupil;
  pupil.id = person.id;
  pupil.name = person.name;
  const auto birth_date =
      one_text(database, "SELECT birth_date FROM person WHERE id = ?", {person.id});
  if (birth_date) pupil.birth_date = Date::parse(*birth_date);
  pupil.contacts = contacts_of(database, person.id);
  for (auto& guardian : guardians_of(database, person.id, day)) {
    const auto id = guardian.id;
    pupil.guardians.push_back({std::move(guardian), contacts_of(database, id)});
  }
  return pupil;
}

void add_unexcused(ClassPupil& pupil, const std::vector<PupilAbsence>& absences) {
  for (const auto& absence : absences) {
    if (!absence.is_unexcused()) continue;
    ++pupil.unexcused_lessons;
    auto& days = pupil.unexcused_days;
    if (days.empty() || days.back() != absence.lesson.date) days.push_back(absence.lesson.date);
  }
}

/// Who is in the class on one of these days, in order of their names.
std::vector<NamedPerson> pupils_between(Database& database, std::int64_t school_class, Date from,
                                        Date to) {
  std::vector<NamedPerson> pupils;
  for (auto day = from; day <= to; day = day.plus(1)) {
    for (auto& pupil : pupils_of_class(database, school_class, day)) {
      const bool is_known =
          std::any_of(pupils.begin(), pupils.end(),
                      [&](const NamedPerson& known) { return known.id == pupil.id; });
      if (!is_known) pupils.push_back(std::move(pupil));
    }
  }
  std::stable_sort(pupils.begin(), pupils.end(),
                   [](const NamedPerson& left, const NamedPerson& right) {
                     return comes_before(left.name, right.name);
                   });
  return pupils;
}

void add_absence(AbsenceRow& row, const PupilAbsence& absence) {
  const auto date = absence.lesson.date;
  row.days.at(static_cast<std::size_t>(date.weekday() - 1)).push_back(absence);
  if (!absence.is_unexcused()) return;
  if (!row.first_unexcused) row.first_unexcused = date;
  row.last_unexcused = date;
}

}  // namespace

Date class_day(const ClassTitle& school_class, Date today) {
  return std::clamp(today, Date::from(school_class.year, 9, 1).value_or(today),
                    Date::from(school_class.year + 1, 7, 31).value_or(today));
}

std::vector<ClassLine> class_lines(Database& database, int year, Date today) {
  const Snapshot snapshot(database);
  std::vector<ClassLine> lines;
  for (const auto& title : classes_of_year(database, year)) {
    lines.push_back(
        {title, teacher_of(database, title),
         one_text(database, "SELECT name FROM branch WHERE id = ?", {title.branch}).value_or(""),
         static_cast<int>(pupils_of_class(database, title.id, class_day(title, today)).size())});
  }
  return lines;
}

std::optional<ClassPage> class_page(Database& database, std::int64_t school_class, Date today) {
  const Snapshot snapshot(database);
  auto title = class_title(database, school_class);
  if (!title) return std::nullopt;
  ClassPage page;
  page.title = std::move(*title);
  page.class_teacher = teacher_of(database, page.title);
  page.day = class_day(page.title, today);
  page.period =
      period_at_hand(periods_of_grade(database, page.title.year, page.title.grade_level), page.day);
  const auto people = pupils_of_class(database, school_class, page.day);
  for (const auto& person : people) {
    page.pupils.push_back(pupil_line(database, person, page.day));
  }
  if (!page.period) return page;
  const auto absences = absences_of(database, ids_of(people), page.title.year, page.period->starts,
                                    page.period->ends);
  for (auto& pupil : page.pupils) {
    const auto own = absences.find(pupil.id);
    if (own != absences.end()) add_unexcused(pupil, own->second);
  }
  return page;
}

std::optional<AbsenceWeek> absence_week(Database& database, std::int64_t school_class, Date day) {
  const Snapshot snapshot(database);
  auto title = class_title(database, school_class);
  if (!title) return std::nullopt;
  AbsenceWeek week;
  week.title = std::move(*title);
  week.monday = day.monday();
  const auto sunday = week.monday.plus(6);
  const auto people = pupils_between(database, school_class, week.monday, sunday);
  week.notices = absence_notices(database, ids_of(people), week.monday, sunday);
  const auto absences = absences_of(database, ids_of(people), week.title.year, week.monday, sunday);
  for (const auto& person : people) {
    const auto own = absences.find(person.id);
    if (own == absences.end()) continue;
    AbsenceRow row{person.id, person.name, {}, {}, {}};
    for (const auto& absence : own->second) add_absence(row, absence);
    week.rows.push_back(std::move(row));
  }
  return week;
}

}  // namespace zimnik::journal
