#include "schema/read/class_guardians.h"

#include <algorithm>

#include "schema/query.h"

namespace zimnik::journal {

std::vector<ClassGuardian> guardians_of_class(sync::Database& database, std::int64_t school_class,
                                              Date today) {
  const Snapshot snapshot(database);
  std::vector<ClassGuardian> guardians;
  for (const auto& pupil : pupils_of_class(database, school_class, today)) {
    for (auto& guardian : guardians_of(database, pupil.id, today)) {
      const auto known =
          std::find_if(guardians.begin(), guardians.end(),
                       [&](const ClassGuardian& it) { return it.guardian.id == guardian.id; });
      if (known != guardians.end()) {
        known->children.push_back(pupil.name);
      } else {
        guardians.push_back({std::move(guardian), {pupil.name}});
      }
    }
  }
  return guardians;
}

}  // namespace zimnik::journal
