// The school as it is when a file is looked at, by the names that files use. What the file itself
// adds is noted in it row by row, so a later row may speak of it.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schema/commands/school.h"
#include "schema/read/people.h"
#include "sync/store/database.h"

namespace zimnik::journal {

struct ClassNow {
  std::int64_t id = 0;
  ClassName name;
  std::optional<std::int64_t> class_teacher;

  std::string text() const { return std::to_string(name.grade_level) + name.letter; }  ///< 7А
};

struct GroupNow {
  std::int64_t id = 0, school_class = 0;
  std::string name;
};

struct CourseNow {
  std::int64_t id = 0, subject = 0, school_class = 0;
  std::optional<std::int64_t> group, teacher;
  int hours = 0;
};

class SchoolNow {
 public:
  /// Classes, groups and courses of that school year.
  SchoolNow(sync::Database& database, int year);

  const ClassNow* class_named(std::string_view text) const;  ///< null where there is none
  std::optional<std::int64_t> branch_named(std::string_view text) const;
  std::optional<std::int64_t> subject_named(std::string_view text) const;
  std::optional<std::int64_t> work_type_named(std::string_view text) const;
  const GroupNow* group_named(std::int64_t school_class, std::string_view text) const;
  /// Staff by full name, family name and initials, family name and given name, or family name
  /// alone.
  std::vector<std::int64_t> staff_named(std::string_view text) const;
  std::vector<CourseNow> courses_of(std::int64_t school_class, std::int64_t subject) const;

  const std::vector<std::int64_t>& branches() const { return branches_; }
  const std::vector<ClassNow>& classes() const { return classes_; }
  const std::vector<CourseNow>& courses() const { return courses_; }
  std::string subject_name(std::int64_t subject) const;
  std::string staff_name(std::int64_t person) const;  ///< «Иванова А. И.»
  std::string class_name(std::int64_t school_class) const;
  std::string group_name(std::int64_t group) const;

  /// Who of this class the file adds to the pupils.
  std::vector<NamedPerson> noted_pupils(std::int64_t school_class) const;

  void note_staff(std::int64_t id, const PersonName& name);
  void note_pupil(std::int64_t school_class, NamedPerson pupil) {
    pupils_.emplace(school_class, std::move(pupil));
  }
  void note_branch(std::int64_t id, std::string_view name);
  void note_subject(std::int64_t id, std::string_view name);
  void note_class(ClassNow school_class) { classes_.push_back(std::move(school_class)); }
  void note_group(GroupNow group) { groups_.push_back(std::move(group)); }
  void note_course(CourseNow course) { courses_.push_back(course); }

 private:
  using Names = std::map<std::string, std::int64_t>;

  void read_structure(sync::Database& database, int year);
  void read_staff(sync::Database& database);

  std::vector<std::int64_t> branches_;
  Names branch_names_, subject_names_, work_types_;
  std::map<std::int64_t, std::string> subjects_, staff_;
  std::multimap<std::string, std::int64_t> staff_names_;
  std::multimap<std::int64_t, NamedPerson> pupils_;
  std::vector<ClassNow> classes_;
  std::vector<GroupNow> groups_;
  std::vector<CourseNow> courses_;
};

}  // namespace zimnik::journal
