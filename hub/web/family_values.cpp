#include "hub/web/family_values.h"

#include <algorithm>
#include <optional>

#include "hub/clock.h"

namespace zimnik::hub {
namespace {

using web::List;
using web::Values;

std::string time_text(const std::optional<sync::Time>& time, const std::string& zone) {
  return time ? wall_time(*time, zone).text() : "";
}

}  // namespace

Values freshness_values(const Freshness& freshness, const std::string& zone) {
  const bool is_under_way = freshness.exchange > freshness.complete;
  List behind;
  for (const auto& node : freshness.behind) {
    behind.push_back(Values{{"node", node.name},
                            {"node_as_of", time_text(node.complete, zone)},
                            {"is_never", !node.complete}});
  }
  return {{"has_as_of", freshness.complete.has_value()},
          {"as_of", time_text(freshness.complete, zone)},
          {"is_under_way", is_under_way},
          {"exchange", time_text(freshness.exchange, zone)},
          {"behind", behind}};
}

List children_values(const Family& family, std::int64_t shown) {
  List children;
  if (family.children.size() < 2) return children;
  const auto* first = family.children.front().school;
  const bool is_of_several = std::ranges::any_of(
      family.children, [&](const FamilyChild& it) { return it.school != first; });
  for (const auto& child : family.children) {
    children.push_back(Values{{"pupil", std::to_string(child.child.pupil)},
                              {"child_name", child.child.name.given_name},
                              {"child_class", child.child.class_name},
                              {"child_school", is_of_several ? child.school->entry().name : ""},
                              {"is_shown", child.child.pupil == shown}});
  }
  return children;
}

List silent_values(const Family& family) {
  List schools;
  for (const auto& name : family.silent) schools.push_back(Values{{"silent_school", name}});
  return schools;
}

}  // namespace zimnik::hub
