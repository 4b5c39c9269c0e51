#include "node/web/percent.h"

namespace zimnik::node {

std::string percent_text(std::optional<int> tenths) {
  if (!tenths) return "—";
  return std::to_string(*tenths / 10) + "," + std::to_string(*tenths % 10) + " %";
}

}  // namespace zimnik::node
