// What the replicas of random regions hold: every policy, personal values, a table of the school's
// stream, and two versions, of which the older lacks two groups and a table.
#pragma once

#include <cstdint>
#include <map>

#include "sync/core/schema.h"
#include "tests/model/world.h"

namespace zimnik::property {

inline constexpr std::uint32_t kOldSchema = 1;
inline constexpr std::uint32_t kNewSchema = 2;
inline constexpr std::int64_t kFirstPerson = 1;
inline constexpr std::int64_t kPersonsOfRegion = 3;  ///< ids from kFirstPerson on

sync::Schema region_schema(std::uint32_t version);
/// The same policies, for the model.
std::map<model::GroupId, model::PolicyRule> region_policies();

}  // namespace zimnik::property
