// The schema of random worlds: every policy, personal values named by the key and by the same
// group, a table with an identifying group, one of the school's stream.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <vector>

#include "sync/core/schema.h"
#include "tests/model/world.h"
#include "tests/property/dice.h"

namespace zimnik::property {

inline constexpr std::uint32_t kMark = 1, kPerson = 2, kNote = 3, kVisit = 4;
inline constexpr std::uint32_t kUnknown = 9;  ///< no table, and no group

sync::Schema world_schema();
/// The same policies, for the model.
std::map<model::GroupId, model::PolicyRule> world_policies();

/// One of two values for a key column; once in a while not of its type.
sync::Value some_key_value(sync::ColumnType type, std::size_t which, Dice& dice);
/// Values for the group, or for one that isn't known; once in a while not fitting it. A cipher's
/// key names its person in the first byte, and which of the person's keys it is in the second;
/// its bytes are one byte that depends on the key, then the plain text.
std::vector<sync::Value> some_values(const sync::Group* group, std::size_t person, Dice& dice);

}  // namespace zimnik::property
