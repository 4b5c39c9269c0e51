// The tables of a OneRoster archive (CSV, 1.1 and 1.2), as far as a journal has use for them:
// 1EdTech, OneRoster CSV Binding. Rows that are to be deleted, or whose time is over, are left out.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "schema/import/kinds.h"

namespace zimnik::journal {

/// In the words of its column `role`: teacher, student …
using RosterRoles = std::set<std::string>;

struct RosterUser {
  std::size_t line = 0;
  std::string family_name, given_name, middle_name, identifier;
  RosterRoles roles;
  std::string birth_date, sex;  ///< of demographics.csv

  std::string full_name() const;
};

struct RosterClass {
  std::size_t line = 0;
  std::string title, course_title;
  std::string school;  ///< the name of its org
  bool is_homeroom = false;
  std::vector<std::string> teachers, students;  ///< sourcedIds of users; the primary teacher first
};

struct RosterSession {
  std::size_t line = 0;
  std::string type;
  Date starts, ends;  ///< both belong to it; the file's endDate is the day after
};

struct Roster {
  std::map<std::string, RosterUser> users;     ///< by sourcedId
  std::map<std::string, RosterClass> classes;  ///< by sourcedId
  std::vector<RosterSession> sessions;         ///< in order of their days
  std::size_t schools = 0;
};

/// Reports what can't be read, by file and line.
Roster read_roster(Planning& planning, const ImportFiles& files);

}  // namespace zimnik::journal
