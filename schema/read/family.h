// Families: whose children, and what they agreed to.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schema/dates.h"
#include "schema/read/people.h"
#include "sync/store/database.h"

namespace zimnik::journal {

struct Child {
  std::int64_t pupil = 0;
  PersonName name;
  std::string relation;    ///< мать, отец …
  std::string class_name;  ///< on that day; empty where in none
};
/// As of that day, in order of their names. Without those who are of age and haven't agreed to it.
std::vector<Child> children_of(sync::Database& database, std::int64_t guardian, Date today);

/// The pupil as a child of the own account; nothing where the person is no pupil.
std::optional<Child> pupil_itself(sync::Database& database, std::int64_t person, Date today);

enum class ConsentState : std::uint8_t { absent, granted, refused };
struct Consent {
  ConsentState state = ConsentState::absent;
  std::string source;
  std::optional<Date> date;
};
/// One that somebody withdrew by deleting it, or of which no word can be made out, is refused.
Consent consent_of(sync::Database& database, std::int64_t person, std::string_view purpose);
/// Whether the diary may be shown, or sent, to this guardian: only what was granted.
bool may_read_electronically(sync::Database& database, std::int64_t guardian);
/// Whether guardians may read a pupil's diary at all on that day: from limits::kYearsOfAge years on
/// only with the pupil's own consent. Where the birth can't be read here, they may.
bool may_guardians_read(sync::Database& database, std::int64_t pupil, Date today);
/// Whether a pupil may read its own electronically: by its own word where it gave one; else where
/// it is of age, or one of its guardians has consented.
bool may_read_own_diary(sync::Database& database, std::int64_t pupil, Date today);
/// Whether the guardian may read this pupil's diary on that day: its child, and it has consented.
bool may_read_diary(sync::Database& database, std::int64_t guardian, std::int64_t pupil,
                    Date today);

/// Whether a pupil's journal (marks, attendance, results) may go to other systems electronically on
/// that day. Stricter than reading here, since it can't be taken back: who decides has consented to
/// the electronic diary, and nobody of them has refused. A pupil of age decides alone; of another
/// the guardians do, and the pupil's own refusal counts too.
bool may_go_to_other_systems(sync::Database& database, std::int64_t pupil, Date today);

struct Guardian {
  std::int64_t id = 0;
  PersonName name;
  std::string relation;
  Consent consent;          ///< to the electronic diary
  bool has_access = false;  ///< a code was issued
};
std::vector<Guardian> guardians_of(sync::Database& database, std::int64_t pupil, Date today);

/// The hash of the code issued to a guardian, with the moment; nothing where none is.
struct DiaryAccess {
  std::int64_t guardian = 0;
  std::string verifier;  ///< 32 bytes
  std::int64_t issued_at = 0;
};
std::optional<DiaryAccess> diary_access_of(sync::Database& database, std::int64_t guardian);
/// Who has a code with this hash.
std::optional<DiaryAccess> diary_access_by(sync::Database& database, std::string_view verifier);

}  // namespace zimnik::journal
