// How old what is here of a school is. Any thread.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "hub/hub.h"

namespace zimnik::hub {

struct Freshness {
  struct Node {
    std::string name;
    std::optional<sync::Time> exchange, complete;
    bool operator==(const Node&) const = default;
  };
  std::optional<sync::Time> complete;  ///< the latest; all that one of its nodes had then is here
  std::optional<sync::Time> exchange;  ///< the latest
  std::vector<Node> behind;            ///< nodes whose own word is a day older than that
  bool operator==(const Freshness&) const = default;
};
Freshness freshness_of(Hub& hub, const sync::SchoolId& school);

}  // namespace zimnik::hub
