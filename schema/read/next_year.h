// What a school takes over into its next school year.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <vector>

#include "schema/dates.h"
#include "schema/proposals.h"
#include "schema/read/courses.h"
#include "schema/read/people.h"
#include "sync/store/database.h"

namespace zimnik::journal {

struct StayingClass {
  ClassTitle title;
  PersonName class_teacher;         ///< unreadable where there is none
  std::vector<NamedPerson> pupils;  ///< who hasn't left it, in order of their names
};
/// Of a school year, in order of grade level and letter. Who is in two classes at once counts in
/// the one that was entered last.
std::vector<StayingClass> staying_classes(sync::Database& database, int year);
/// Who is, or was, in a class of that year.
std::set<std::int64_t> enrolled_in_year(sync::Database& database, int year);

struct Subgroup {
  std::int64_t id = 0;
  std::string name;
  std::set<std::int64_t> members;  ///< who hasn't left it
};
std::vector<Subgroup> subgroups_of(sync::Database& database, std::int64_t school_class);

/// What the year before it gives for the periods of this one; none where it has its own already.
std::vector<ProposedPeriod> periods_to_take_over(sync::Database& database, int year);

}  // namespace zimnik::journal
