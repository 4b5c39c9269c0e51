#include "schema/access.h"

#include <algorithm>

#include "schema/query.h"
#include "schema/read/family.h"
#include "schema/read/membership.h"
#include "schema/words.h"

namespace zimnik::journal {

using sync::Database;
using sync::Statement;

namespace {

bool has_any(Database& database, std::int64_t person, std::initializer_list<Role> roles,
             Date today) {
  const auto grants = grants_of(database, person, today);
  return std::any_of(grants.begin(), grants.end(), [&](const Grant& grant) {
    return grant.scope.empty() && std::find(roles.begin(), roles.end(), grant.role) != roles.end();
  });
}

bool teaches(Database& database, std::int64_t person, std::int64_t course) {
  const auto head = course_head(database, course);
  return head && head->teacher == person;
}

/// A subject teacher of the whole school, or of this course.
bool is_subject_teacher(Database& database, std::int64_t person, std::int64_t course, Date today) {
  const auto grants = grants_of(database, person, today);
  return std::any_of(grants.begin(), grants.end(), [&](const Grant& grant) {
    return grant.role == Role::subject_teacher &&
           (grant.scope.empty() || grant.scope == "course:" + std::to_string(course));
  });
}

/// Whether the person still teaches here: any subject, or as the teacher of this class.
bool is_on_staff(const std::vector<Grant>& grants, std::int64_t school_class) {
  return std::any_of(grants.begin(), grants.end(), [&](const Grant& grant) {
    return grant.role == Role::subject_teacher ||
           (grant.role == Role::class_teacher &&
            (grant.scope.empty() || grant.scope == "class:" + std::to_string(school_class)));
  });
}

bool is_class_teacher(Database& database, std::int64_t person, std::int64_t school_class,
                      Date today) {
  return one_integer(database, "SELECT class_teacher FROM school_class WHERE id = ?",
                     {school_class}) == person &&
         is_on_staff(grants_of(database, person, today), school_class);
}

/// Of a class whose pupils the course is taught to.
bool is_class_teacher_of_course(Database& database, std::int64_t person, std::int64_t course,
                                Date today) {
  const auto head = course_head(database, course);
  if (!head) return false;
  if (head->school_class) return is_class_teacher(database, person, *head->school_class, today);
  const auto grants = grants_of(database, person, today);
  bool is_one = false;
  each_row(database,
           "SELECT DISTINCT k.id FROM group_member m JOIN enrolment e ON e.pupil = m.pupil "
           "JOIN school_class k ON k.id = e.school_class "
           "WHERE m.study_group = ? AND k.class_teacher = ?",
           {optional_value(head->study_group), person},
           [&](const Statement& row) { is_one = is_one || is_on_staff(grants, row.integer(0)); });
  return is_one;
}

}  // namespace

std::vector<Grant> grants_of(Database& database, std::int64_t person, Date today) {
  std::vector<Grant> grants;
  each_row(database,
           "SELECT role, scope FROM role_grant WHERE person = ?1 AND state = ?2 AND "
           "(since IS NULL OR since <= ?3) AND (until IS NULL OR until >= ?3)",
           {person, text_value(kGranted), date_value(today)}, [&](const Statement& row) {
             if (const auto role = role_of(row.text(0))) {
               grants.push_back({*role, string_at(row, 1)});
             }
           });
  return grants;
}

bool has_role(Database& database, std::int64_t person, Role role, Date today) {
  return has_any(database, person, {role}, today);
}

Roles family_roles_of(Database& database, std::int64_t person, Date today) {
  Roles roles;
  if (one_text(database, "SELECT kind FROM person WHERE id = ?", {person}) ==
      word_of(PersonKind::pupil)) {
    roles.add(Role::pupil);
  }
  if (has_row(database,
              "SELECT 1 FROM guardianship WHERE guardian = ? AND (until IS NULL OR until >= ?)",
              {person, date_value(today)})) {
    roles.add(Role::guardian);
  }
  return roles;
}

bool leads_a_class(Database& database, std::int64_t person, Date today) {
  bool leads = false;
  const auto grants = grants_of(database, person, today);
  each_row(database, "SELECT id FROM school_class WHERE class_teacher = ? AND year = ?",
           {person, std::int64_t{today.school_year()}},
           [&](const Statement& row) { leads = leads || is_on_staff(grants, row.integer(0)); });
  return leads;
}

bool may_edit_lesson(Database& database, std::int64_t person, const LessonKey& lesson, Date today) {
  if (!is_subject_teacher(database, person, lesson.course, today)) return false;
  if (teaches(database, person, lesson.course)) return true;
  return has_row(database,
                 "SELECT 1 FROM lesson WHERE course = ? AND date = ? AND number = ? AND "
                 "teacher = ? AND substitutes IS NOT NULL AND order_number IS NOT NULL",
                 {lesson.course, date_value(lesson.date), lesson.number, person});
}

bool may_open_lesson(Database& database, std::int64_t person, const LessonKey& lesson,
                     const Assignment& assignment, Date today) {
  if (assignment.teacher != person) return false;
  const auto head = course_head(database, lesson.course);
  if (!head || !is_subject_teacher(database, person, lesson.course, today)) return false;
  if (has_row(database, "SELECT 1 FROM lesson WHERE course = ? AND date = ? AND number = ?",
              {lesson.course, date_value(lesson.date), lesson.number})) {
    return may_edit_lesson(database, person, lesson, today);
  }
  if (head->teacher == person) return !assignment.substitutes;
  return assignment.substitutes == head->teacher && assignment.substitutes.has_value() &&
         !assignment.order_number.empty();
}

bool may_substitute(Database& database, std::int64_t person, std::int64_t course, Date today) {
  return is_subject_teacher(database, person, course, today);
}

bool may_read_course(Database& database, std::int64_t person, std::int64_t course, Date today) {
  if (has_any(database, person, {Role::principal, Role::deputy_head}, today)) return true;
  if (is_class_teacher_of_course(database, person, course, today)) return true;
  if (!is_subject_teacher(database, person, course, today)) return false;
  return teaches(database, person, course) ||
         has_row(database,
                 "SELECT 1 FROM lesson WHERE course = ? AND teacher = ? AND "
                 "order_number IS NOT NULL LIMIT 1",
                 {course, person});
}

bool may_set_final(Database& database, std::int64_t person, std::int64_t course, Date today) {
  return teaches(database, person, course) && is_subject_teacher(database, person, course, today);
}

bool may_manage_studies(Database& database, std::int64_t person, Date today) {
  return has_any(database, person, {Role::principal, Role::deputy_head}, today);
}

bool may_care_for_class(Database& database, std::int64_t person, std::int64_t school_class,
                        Date today) {
  return is_class_teacher(database, person, school_class, today) ||
         has_any(database, person, {Role::principal, Role::deputy_head, Role::secretary}, today);
}

bool may_give_role(Database& database, std::int64_t person, Role role, Date today) {
  if (has_role(database, person, Role::principal, today)) return true;
  return has_role(database, person, Role::technical_specialist, today) &&
         rank_of(role) <= rank_of(Role::technical_specialist);
}

bool may_manage_account(Database& database, std::int64_t person, std::int64_t owner, Date today) {
  auto highest = Role::pupil;
  for (const auto& grant : grants_of(database, owner, today)) {
    if (rank_of(grant.role) > rank_of(highest)) highest = grant.role;
  }
  return may_give_role(database, person, highest, today);
}

bool may_read_class(Database& database, std::int64_t person, std::int64_t school_class,
                    Date today) {
  return may_care_for_class(database, person, school_class, today) ||
         may_manage_structure(database, person, today);
}

bool may_care_for_pupil(Database& database, std::int64_t person, std::int64_t pupil, Date today) {
  return may_care_for_class(database, person, class_at_hand(database, pupil, today).value_or(0),
                            today);
}

bool may_read_pupil(Database& database, std::int64_t person, std::int64_t pupil, Date today) {
  return may_read_class(database, person, class_at_hand(database, pupil, today).value_or(0), today);
}

bool may_write_to_class(Database& database, std::int64_t person, std::int64_t school_class,
                        Date today) {
  return is_class_teacher(database, person, school_class, today) ||
         may_manage_studies(database, person, today);
}

bool may_open_diary(Database& database, std::int64_t person, std::int64_t pupil, Date today) {
  if (person == pupil || may_read_diary(database, person, pupil, today)) return true;
  return may_write_to_class(database, person, class_at_hand(database, pupil, today).value_or(0),
                            today);
}

bool may_manage_structure(Database& database, std::int64_t person, Date today) {
  return has_any(database, person, {Role::principal, Role::deputy_head, Role::technical_specialist},
                 today);
}

bool may_move_pupils(Database& database, std::int64_t person, Date today) {
  return may_manage_structure(database, person, today) ||
         has_any(database, person, {Role::secretary}, today);
}

}  // namespace zimnik::journal
