// Codes that are printed, typed once, and then are no more: 80 random bits, so their hash may be
// kept as it is (sha256), without the slowness that passwords need. Any thread.
#pragma once

#include <string>
#include <string_view>

#include "sync/core/ids.h"

namespace zimnik::web {

/// Sixteen small letters and digits that nobody takes for others: base32 has neither 0 nor 1.
std::string new_code();
/// As it is printed: in groups of four.
std::string code_in_groups(std::string_view code);
/// The hash of a code as people type it: spaces and dashes left out, small letters.
sync::Hash hash_of_code(std::string_view typed);

}  // namespace zimnik::web
