// The results of a period or a year in the whole school, by class, grade level, subject and
// teacher.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "schema/dates.h"
#include "schema/formulas.h"
#include "sync/store/database.h"

namespace zimnik::journal {

struct NamedResults {
  std::string name;
  Results results;
  std::string period{};  ///< of classes and grade levels: the code of the one by which they count
};

/// Of classes and grade levels each pupil counts once, by the worst of what the pupil has; of
/// subjects and teachers each result counts. Who left doesn't count.
struct SchoolResults {
  std::vector<NamedResults> classes, grade_levels, subjects, teachers;
  Results school;  ///< as of classes
};

/// `period`: «year», or the code of a period: of classes that are assessed otherwise, their own
/// that ends with it (see own_period_ending), or none. `day` is the one on which the pupils are
/// counted.
SchoolResults school_results(sync::Database& database, int year, const std::string& period,
                             Date day);

}  // namespace zimnik::journal
