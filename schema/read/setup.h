// What a school that is being set up has so far: for the first-run assistant.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "schema/dates.h"
#include "schema/proposals.h"
#include "sync/store/database.h"

namespace zimnik::journal {

struct BranchName {
  std::int64_t id = 0;
  std::string name;
};
std::vector<BranchName> branches(sync::Database& database);

/// The bells of one building and shift, in order of the lessons.
struct ShiftBells {
  BranchName branch;
  int shift = 1;
  std::vector<Bell> bells;
};
std::vector<ShiftBells> all_bells(sync::Database& database);

/// Of a school year, from 1 August to 31 July.
std::vector<ProposedDayOff> days_off_of_year(sync::Database& database, int year);
std::vector<std::string> work_type_names(sync::Database& database);

/// The steps of setting up, in their order.
enum class SetupStep : std::uint8_t {
  school,
  periods,
  days_off,
  bells,
  work_types,
  staff,
  classes,
  pupils,
  curriculum,
  load,
  groups,
  timetable,
  lesson_plans,
};
struct SetupCheck {
  SetupStep step = SetupStep::school;
  bool is_done = false;
};
/// `day`: see readiness(); before the year begins its first day is looked at.
std::vector<SetupCheck> setup_checks(sync::Database& database, int year, Date day);
/// Whether there is what a first lesson needs: name, periods, bells, classes.
bool is_set_up(sync::Database& database, int year);

}  // namespace zimnik::journal
