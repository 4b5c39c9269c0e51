// What law 8 has listed after an act although it isn't void, read literally.
#pragma once

#include <set>

#include "tests/model/naive_acts.h"
#include "tests/model/naive_fold.h"

namespace zimnik::model {

struct Review {
  std::set<sync::Hash> unseen;      ///< leaves
  std::set<VersionName> over_void;  ///< of known tables
};

/// REQUIRES: `acts` and `fold` are the world's, and `act` is an act of it that is in force.
Review review(const World& world, const Acts& acts, const Fold& fold, const Leaf& act);

}  // namespace zimnik::model
