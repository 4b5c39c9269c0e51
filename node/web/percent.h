// Figures as people read them.
#pragma once

#include <optional>
#include <string>

namespace zimnik::node {

/// Tenths of a per cent as «66,7 %»; «—» for none.
std::string percent_text(std::optional<int> tenths);

}  // namespace zimnik::node
