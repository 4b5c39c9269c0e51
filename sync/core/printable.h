// What somebody typed or forged, as it may be written to a terminal.
#pragma once

#include <string>

namespace zimnik::sync {

/// Control characters but ends of lines and tabs become spaces, those of two bytes (U+0080 to
/// U+009F) too, and marks that turn the direction of what follows: nobody's terminal is to obey
/// what somebody typed into a journal.
std::string harmless(std::string text);
/// Ends of lines and tabs too, also those of Unicode's own: a value that stands in a line of its
/// own, or in a column, makes no other.
std::string one_line(std::string text);

}  // namespace zimnik::sync
