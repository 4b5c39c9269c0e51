// The number of a pension account (СНИЛС), which names a person in the state's registers. Pure; any
// thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace zimnik::journal {

/// As it is written, «112-233-445 95», from eleven digits with whatever blanks and dashes between
/// them. Nothing where there are more or fewer, or the last two don't come of the first nine.
std::optional<std::string> snils_from(std::string_view text);

}  // namespace zimnik::journal
