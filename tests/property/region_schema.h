// What the replicas of random regions hold: every policy, personal values, a table of the school's
// stream, and four versions, each of which brings what the ones before it don't know: a table,
// groups of all policies but authority.
#pragma once

#include <cstdint>
#include <map>

#include "sync/core/schema.h"
#include "tests/model/world.h"

namespace zimnik::property {

inline constexpr std::uint32_t kNewestSchema = 4;  ///< the first is 1
inline constexpr std::int64_t kFirstPerson = 1;
inline constexpr std::int64_t kPersonsOfRegion = 3;  ///< ids from kFirstPerson on

/// 1: mark has a value; person a name, and is granted something; visit has a reason.
/// 2: mark has a kind; person is barred; note is about somebody, and has a picture.
/// 3: mark has a weight; visit is done.
/// 4: person has a phone.
sync::Schema region_schema(std::uint32_t version);
/// The policies of the newest, for the model.
std::map<model::GroupId, model::PolicyRule> region_policies();

}  // namespace zimnik::property
