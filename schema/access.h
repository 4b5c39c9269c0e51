// Who may do what in the journal. Decided from grants and assignments as this replica holds them;
// a grant counts within its days. Nothing here is remembered between calls.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "schema/commands/lesson.h"
#include "schema/lesson_key.h"
#include "schema/roles.h"
#include "sync/store/database.h"

namespace zimnik::journal {

struct Grant {
  Role role = Role::pupil;
  std::string scope;  ///< empty: the school
};
std::vector<Grant> grants_of(sync::Database& database, std::int64_t person, Date today);
/// Whether it is granted for the whole school.
bool has_role(sync::Database& database, std::int64_t person, Role role, Date today);

/// What a person is by its family, without a grant: a pupil, a guardian of somebody on that day.
Roles family_roles_of(sync::Database& database, std::int64_t person, Date today);

/// Whether a class of the day's school year is this person's, who still teaches here.
bool leads_a_class(sync::Database& database, std::int64_t person, Date today);

/// Marks, absences, topic and homework of a lesson: the course's teacher, and who substitutes in
/// that lesson by an order; both as long as they are subject teachers. Nobody else: neither the
/// class teacher nor the heads enter anything for a teacher.
bool may_edit_lesson(sync::Database& database, std::int64_t person, const LessonKey& lesson,
                     Date today);
/// The course's teacher for itself; another subject teacher for the course's teacher, by an order.
/// Once a lesson is there, only who may edit it.
bool may_open_lesson(sync::Database& database, std::int64_t person, const LessonKey& lesson,
                     const Assignment& assignment, Date today);
/// Whom the heads may name as a substitute in a course's lesson: a subject teacher.
bool may_substitute(sync::Database& database, std::int64_t person, std::int64_t course, Date today);
/// The course's page: its teacher; who substituted in it; the class's teacher, all subjects of the
/// class, as long as the person teaches here; principal and deputy head, everything.
bool may_read_course(sync::Database& database, std::int64_t person, std::int64_t course,
                     Date today);
/// Results of a course: its teacher.
bool may_set_final(sync::Database& database, std::int64_t person, std::int64_t course, Date today);
/// Results by a protocol or an order, periods, substitutions, timetable: the heads.
bool may_manage_studies(sync::Database& database, std::int64_t person, Date today);
/// Excuses, contacts, consents of a class: its teacher, the secretary and the heads.
bool may_care_for_class(sync::Database& database, std::int64_t person, std::int64_t school_class,
                        Date today);
/// An account of this person's: the principal, all; the technical specialist, those who rank no
/// higher.
bool may_manage_account(sync::Database& database, std::int64_t person, std::int64_t owner,
                        Date today);
/// Whether the person may give this role away, or a login with it: as above.
bool may_give_role(sync::Database& database, std::int64_t person, Role role, Date today);
/// A class's list and the pages of its pupils: who cares for it, and the technical specialist.
bool may_read_class(sync::Database& database, std::int64_t person, std::int64_t school_class,
                    Date today);
/// The same by the pupil's class of that day, or the next one; in none the class teacher hasn't it.
bool may_care_for_pupil(sync::Database& database, std::int64_t person, std::int64_t pupil,
                        Date today);
bool may_read_pupil(sync::Database& database, std::int64_t person, std::int64_t pupil, Date today);
/// A pupil's diary, and what is written to its family: a guardian who consented to it, the pupil,
/// the teacher of the class, and the heads.
bool may_open_diary(sync::Database& database, std::int64_t person, std::int64_t pupil, Date today);
/// What is written to families, and their answers: the class's teacher and the heads.
bool may_write_to_class(sync::Database& database, std::int64_t person, std::int64_t school_class,
                        Date today);
/// Accounts, classes, groups: the technical specialist and the heads.
bool may_manage_structure(sync::Database& database, std::int64_t person, Date today);
/// Pupils' movement and their files: the secretary, the technical specialist and the heads.
bool may_move_pupils(sync::Database& database, std::int64_t person, Date today);

}  // namespace zimnik::journal
