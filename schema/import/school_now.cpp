#include "schema/import/school_now.h"

#include <algorithm>

#include "schema/import/folding.h"
#include "schema/query.h"
#include "schema/read/courses.h"
#include "schema/words.h"

namespace zimnik::journal {

using sync::Database;
using sync::Statement;

namespace {

std::optional<std::int64_t> found_in(const std::map<std::string, std::int64_t>& names,
                                     std::string_view text) {
  const auto it = names.find(bare(text));
  return it == names.end() ? std::nullopt : std::optional(it->second);
}

std::string text_in(const std::map<std::int64_t, std::string>& texts, std::int64_t id) {
  const auto it = texts.find(id);
  return it == texts.end() ? "" : it->second;
}

}  // namespace

SchoolNow::SchoolNow(Database& database, int year) {
  read_structure(database, year);
  read_staff(database);
}

void SchoolNow::read_structure(Database& database, int year) {
  each_row(database, "SELECT id, name FROM branch ORDER BY id", {},
           [&](const Statement& row) { note_branch(row.integer(0), string_at(row, 1)); });
  each_row(database, "SELECT id, name FROM subject ORDER BY id", {},
           [&](const Statement& row) { note_subject(row.integer(0), string_at(row, 1)); });
  each_row(database, "SELECT id, name, short_name FROM work_type ORDER BY id", {},
           [&](const Statement& row) {
             work_types_.emplace(bare(string_at(row, 1)), row.integer(0));
             if (!row.is_null(2)) work_types_.emplace(bare(string_at(row, 2)), row.integer(0));
           });
  for (const auto& one : classes_of_year(database, year)) {
    note_class({one.id,
                {one.year, one.grade_level, one.letter, one.branch, one.shift},
                one.class_teacher});
  }
  each_row(database,
           "SELECT g.id, g.school_class, g.name FROM study_group g "
           "JOIN school_class k ON k.id = g.school_class WHERE k.year = ? ORDER BY g.id",
           {std::int64_t{year}}, [&](const Statement& row) {
             note_group({row.integer(0), row.integer(1), string_at(row, 2)});
           });
  each_row(database,
           "SELECT c.id, c.subject, c.school_class, c.study_group, c.teacher, c.hours "
           "FROM course c JOIN school_class k ON k.id = c.school_class WHERE k.year = ? "
           "ORDER BY c.id",
           {std::int64_t{year}}, [&](const Statement& row) {
             note_course({row.integer(0), row.integer(1), row.integer(2), integer_at(row, 3),
                          integer_at(row, 4), static_cast<int>(row.integer(5))});
           });
}

void SchoolNow::read_staff(Database& database) {
  for (const auto& [id, name] : people_of_kind(database, word_of(PersonKind::staff))) {
    if (name.is_readable()) note_staff(id, name);
  }
}

const ClassNow* SchoolNow::class_named(std::string_view text) const {
  const auto wanted = class_from(text);
  if (!wanted) return nullptr;
  for (const auto& one : classes_) {
    const auto own = class_from(one.text());
    if (own && own->grade_level == wanted->grade_level && own->letter == wanted->letter) {
      return &one;
    }
  }
  return nullptr;
}

std::optional<std::int64_t> SchoolNow::branch_named(std::string_view text) const {
  return found_in(branch_names_, text);
}

std::optional<std::int64_t> SchoolNow::subject_named(std::string_view text) const {
  return found_in(subject_names_, text);
}

std::optional<std::int64_t> SchoolNow::work_type_named(std::string_view text) const {
  return found_in(work_types_, text);
}

const GroupNow* SchoolNow::group_named(std::int64_t school_class, std::string_view text) const {
  const auto wanted = bare(text);
  for (const auto& group : groups_) {
    if (group.school_class == school_class && bare(group.name) == wanted) return &group;
  }
  return nullptr;
}

std::vector<std::int64_t> SchoolNow::staff_named(std::string_view text) const {
  std::vector<std::int64_t> people;
  const auto [first, last] = staff_names_.equal_range(bare(text));
  for (auto it = first; it != last; ++it) people.push_back(it->second);
  return people;
}

std::vector<CourseNow> SchoolNow::courses_of(std::int64_t school_class,
                                             std::int64_t subject) const {
  std::vector<CourseNow> found;
  for (const auto& course : courses_) {
    if (course.school_class == school_class && course.subject == subject) found.push_back(course);
  }
  return found;
}

std::string SchoolNow::subject_name(std::int64_t subject) const {
  return text_in(subjects_, subject);
}

std::string SchoolNow::staff_name(std::int64_t person) const { return text_in(staff_, person); }

std::string SchoolNow::class_name(std::int64_t school_class) const {
  for (const auto& one : classes_) {
    if (one.id == school_class) return one.text();
  }
  return "";
}

std::string SchoolNow::group_name(std::int64_t group) const {
  for (const auto& one : groups_) {
    if (one.id == group) return one.name;
  }
  return "";
}

std::vector<NamedPerson> SchoolNow::noted_pupils(std::int64_t school_class) const {
  std::vector<NamedPerson> list;
  const auto [first, last] = pupils_.equal_range(school_class);
  for (auto it = first; it != last; ++it) list.push_back(it->second);
  return list;
}

void SchoolNow::note_staff(std::int64_t id, const PersonName& name) {
  staff_[id] = name.brief();
  std::vector<std::string> forms = {bare(name.full()), bare(name.brief()), bare(name.plain()),
                                    bare(name.family_name)};
  std::sort(forms.begin(), forms.end());
  forms.erase(std::unique(forms.begin(), forms.end()), forms.end());
  for (const auto& form : forms) staff_names_.emplace(form, id);
}

void SchoolNow::note_branch(std::int64_t id, std::string_view name) {
  branches_.push_back(id);
  branch_names_.emplace(bare(name), id);
}

void SchoolNow::note_subject(std::int64_t id, std::string_view name) {
  subjects_[id] = std::string(name);
  subject_names_.emplace(bare(name), id);
}

}  // namespace zimnik::journal
