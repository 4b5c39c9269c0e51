// What a pupil's own page shows of the person: file, contacts and consents with all that was said
// of them, and the way through the classes.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schema/commands/person.h"
#include "schema/dates.h"
#include "schema/read/family.h"
#include "schema/read/people.h"
#include "sync/store/replica.h"

namespace zimnik::journal {

struct PupilFile {
  PersonName name;
  std::optional<Date> birth_date;
  PersonalFile personal;  ///< empty where it can't be read here
};
/// Nothing where there is no such pupil.
std::optional<PupilFile> pupil_file(sync::Database& database, std::int64_t pupil);

/// A contact, or one that was entered at the same time elsewhere and isn't the one shown.
struct ContactVersion {
  Contact contact;
  bool is_shown = true;
};
/// All that stand beside each other; of each kind the shown one first.
std::vector<ContactVersion> contact_versions(sync::Replica& replica, std::int64_t person);

/// Something that was said of a consent, as it was entered.
struct ConsentEntry {
  ConsentState state = ConsentState::refused;
  std::string source;
  std::optional<Date> date;
  std::string author;  ///< a login
  sync::Time entered;
  bool is_in_force = false;  ///< it is what counts now
};
/// All of a purpose, the latest arrival first.
std::vector<ConsentEntry> consent_entries(sync::Replica& replica, std::int64_t person,
                                          std::string_view purpose);

/// By what paper: its day is known where the order is.
struct OrderMention {
  std::string number;  ///< empty: none was given
  std::optional<Date> date;
};
struct ClassStay {
  std::int64_t school_class = 0;
  std::string class_name;
  int year = 0;
  Date since;
  std::optional<Date> until;
  OrderMention came, left;
};
/// In order of their first days.
std::vector<ClassStay> class_stays(sync::Replica& replica, std::int64_t pupil);

}  // namespace zimnik::journal
