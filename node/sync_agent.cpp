#include "node/sync_agent.h"

#include <algorithm>

namespace zimnik::node {

SyncAgent::SyncAgent(SchoolNode& node, std::function<void(const std::string&)> log)
    : node_(node), log_(std::move(log)), hub_(node, std::nullopt, log_) {
  node_.on_configured([this] { follow_configuration(); });
  follow_configuration();
}

SyncAgent::~SyncAgent() {
  node_.stop_hearing();
  hub_.retire();
  for (const auto& agent : siblings_) agent->retire();
  node_.journal().stop();
}

void SyncAgent::follow_configuration() {
  const std::lock_guard lock(mutex_);
  auto wanted = node_.configuration().siblings;
  for (const auto& agent : siblings_) {
    const auto place = std::find(wanted.begin(), wanted.end(), *agent->sibling());
    if (place == wanted.end()) {
      agent->retire();
    } else if (!agent->is_retired()) {
      wanted.erase(place);
    }
  }
  std::erase_if(siblings_, [](const auto& agent) { return agent->is_done(); });
  for (const auto& sibling : wanted) {
    siblings_.push_back(std::make_unique<PeerAgent>(node_, sibling, log_));
  }
}

}  // namespace zimnik::node
