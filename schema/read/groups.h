// Groups that aren't a whole class: subgroups, streams, individual plans.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "schema/dates.h"
#include "schema/read/courses.h"
#include "schema/read/people.h"
#include "sync/store/database.h"

namespace zimnik::journal {

struct GroupTitle {
  std::int64_t id = 0;
  std::string name;
  std::string kind;  ///< subgroup, stream, individual_plan
  std::optional<std::int64_t> school_class;
  std::string class_name;  ///< of a subgroup; else empty
  int year = 0;            ///< of its class; else the one that its id was made in
  int members = 0;         ///< on the day
  std::vector<CourseTitle> courses;
};
/// Of a school year: subgroups in order of their classes, then the others by name.
std::vector<GroupTitle> groups_of_year(sync::Database& database, int year, Date today);

struct GroupMember {
  std::int64_t pupil = 0;
  PersonName name;
  std::string class_name;  ///< on the day; empty where in none
  Date since;
  std::optional<Date> until;

  bool is_in(Date day) const { return !until || day <= *until; }  ///< or comes to it yet
};
struct GroupPage {
  GroupTitle title;
  std::vector<GroupMember> members;  ///< those of the day first, each in order of their names
  std::vector<NamedPerson> others;   ///< of the class that was asked for, who aren't in it
};
/// `school_class` says whose pupils may join; of a subgroup it is its own. Nothing where there is
/// no such group.
std::optional<GroupPage> group_page(sync::Database& database, std::int64_t group,
                                    std::optional<std::int64_t> school_class, Date today);

}  // namespace zimnik::journal
