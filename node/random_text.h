// Chance in letters.
#pragma once

#include <string>

namespace zimnik::node {

/// Letters and digits that nobody takes for another: base32 has neither 0 nor 1. Throws
/// std::runtime_error where the machine has no chance to give.
std::string random_text(std::size_t bytes);

}  // namespace zimnik::node
