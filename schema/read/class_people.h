// The people of a class: its list with how to reach each, and its week of absences.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "schema/dates.h"
#include "schema/read/absence_notices.h"
#include "schema/read/absences.h"
#include "schema/read/courses.h"
#include "schema/read/family.h"
#include "schema/read/people.h"
#include "schema/read/periods.h"
#include "sync/store/database.h"

namespace zimnik::journal {

/// The day as of which a class is shown: today, as far as its school year goes (1 September to 31
/// July).
Date class_day(const ClassTitle& school_class, Date today);

struct ClassLine {
  ClassTitle title;
  PersonName class_teacher;  ///< unreadable where there is none
  std::string branch;        ///< the building's name
  int pupils = 0;
};
/// Of a school year, in order of grade level and letter.
std::vector<ClassLine> class_lines(sync::Database& database, int year, Date today);

struct GuardianContacts {
  Guardian guardian;
  std::vector<Contact> contacts;
};
struct ClassPupil {
  std::int64_t id = 0;
  PersonName name;
  std::optional<Date> birth_date;
  std::vector<Contact> contacts;  ///< the pupil's own
  std::vector<GuardianContacts> guardians;
  int unexcused_lessons = 0;         ///< of the period, «н» without a document yet
  std::vector<Date> unexcused_days;  ///< on which they are
};
struct ClassPage {
  ClassTitle title;
  PersonName class_teacher;  ///< unreadable where there is none
  Date day;                  ///< as of which it is
  std::optional<Period> period;
  std::vector<ClassPupil> pupils;  ///< in order of their names
};
/// Nothing where there is no such class.
std::optional<ClassPage> class_page(sync::Database& database, std::int64_t school_class,
                                    Date today);

struct AbsenceRow {
  std::int64_t pupil = 0;
  PersonName name;
  std::array<std::vector<PupilAbsence>, 7> days;  ///< from Monday on
  std::optional<Date> first_unexcused, last_unexcused;
};
struct AbsenceWeek {
  ClassTitle title;
  Date monday;
  std::vector<AbsenceRow> rows;           ///< who was away or late, in order of their names
  std::vector<AnnouncedAbsence> notices;  ///< what families said of its days
};
/// The week of `day`, of those who are in the class on a day of it. Nothing where there is no such
/// class.
std::optional<AbsenceWeek> absence_week(sync::Database& database, std::int64_t school_class,
                                        Date day);

}  // namespace zimnik::journal
