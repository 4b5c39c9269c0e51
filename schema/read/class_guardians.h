// The guardians of a class's pupils, each once.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "schema/dates.h"
#include "schema/read/family.h"
#include "schema/read/people.h"
#include "sync/store/database.h"

namespace zimnik::journal {

struct ClassGuardian {
  Guardian guardian;                 ///< relation: to the first of the children
  std::vector<PersonName> children;  ///< in this class
};

/// As of that day, in order of their first child's name.
std::vector<ClassGuardian> guardians_of_class(sync::Database& database, std::int64_t school_class,
                                              Date today);

}  // namespace zimnik::journal
