// What a file that is brought in would do to the school: made from the file's rows and the school
// as it is, shown to a person, and then written whole or not at all.
//
// A plan never takes away what the file doesn't speak of, and an empty cell erases nothing. To plan
// again what was written gives a plan that changes nothing.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "schema/dates.h"
#include "schema/import/fault.h"
#include "schema/roles.h"
#include "sync/store/command.h"

namespace zimnik::journal {

enum class Effect : std::uint8_t { added, changed, removed, same };

struct Change {
  std::size_t line = 0;  ///< of the file; 0 for what follows from the file as a whole
  Effect effect = Effect::same;
  sync::Phrase what;                            ///< «Иванов Пётр, 7А»
  std::vector<sync::Phrase> details = {};       ///< «смена: 1 → 2»
  std::function<void(sync::Command&)> write{};  ///< empty where nothing is to be done
  std::string file = {};                        ///< of an archive
};

struct Plan {
  std::vector<Change> changes;           ///< in the order in which they are written
  std::vector<Fault> faults;             ///< in order of their lines
  std::vector<std::int64_t> new_people;  ///< who needs a key before the plan is written

  std::size_t count(Effect effect) const;
  bool changes_nothing() const { return count(Effect::same) == changes.size(); }
  /// All that a person was shown of it: two plans of one outline do the same.
  std::string outline() const;
  std::string digest() const;  ///< of the outline, in hexadecimal
};

/// Ids for what a plan adds. After rewind() they are the same again, so a plan that is made anew
/// inside a write has those of the plan before it.
class NewIds {
 public:
  explicit NewIds(int school_year) : school_year_(school_year) {}
  std::int64_t next();
  void rewind() { used_ = 0; }

 private:
  int school_year_;
  std::vector<std::int64_t> ids_;
  std::size_t used_ = 0;
};

/// What is known beside the file.
struct ImportOptions {
  Date today;
  int year = 0;               ///< the school year, by the year in which it begins
  std::optional<Date> since;  ///< the first day of what begins; else first_day_for()
  std::int64_t course = 0;    ///< of a lesson plan
  Role role = Role::pupil;    ///< in which the file is brought in
};

/// The first day of what a file begins: the school year's own, as long as that has nothing of the
/// kind (`table`: enrolment, timetable); later the day itself.
Date first_day_for(sync::Database& database, const std::string& table,
                   const ImportOptions& options);

/// Writes it. Refuses a plan with faults, and names the line of what a command refuses.
void carry_out(sync::Command& command, const Plan& plan);

}  // namespace zimnik::journal
