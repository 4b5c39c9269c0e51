// A school of one class, with what a diary shows; all of it lies in this week.
#pragma once

#include <string>

#include "tests/hub/region.h"

namespace zimnik::hub::test {

inline constexpr std::int64_t kPetya = 21, kDasha = 22, kStranger = 23;  // pupils
inline constexpr std::int64_t kMother = 31, kFather = 32,
                              kOther = 33;  // of Petya and Dasha; of the stranger
inline constexpr const char *kMotherCode = "abcdefghijklmnop", *kFatherCode = "bbcdefghijklmnop",
                            *kOtherCode = "cbcdefghijklmnop";

/// The Monday of the week, which the school's lessons are in.
journal::Date this_monday();
/// Writes it, with the consents of mother and father, and codes for all three.
void write_small_school(SchoolSite& site);
void give_consent(SchoolSite& site, std::int64_t guardian, bool is_granted);
void give_code(SchoolSite& site, std::int64_t guardian, const std::string& code);

/// A running hub with that school, in step with its node.
struct SmallRegion {
  SmallRegion() : SmallRegion(Clock(system_time)) {}
  explicit SmallRegion(Clock clock);  ///< the hub lives by it
  RunningHub hub;
  std::string school;  ///< its id
  SchoolSite site;
};

}  // namespace zimnik::hub::test
