// Ids of rows that have no natural key: 53 bits, exact in JavaScript too. The top 6 are the school
// year, counted from 2020, so that what a year brings lies together in the tables.
#pragma once

#include <cstdint>
#include <string_view>

namespace zimnik::journal {

/// From 2020 to 2083. Anything else is taken to the nearer of the two.
std::int64_t new_id(int school_year);
/// The same with the lower 47 bits given. Never 0.
std::int64_t make_id(int school_year, std::uint64_t chance);
/// The same for the same words on every node: of what two may make without knowing of each other.
std::int64_t derived_id(int school_year, std::string_view words);
/// The school year that an id was made in.
int year_of_id(std::int64_t id);

}  // namespace zimnik::journal
