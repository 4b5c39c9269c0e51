// The school's structure: buildings, classes, periods, bells. Errors as in lesson.h. What isn't
// there yet is made, what is there is written anew.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "schema/dates.h"
#include "sync/core/frontier.h"
#include "sync/store/command.h"

namespace zimnik::journal {

inline constexpr std::int64_t kSchool = 1;  ///< the id of the one row of the table school

/// `time_zone` by its IANA name.
void set_school(sync::Command& command, std::string_view name, std::string_view settlement,
                std::string_view time_zone);
void set_branch(sync::Command& command, std::int64_t branch, std::string_view name,
                std::string_view settlement);

struct ClassName {
  int year = 0;  ///< in which the school year begins
  int grade_level = 1;
  std::string letter;
  std::int64_t branch = 0;
  int shift = 1;
};
/// The id for a class that is made, the same on every node for the same year, name and building:
/// so two that are made unaware of each other are one. Another where that id has been taken.
std::int64_t id_for_class(sync::Database& database, const ClassName& name);
void set_class(sync::Command& command, std::int64_t school_class, const ClassName& name);
void set_class_teacher(sync::Command& command, std::int64_t school_class,
                       std::optional<std::int64_t> person);

/// Refuses an end before the beginning.
void set_period(sync::Command& command, int year, std::string_view code, Date starts, Date ends);
/// Refuses where it is closed, or has results already, or isn't there.
void remove_period(sync::Command& command, int year, std::string_view code);
/// Marks of its days then need a protocol. `closed_at` in ms since 1970.
/// `known`: what was held as it was closed, so that others can tell what came after; where it is
/// empty only times of entry tell.
void close_period(sync::Command& command, int year, std::string_view code, std::int64_t closed_at,
                  const sync::Frontier& known = {});
void reopen_period(sync::Command& command, int year, std::string_view code);

/// Times of day HH:MM.
void set_bell(sync::Command& command, std::int64_t branch, int shift, int number,
              std::string_view starts, std::string_view ends);
/// Takes away the bells of the shift after this number.
void remove_bells_after(sync::Command& command, std::int64_t branch, int shift, int number);

/// What families are told of an absence; where it is blank, the usual text. Refuses a place that
/// isn't one of absence_message.h, and where the school has no name yet.
void set_absence_message(sync::Command& command, std::string_view text);

/// A day without lessons within a period.
void set_day_off(sync::Command& command, Date date, std::string_view name);
void remove_day_off(sync::Command& command, Date date);

}  // namespace zimnik::journal
