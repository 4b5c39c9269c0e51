// What an account may read, asked anew at each request: a refusal, an end of guardianship or a
// newer code ends it at once.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "hub/hub.h"
#include "schema/read/family.h"

namespace zimnik::hub {

/// A person of a school whose code an account has: a guardian, or a pupil itself.
struct FamilyMember {
  School* school = nullptr;
  std::int64_t person = 0;
};

struct FamilyChild {
  School* school = nullptr;
  journal::Child child;
  bool is_readable = false;  ///< somebody of the account may read it electronically
  std::int64_t reader = 0;   ///< who: a guardian, or the pupil
};

struct Family {
  std::vector<FamilyMember> members;  ///< whose codes are the latest that their schools gave
  std::vector<FamilyChild> children;  ///< of all members, in order of school and name
  std::vector<std::string> silent;    ///< names of schools that can't be read now
  const FamilyChild* find(std::int64_t pupil) const;
  const FamilyChild* first_readable() const;
};
Family family_of(Hub& hub, std::int64_t account);

/// Those of one school that may be read now, each as often as there are readers of it; for who
/// reads the school already. `database` is the school's.
std::vector<FamilyChild> readable_children(Hub& hub, sync::Database& database,
                                           const sync::SchoolId& school, std::int64_t account);

/// What the hash of a code was issued for, in whichever school that is open; nothing where it is no
/// code.
std::optional<GuardianLink> link_of_code(Hub& hub, const sync::Hash& code);
/// Whether any school is closed since the hub was restored.
bool is_any_closed(Hub& hub);

}  // namespace zimnik::hub
