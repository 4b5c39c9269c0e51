#include "hub/watch/health.h"

namespace zimnik::hub {

std::string HubReadiness::text() const {
  if (is_ready()) return "ready";
  std::string text;
  const auto add = [&](const sync::SchoolId& school, const char* state) {
    text += (text.empty() ? "" : "\n") + school.hex() + " " + state;
  };
  for (const auto& school : failed) add(school, "can't be opened");
  for (const auto& school : waiting) add(school, "is being opened");
  return text;
}

HubReadiness readiness_of(Hub& hub) {
  HubReadiness readiness;
  for (const auto* school : hub.schools()) {
    if (school->is_open()) continue;
    (school->fault().empty() ? readiness.waiting : readiness.failed).push_back(school->id());
  }
  return readiness;
}

}  // namespace zimnik::hub
