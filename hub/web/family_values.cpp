#include "hub/web/family_values.h"

#include <optional>

#include "hub/clock.h"

namespace zimnik::hub {
namespace {

using mstch::array;
using mstch::map;

std::string time_text(const std::optional<sync::Time>& time, const std::string& zone) {
  return time ? wall_time(*time, zone).text() : "";
}

}  // namespace

map freshness_values(const Freshness& freshness, const std::string& zone) {
  const bool is_under_way = freshness.exchange > freshness.complete;
  array behind;
  for (const auto& node : freshness.behind) {
    behind.push_back(map{{"node", node.name},
                         {"node_as_of", time_text(node.complete, zone)},
                         {"is_never", !node.complete}});
  }
  return {{"has_as_of", freshness.complete.has_value()},
          {"as_of", time_text(freshness.complete, zone)},
          {"is_under_way", is_under_way},
          {"exchange", time_text(freshness.exchange, zone)},
          {"behind", behind}};
}

array children_values(const Family& family, std::int64_t shown) {
  array children;
  if (family.children.size() < 2) return children;
  for (const auto& child : family.children) {
    children.push_back(map{{"pupil", std::to_string(child.child.pupil)},
                           {"child_name", child.child.name.given_name},
                           {"child_class", child.child.class_name},
                           {"is_shown", child.child.pupil == shown}});
  }
  return children;
}

array silent_values(const Family& family) {
  array schools;
  for (const auto& name : family.silent) schools.push_back(map{{"silent_school", name}});
  return schools;
}

}  // namespace zimnik::hub
