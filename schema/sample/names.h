// Names for people who don't exist: Russian, Khanty and Mansi.
#pragma once

#include <string>

#include "schema/commands/person.h"
#include "schema/sample/dice.h"

namespace zimnik::journal::sample {

/// A family's name, as men have it.
std::string family_name(Dice& dice);
/// A member of the family.
PersonNames person_names(Dice& dice, const std::string& family, bool is_woman);

}  // namespace zimnik::journal::sample
