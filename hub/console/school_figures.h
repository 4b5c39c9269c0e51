// What an education authority is told of a school: figures without names, computed from its journal
// and kept in hub.db by school and day, since three hundred schools can't be computed at each look.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "hub/hub.h"
#include "schema/dates.h"
#include "schema/formulas.h"
#include "sync/store/entry_times.h"

namespace zimnik::hub {

/// Of one day of a school.
struct DayFigures {
  int missed = 0;     ///< lessons that pupils weren't at
  int unexcused = 0;  ///< of them without a reason that is known yet
  int late = 0;       ///< entries of that day's lessons that came after their deadline
};

/// One matter of readiness for the school year.
struct ReadyMatter {
  std::int64_t matter = 0;  ///< journal::Readiness
  std::int64_t of = 0, missing = 0;
};

struct SchoolFigures {
  sync::Time at;  ///< as of when
  int year = 0;   ///< the school year
  int pupils = 0;
  std::string period;  ///< whose results they are: its code; empty where there is none yet
  journal::Results results;
  std::vector<ReadyMatter> readiness{};
  std::map<journal::Date, DayFigures> days{};  ///< the last kDays, none left out
  static constexpr int kDays = 14;

  std::size_t ready() const;  ///< matters that lack nothing
};

/// As of today in the school's time zone. Waits for the school's lock; `times` are the school's.
SchoolFigures figures_of(Hub& hub, School& school, sync::EntryTimes& times);

/// In hub.db. Any thread.
class FiguresStore {
 public:
  explicit FiguresStore(HubDatabase& database) : database_(database) {}

  void save(const sync::SchoolId& school, const SchoolFigures& figures);
  /// The newest; nothing where there are none. Days before those that were computed last stay.
  std::optional<SchoolFigures> last(const sync::SchoolId& school);

 private:
  HubDatabase& database_;
};

}  // namespace zimnik::hub
