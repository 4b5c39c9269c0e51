// How long what is kept of a person has to be kept before it may be destroyed.
#pragma once

#include <optional>

#include "schema/dates.h"
#include "sync/store/replica.h"

namespace zimnik::journal {

namespace retention {

// In years from the end of the school year of the last record. The regulation that the journal
// follows asks for archives that can be checked "for as long as they are kept" and names no years:
// all of these are assumed, and the school's own list of files decides.
inline constexpr int kJournalYears = 5;   // lessons, marks, absences, remarks: assumed
inline constexpr int kSummaryYears = 25;  // final marks and what is made of them: assumed
inline constexpr int kPersonalYears = 3;  // accounts, roles, messages, contacts, consents: assumed

}  // namespace retention

/// What there is of a person that periods are counted from.
struct PersonRecords {
  std::optional<Date> journal;   ///< the last lesson, mark, absence, excuse or remark
  std::optional<int> summary;    ///< the school year of the last final mark
  std::optional<Date> personal;  ///< the last day of a role, stay, contact, consent, message …
  /// In a class, in a role, or guardian of who is in a class: no period has begun yet.
  bool is_current = false;
};

/// The last day on which something of this has to be kept; nothing where nothing has. Pure.
std::optional<Date> kept_until(const PersonRecords& records);
/// Of all tables. What others wrote may be no day: then it isn't counted.
PersonRecords records_of(sync::Replica& replica, std::int64_t person, Date today);

}  // namespace zimnik::journal
