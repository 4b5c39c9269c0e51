// Worlds as text, for counterexamples.
#pragma once

#include <string>

#include "tests/model/world.h"

namespace zimnik::property {

std::string print(const sync::Value& value);
/// A line for each leaf, and one for each site.
std::string print(const model::World& world);

}  // namespace zimnik::property
