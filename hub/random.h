// Chance that nobody can guess. Any thread.
#pragma once

#include <string>

namespace zimnik::hub {

std::string random_bytes(std::size_t count);
/// Twice as many digits.
std::string random_hex(std::size_t bytes);

}  // namespace zimnik::hub
