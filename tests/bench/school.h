// The made-up school in the folder of an enrolled node, without its last day; and that day, to be
// brought to the hub.
#pragma once

#include <string>

namespace zimnik::bench {

enum class SchoolPart { without_last_day, last_day };

/// Prints how many edits were written. Throws std::runtime_error where the folder isn't an enrolled
/// node's. REQUIRES: before the last day the rest was written, for as many pupils.
void write_school(const std::string& folder, int pupils, SchoolPart part);

}  // namespace zimnik::bench
